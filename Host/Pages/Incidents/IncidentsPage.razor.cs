using Microsoft.AspNetCore.Components;
using TongBan.Domain;
using TongBan.Domain.Partners;
using TongBan.Domain.People;
using TongBan.Host.Features.Incidents;

namespace TongBan.Host.Pages.Incidents;

/// <summary>What failed: looked at, chosen, and settled with one reason.</summary>
public sealed partial class IncidentsPage
{
    private const int Most = 100;

    private readonly HashSet<Guid> _chosen = [];
    private bool _open = true;
    private string? _source;
    private Page<IncidentLine>? _lines;
    private Page<StrugglingCall>? _struggling;
    private Refusal? _refusal;
    private Refusal? _reasonRefusal;
    private string? _way;
    private string? _done;

    [CascadingParameter] private Actor Me { get; set; } = default!;

    [Inject] private Work Work { get; set; } = default!;

    private IEnumerable<(string Value, string Text)> States => [("open", T["Incidents.Open"]), ("settled", T["Incidents.Settled"])];

    private IEnumerable<(string Value, string Text)> Sources =>
        new[] { Incident.OfCall, Incident.OfWorkflow, Incident.OfMessage, Incident.OfCheck }.Select(source => (source, T[$"Incidents.Of.{source}"].Value));

    protected override Task OnInitializedAsync() => LoadAsync();

    protected override async Task LoadAsync()
    {
        var found = await Work.RunAsync((ListIncidents list) => list.HandleAsync(Me, _open, _source, 0, Most));
        if (found.IsRefused(out _refusal, out var lines))
            return;
        _lines = lines;
        _chosen.IntersectWith(lines.Items.Select(line => line.Id));
        var trying = await Work.RunAsync((ListIncidents list) => list.StrugglingAsync(Me));
        if (!trying.IsRefused(out _refusal, out var struggling))
            _struggling = struggling;
    }

    private Task ShowAsync(bool open, string? source)
    {
        (_open, _source, _way, _done) = (open, source, null, null);
        _chosen.Clear();
        return LoadAsync();
    }

    private void Choose(Guid id)
    {
        if (!_chosen.Remove(id))
            _chosen.Add(id);
    }

    private void ChooseAll(ChangeEventArgs change)
    {
        _chosen.Clear();
        if (change.Value is true)
            _chosen.UnionWith(_lines!.Items.Select(line => line.Id));
    }

    private async Task SettleAsync(string? reason)
    {
        var result = await Work.RunAsync((SettleIncidents settle) => settle.HandleAsync(new([.. _chosen], _way, reason), Me, CancellationToken.None));
        if (result.IsRefused(out _reasonRefusal, out var settled))
            return;
        _way = null;
        _chosen.Clear();
        _done = settled.NotSettled.Count == 0
            ? T["Incidents.Done", settled.Settled]
            : T["Incidents.DonePartly", settled.Settled, settled.NotSettled.Count, string.Join("；", settled.NotSettled.Select(each => each.Message).Distinct(StringComparer.Ordinal))];
        await LoadAsync();
    }
}
