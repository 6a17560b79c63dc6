using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using MudBlazor;
using TongBan.Domain.People;
using TongBan.Domain.Places;
using TongBan.Host.People;

namespace TongBan.Host.Pages.Layout;

/// <summary>The frame of every page for those who signed in: who they are, where they may go, and the light.</summary>
public sealed partial class MainLayout
{
    private const string LookKey = "tongban.look";
    private const string DarkLook = "dark";

    private Actor? _me;
    private string? _place;
    private bool _dark;
    private bool _open = true;
    private ErrorBoundary? _boundary;
    private MudThemeProvider _theme = default!;

    [CascadingParameter] private Task<AuthenticationState> SignedIn { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        var person = (await SignedIn).User;
        if (person.Identity?.IsAuthenticated != true)
            return;
        var me = person.ToActor();
        _place = await Work.RunAsync(async (PlaceStore places) =>
            me.Authority is { } authority ? (await places.FindAuthorityAsync(authority))?.Name
            : me.Hall is { } hall ? (await places.FindHallAsync(hall))?.Name
            : null);
        if (me.Window is { } window)
            _place = T["Layout.Window", _place ?? "", window];
        _me = me;
    }

    /// <summary>A page that broke is left behind when another is opened.</summary>
    protected override void OnParametersSet() => _boundary?.Recover();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        // As this person chose here, else as the system is set.
        _dark = await Script.InvokeAsync<string?>("localStorage.getItem", LookKey) is { } look ? look == DarkLook : await _theme.GetSystemDarkModeAsync();
        StateHasChanged();
    }

    private async Task SwitchAsync()
    {
        _dark = !_dark;
        await Script.InvokeVoidAsync("localStorage.setItem", LookKey, _dark ? DarkLook : "light");
    }
}
