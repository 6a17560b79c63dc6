using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using TongBan.Domain;
using TongBan.Domain.Materials;
using TongBan.Domain.People;
using TongBan.Host.Features.Cases;
using TongBan.Host.People.Access;

namespace TongBan.Host.Pages.Cases;

/// <summary>
/// The item's list: what was handed in for each entry, and the ways to hand in more. Files are sent by the browser itself
/// (<c>tongban-upload.js</c>), in parts and beside the page's connection.
/// </summary>
public sealed partial class CaseChecklist : IAsyncDisposable
{
    private const string Kinds = ".pdf,.ofd,.png,.jpg,.jpeg,.tif,.tiff";

    private ElementReference _root;
    private DotNetObjectReference<CaseChecklist>? _self;
    private string? _busy;
    private int _percent;
    private string? _problem;
    private Refusal? _refusal;
    private string? _read;
    private IReadOnlyList<ReusableLicence> _reusable = [];

    [CascadingParameter] private CaseFile File { get; set; } = default!;

    [CascadingParameter] private Actor Me { get; set; } = default!;

    [Inject] private Work Work { get; set; } = default!;

    [Inject] private IJSRuntime Script { get; set; } = default!;

    private CaseView View => File.View;

    private int Given => View.Checklist.Count(entry => entry.Required && entry.Files > 0);

    /// <summary>Materials come in at windows, until the case is filed.</summary>
    private bool MayUpload => View.ClosedAt is null && Me.May(Act.SightOriginal);

    public ValueTask DisposeAsync()
    {
        _self?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The browser begins to send files for an entry.</summary>
    [JSInvokable]
    public void Begin(string code)
    {
        (_busy, _percent, _problem, _refusal) = (code, 0, null, null);
        StateHasChanged();
    }

    /// <summary>How much of a file has come.</summary>
    [JSInvokable]
    public void Progress(string code, int percent)
    {
        (_busy, _percent) = (code, percent);
        StateHasChanged();
    }

    /// <summary>The files were sent, or what stood in the way.</summary>
    [JSInvokable]
    public Task Done(string code, string? problem)
    {
        (_busy, _problem) = (null, problem is null ? null : T["Upload.Failed", View.Checklist.First(entry => entry.Code == code).Name, problem].Value);
        return File.RefreshAsync();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_read == View.Number || !MayUpload)
            return;
        _read = View.Number;
        _reusable = (await Work.RunAsync((ReuseLicence reuse) => reuse.ListAsync(View.Number, Me))).IsRefused(out _, out var found) ? [] : found;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || !MayUpload)
            return;
        _self = DotNetObjectReference.Create(this);
        await using var module = await Script.InvokeAsync<IJSObjectReference>("import", "/tongban-upload.js");
        await module.InvokeVoidAsync("attach", _root, _self, View.Number);
    }

    private Task SightAsync(string code) => RunAsync((SightOriginal sight) => sight.HandleAsync(View.Number, code, Me, CancellationToken.None));

    private Task ReuseAsync(ReusableLicence licence) =>
        RunAsync((ReuseLicence reuse) => reuse.HandleAsync(View.Number, new ReuseRequest(licence.RequirementCode, licence.Id), Me));

    private async Task RunAsync<THandler>(Func<THandler, Task<Result<UploadedMaterial>>> call)
        where THandler : notnull
    {
        _problem = null;
        if (!(await Work.RunAsync(call)).IsRefused(out _refusal, out _))
            await File.RefreshAsync();
    }
}
