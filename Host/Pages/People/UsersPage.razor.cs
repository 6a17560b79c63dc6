using Microsoft.AspNetCore.Components;
using TongBan.Domain;
using TongBan.Domain.People;
using TongBan.Domain.Places;
using TongBan.Host.Features.People;

namespace TongBan.Host.Pages.People;

/// <summary>Who may sign in, as what and where: added, moved, locked out, and their sessions ended.</summary>
public sealed partial class UsersPage
{
    private IReadOnlyList<AccountView>? _accounts;
    private PlaceDirectory? _places;
    private string? _text;
    private string? _role;
    private string? _state;
    private string? _open;
    private Doing _doing;
    private FirstPassword? _first;
    private string? _done;
    private Refusal? _refusal;
    private Refusal? _reasonRefusal;

    private enum Doing
    {
        Nothing,
        Adding,
        Changing,
        Resetting,
        Closing,
    }

    /// <summary>What is odd about an account.</summary>
    private enum State
    {
        Disabled,
        Locked,
        MustChange,
        Provided,
    }

    [CascadingParameter] private Actor Me { get; set; } = default!;

    [Inject] private Work Work { get; set; } = default!;

    [Inject] private TimeProvider Time { get; set; } = default!;

    private List<AccountView> Listed => [.. (_accounts ?? []).Where(one =>
        (string.IsNullOrWhiteSpace(_text) || one.UserName.Contains(_text.Trim(), StringComparison.OrdinalIgnoreCase) || one.Name.Contains(_text.Trim(), StringComparison.OrdinalIgnoreCase))
        && (_role is null || one.Role.ToString() == _role) && (_state is null || StatesOf(one).Any(state => state.ToString() == _state)))];

    private IEnumerable<(string Value, string Text)> Roles => Enum.GetValues<Role>().Where(role => role != Role.System).Select(role => (role.ToString(), T[$"Role.{role}"].Value));

    private IEnumerable<(string Value, string Text)> States => Enum.GetValues<State>().Select(state => (state.ToString(), T[$"Users.State.{state}"].Value));

    protected override Task OnInitializedAsync() => LoadAsync();

    private static User UserOf(AccountView one) => new(one.UserName, one.Name, one.Role, one.Hall, one.Window, one.Authority, one.Head, one.Division);

    private static UserDetails DetailsOf(User user) => new(user.Name, user.Role, user.Hall, user.Window, user.Authority, user.Division, user.IsHead);

    private IEnumerable<State> StatesOf(AccountView one)
    {
        if (one.Disabled)
            yield return State.Disabled;
        if (one.LockedUntil > Time.GetUtcNow())
            yield return State.Locked;
        if (one.MustChange)
            yield return State.MustChange;
        if (one.Provider is not null)
            yield return State.Provided;
    }

    private string PlaceOf(AccountView one)
    {
        if (one.Authority is { } authority)
            return _places!.Authorities.FirstOrDefault(place => place.Code == authority)?.Name ?? authority;
        if (one.Hall is { } hall)
        {
            var name = _places!.Halls.FirstOrDefault(place => place.Code == hall)?.Name ?? hall;
            return one.Window is { } window ? T["Layout.Window", name, window] : name;
        }

        return one.Division is { } division ? _places!.Divisions.FirstOrDefault(place => place.Code == division)?.Name ?? division : T["Users.WholeCity"];
    }

    private async Task LoadAsync()
    {
        _places ??= await Work.RunAsync((PlaceStore places) => places.AllAsync());
        _accounts = await Work.RunAsync((Users users) => users.ListAsync());
    }

    private void Open(AccountView? one, Doing doing)
    {
        Close();
        (_open, _doing, _first, _done) = (one?.UserName, doing, null, null);
    }

    private void Close() => (_open, _doing, _refusal, _reasonRefusal) = (null, Doing.Nothing, null, null);

    private async Task<Refusal?> AddAsync(User user)
    {
        var request = new AddUserRequest(user.UserName, user.Name, user.Role, user.Hall, user.Window, user.Authority, user.Division, user.IsHead);
        if ((await Work.RunAsync((Users users) => users.AddAsync(request, Me))).IsRefused(out var refusal, out var first))
            return refusal;
        await DoneAsync(null, first);
        return null;
    }

    private async Task<Refusal?> ChangeAsync(User user)
    {
        if ((await Work.RunAsync((ChangeUser change) => change.HandleAsync(user.UserName, DetailsOf(user), Me))).IsRefused(out var refusal, out _))
            return refusal;
        await DoneAsync(T["Users.Changed", user.UserName]);
        return null;
    }

    private async Task ResetAsync(string userName)
    {
        if (!(await Work.RunAsync((Users users) => users.ResetAsync(userName, Me))).IsRefused(out _refusal, out var first))
            await DoneAsync(null, first);
    }

    private async Task DisableAsync(AccountView one, string? reason)
    {
        if (!(await Work.RunAsync((Users users) => users.DisableAsync(one.UserName, new DisableUserRequest(!one.Disabled, reason), Me))).IsRefused(out _reasonRefusal, out _))
            await DoneAsync(T[one.Disabled ? "Users.Enabled" : "Users.Disabled", one.UserName]);
    }

    private async Task EndAsync(string userName)
    {
        Close();
        if (!(await Work.RunAsync((ChangeUser change) => change.EndSessionsAsync(userName, Me))).IsRefused(out _refusal, out var ended))
            await DoneAsync(T["Users.Ended", userName, ended.Ended]);
    }

    private async Task DoneAsync(string? words, FirstPassword? first = null)
    {
        Close();
        (_done, _first) = (words, first);
        await LoadAsync();
        StateHasChanged();
    }
}
