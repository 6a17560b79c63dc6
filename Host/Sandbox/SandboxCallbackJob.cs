using System.Net.Http.Headers;
using System.Text;
using Hangfire;
using TongBan.Domain;
using TongBan.Host.Partners;

namespace TongBan.Host.Sandbox;

/// <summary>Says what a sandbox partner has to say, signed, to the host's own call-back address, until it is heard.</summary>
internal sealed class SandboxCallbackJob(SandboxCallbacks callbacks, PartnerDirectory partners, HostAddress host, IHttpClientFactory clients, TimeProvider time)
{
    /// <summary>The name of the HTTP client that signs.</summary>
    public const string Client = "sandbox-callbacks";

    private const int LongestWaitSeconds = 30;

    private static readonly TimeSpan Overlooked = TimeSpan.FromSeconds(15);

    /// <summary>Sends the subject's next message when it is due, and looks again for the one after.</summary>
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [1, 2, 5, 10, 30])]
    public async Task SendNextAsync(string subject, CancellationToken cancellationToken)
    {
        if (await callbacks.NextAsync(subject) is not { } callback)
            return;
        if (callback.DueAt > time.GetUtcNow())
        {
            callbacks.WakeAt(subject, callback.DueAt);
            return;
        }

        if (await IsHeardAsync(callback, cancellationToken))
        {
            // Checkpoint: a crash here sends the message again, and the host knows its id.
            await callbacks.DeliveredAsync(callback);
            callbacks.Wake(subject);
        }
        else
        {
            var attempts = await callbacks.FailedAsync(callback);
            callbacks.WakeAt(subject, time.GetUtcNow().AddSeconds(Math.Min(LongestWaitSeconds, 1 << Math.Min(attempts, 5))));
        }
    }

    /// <summary>Takes up subjects whose job was lost between a commit and its enqueueing.</summary>
    [AutomaticRetry(Attempts = 0)]
    public async Task SweepAsync()
    {
        foreach (var subject in await callbacks.OverdueAsync(time.GetUtcNow() - Overlooked))
            callbacks.Wake(subject);
    }

    private async Task<bool> IsHeardAsync(Callback callback, CancellationToken cancellationToken)
    {
        var partner = await partners.FindAsync(callback.Kind, callback.Partner) ?? throw new InvalidOperationException($"No partner {callback.Partner}.");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{host.Local}/callbacks/{Codes.Of(callback.Kind)}/{Uri.EscapeDataString(callback.Partner)}");
        request.Options.Set(SigningHandler.Secret, partner.Secret);
        request.Content = new StringContent(callback.Body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        try
        {
            using var response = await clients.CreateClient(Client).SendAsync(request, cancellationToken);
            return response.StatusCode == System.Net.HttpStatusCode.Accepted;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
