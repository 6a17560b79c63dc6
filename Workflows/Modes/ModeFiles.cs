namespace TongBan.Workflows.Modes;

/// <summary>The three modes as they ship: definitions in Elsa's JSON.</summary>
public static class ModeFiles
{
    /// <summary>Each file's name and text.</summary>
    public static IEnumerable<(string Name, string Json)> All()
    {
        var assembly = typeof(ModeFiles).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.EndsWith(".json", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (name, reader.ReadToEnd());
        }
    }
}
