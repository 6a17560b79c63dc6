namespace TongBan.Studio;

/// <summary>The texts of our page around Elsa Studio: <c>StudioWords.resx</c> in Chinese, <c>StudioWords.en.resx</c> in English.</summary>
public sealed class StudioWords;
