using MudBlazor;
using MudBlazor.Utilities;

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
            DrawerBackground = "#18202a",
            DrawerText = "#e8ecf1",
            DrawerIcon = "#b4bec9",
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

    /// <summary>The dark colours where the system asks for them: pages without a circuit cannot be told by their reader.</summary>
    public static string DarkBySystem { get; } = $"@media (prefers-color-scheme: dark) {{ :root {{ {string.Join("; ", DarkColours().Select(one => $"--mud-palette-{one.Name}: {one.Colour.ToString(MudColorOutputFormats.RGBA)}"))} }} }}";

    private static IEnumerable<(string Name, MudColor Colour)> DarkColours()
    {
        var dark = Theme.PaletteDark;
        return
        [
            ("appbar-background", dark.AppbarBackground), ("background", dark.Background), ("surface", dark.Surface), ("text-primary", dark.TextPrimary), ("text-secondary", dark.TextSecondary), ("text-disabled", dark.TextDisabled),
            ("primary", dark.Primary), ("primary-text", dark.PrimaryContrastText), ("primary-darken", dark.PrimaryDarken), ("secondary", dark.Secondary),
            ("success", dark.Success), ("warning", dark.Warning), ("error", dark.Error), ("info", dark.Info),
            ("lines-default", dark.LinesDefault), ("lines-inputs", dark.LinesInputs), ("table-hover", dark.TableHover),
            ("action-default", dark.ActionDefault), ("action-default-hover", dark.ActionDefault), ("action-disabled", dark.ActionDisabled), ("action-disabled-background", dark.ActionDisabledBackground),
        ];
    }
}
