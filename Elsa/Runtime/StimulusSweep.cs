using Elsa.Persistence;
using Microsoft.Extensions.Logging;

namespace Elsa.Runtime;

/// <summary>Recovers what a host left undone when it was killed between a commit and what was to follow. The host runs it now and then.</summary>
public sealed partial class StimulusSweep
{
    private readonly DatabaseSession _session;
    private readonly StimulusStore _stimuli;
    private readonly PublicationStore _publications;
    private readonly StimulusSender _sender;
    private readonly InstanceRunner _runner;
    private readonly ILogger<StimulusSweep> _logger;

    internal StimulusSweep(DatabaseSession session, StimulusStore stimuli, PublicationStore publications, StimulusSender sender, InstanceRunner runner, ILogger<StimulusSweep> logger) =>
        (_session, _stimuli, _publications, _sender, _runner, _logger) = (session, stimuli, publications, sender, runner, logger);

    /// <summary>Sends events that were published and not sent, delivers stored stimuli whose bookmark exists and drops expired ones.</summary>
    /// <param name="limit">So many stimuli at most; events are all sent, so many at a time.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>How many were sent or delivered.</returns>
    public async Task<int> RunAsync(int limit, CancellationToken ct)
    {
        var delivered = await SendPublishedAsync(limit, ct);
        var found = await _session.InTransactionAsync(async token =>
        {
            await _stimuli.DeleteExpiredAsync(token);
            return await _stimuli.FindUndeliveredAsync(limit, token);
        }, ct);
        foreach (var (hash, instanceId) in found)
            delivered += await _session.InTransactionAsync(token => DeliverAsync(hash, instanceId, token), ct) ? 1 : 0;
        return delivered;
    }

    private async Task<int> SendPublishedAsync(int limit, CancellationToken ct)
    {
        var sent = 0;
        IReadOnlyList<string> page;
        var last = "";
        do
        {
            page = await _session.InTransactionAsync(token => _publications.FindAsync(last, limit, token), ct);
            foreach (var id in page)
                sent += await TrySendAsync(last = id, ct) ? 1 : 0;
        }
        while (page.Count == limit);
        return sent;
    }

    /// <summary>An event that cannot be sent, say because what it starts cannot be read, must not hold up the others. It stays until it can.</summary>
    private async Task<bool> TrySendAsync(string id, CancellationToken ct)
    {
        try
        {
            return await _sender.SendPublishedAsync(id, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            LogFailure(_logger, e, id);
            return false;
        }
    }

    private async Task<bool> DeliverAsync(string hash, string instanceId, CancellationToken ct)
    {
        if (await _stimuli.ClaimForAsync(hash, instanceId, ct) is not { } stimulus)
            return false;
        if (await _runner.ResumeAsync(instanceId, stimulus.Matches, stimulus.ReadInput(), ct) is not null)
            return true;
        await _stimuli.StoreAsync(stimulus, ct);
        return false;
    }

    [LoggerMessage(LogLevel.Error, "The published event {Id} could not be sent; the next sweep tries again.")]
    private static partial void LogFailure(ILogger logger, Exception exception, string id);
}
