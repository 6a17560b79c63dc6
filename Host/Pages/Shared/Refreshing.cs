using Microsoft.AspNetCore.Components;
using TongBan.Host.Problems;

namespace TongBan.Host.Pages.Shared;

/// <summary>A page that looks again from time to time, because others and partners move its cases on.</summary>
public abstract class Refreshing : ComponentBase, IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _left = new();
    private bool _disposed;

    [Inject] private IHostApplicationLifetime Host { get; set; } = default!;

    /// <summary>Cancelled when the page is left.</summary>
    protected CancellationToken Left => _left.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads again what the page shows.</summary>
    protected abstract Task LoadAsync();

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            _ = InvokeAsync(RepeatAsync);
    }

    /// <summary>Stops looking.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing || _disposed)
            return;
        _disposed = true;
        _left.Cancel();
        _left.Dispose();
    }

    private async Task RepeatAsync()
    {
        // A circuit outlives its tab for a while, and must not ask a host that is stopping.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_left.Token, Host.ApplicationStopping);
        using var timer = new PeriodicTimer(Period);
        try
        {
            while (await timer.WaitForNextTickAsync(ended.Token))
                await LookAsync();
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The page was left, or the host stops; there is nobody to show it to.
        }
        catch (Exception failure) when (!_disposed)
        {
            await DispatchExceptionAsync(failure);
        }
    }

    private async Task LookAsync()
    {
        try
        {
            await LoadAsync();
            StateHasChanged();
        }
        catch (Exception failure) when (DatabaseAway.IsBehind(failure))
        {
            // What was read, and what is being typed, stays; the next look may find the database back.
        }
    }
}
