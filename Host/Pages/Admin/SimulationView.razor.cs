using System.Text.Json;
using Microsoft.AspNetCore.Components;
using TongBan.Domain;
using TongBan.Host.Features.Workflows;
using TongBan.Host.Workflows.Simulation;

namespace TongBan.Host.Pages.Admin;

/// <summary>Tries a workflow under one of a few suppositions.</summary>
public sealed partial class SimulationView
{
    private const double HoursOfADay = 24;

    private static readonly Dictionary<string, object> Scripts = new(StringComparer.Ordinal)
    {
        ["Smooth"] = new { },
        ["Supplement"] = new { accept = "NeedsSupplement", decide = "NeedsSupplement" },
        ["Rejected"] = new { decide = "Rejected" },
        ["Expired"] = new Dictionary<string, string>(StringComparer.Ordinal) { ["collect-materials"] = SimulationScript.Wait },
        ["Withdrawn"] = new Dictionary<string, string>(StringComparer.Ordinal) { [SimulationScript.Withdraw] = "received" },
    };

    private string? _supposed = "Smooth";
    private SimulationResult? _tried;
    private Refusal? _refusal;

    [Parameter, EditorRequired] public string Code { get; set; } = "";

    [Parameter, EditorRequired] public string DefinitionId { get; set; } = "";

    private IEnumerable<(string Value, string Text)> Supposed => Scripts.Keys.Select(key => (key, T["Workflows.Script" + key].Value));

    protected override Task OnInitializedAsync() => SupposeAsync(_supposed);

    private async Task SupposeAsync(string? supposed)
    {
        (_supposed, _tried) = (supposed, null);
        var script = JsonSerializer.SerializeToElement(Scripts[supposed ?? "Smooth"]).Deserialize<Dictionary<string, JsonElement>>();
        var request = new SimulateWorkflowRequest(Code, script, null);
        if (!(await Work.RunAsync((SimulateWorkflow simulate) => simulate.HandleAsync(DefinitionId, request, CancellationToken.None))).IsRefused(out _refusal, out var tried))
            _tried = tried;
    }

    private string Waited(double hours) => hours switch
    {
        <= 0 => "",
        < HoursOfADay => T["Workflows.Waited", T["Workflows.Hours", hours]],
        _ => T["Workflows.Waited", T["Workflows.Days", Math.Round(hours / HoursOfADay, 1)]],
    };
}
