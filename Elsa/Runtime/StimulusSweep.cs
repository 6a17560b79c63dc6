using Elsa.Persistence;

namespace Elsa.Runtime;

/// <summary>Recovers what a host left undone when it was killed between a commit and what was to follow. The host runs it now and then.</summary>
public sealed class StimulusSweep
{
    private readonly DatabaseSession _session;
    private readonly StimulusStore _stimuli;
    private readonly InstanceRunner _runner;

    internal StimulusSweep(DatabaseSession session, StimulusStore stimuli, InstanceRunner runner) => (_session, _stimuli, _runner) = (session, stimuli, runner);

    /// <summary>Delivers stored stimuli whose bookmark exists and drops expired ones.</summary>
    /// <returns>How many were delivered.</returns>
    public async Task<int> RunAsync(int limit, CancellationToken ct)
    {
        var found = await _session.InTransactionAsync(async token =>
        {
            await _stimuli.DeleteExpiredAsync(token);
            return await _stimuli.FindUndeliveredAsync(limit, token);
        }, ct);
        var delivered = 0;
        foreach (var (hash, instanceId) in found)
            delivered += await _session.InTransactionAsync(token => DeliverAsync(hash, instanceId, token), ct) ? 1 : 0;
        return delivered;
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
}
