using MudBlazor;

namespace TongBan.Host.Pages.Layout;

/// <summary>Colours and type. Text keeps a contrast of 4.5 to 1 or more on its ground; fonts are those of the machine.</summary>
internal static class Look
{
    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#1a56a8",
            Secondary = "#8a4b08",
            AppbarBackground = "#1a56a8",
            AppbarText = "#ffffff",
            Background = "#f4f6f9",
            TextPrimary = "#1b2430",
            TextSecondary = "#4a5565",
            Success = "#1b7a3d",
            Warning = "#9a5b00",
            Error = "#b3261e",
            Info = "#1a56a8",
            LinesInputs = "#76808d",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#8ab4f8",
            Secondary = "#f0b26b",
            AppbarBackground = "#1c2733",
            AppbarText = "#ffffff",
            Background = "#12181f",
            Surface = "#1c2430",
            TextPrimary = "#e8ecf1",
            TextSecondary = "#b4bec9",
            Success = "#7bd396",
            Warning = "#f5c26b",
            Error = "#ff9d94",
            Info = "#8ab4f8",
            PrimaryContrastText = "#10243f",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = ["\"Noto Sans SC\"", "\"Noto Sans CJK SC\"", "\"Microsoft YaHei\"", "\"PingFang SC\"", "system-ui", "sans-serif"], FontSize = "0.9375rem" },
            Button = new ButtonTypography { TextTransform = "none", FontSize = "0.9375rem" },
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px", DrawerWidthLeft = "200px" },
    };
}
