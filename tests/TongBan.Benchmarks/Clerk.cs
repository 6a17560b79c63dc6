using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using TongBan.Host.People;

namespace TongBan.Benchmarks;

/// <summary>
/// A clerk's browser as the host sees it: signed in by cookie, with one circuit, on which pages are opened one after the other as the
/// menu does. It draws nothing; it reads what the host sends until the page's own words are in it.
/// </summary>
internal sealed partial class Clerk : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _address;
    private readonly HttpClient _http;
    private readonly HubConnection _circuit;
    private readonly Lock _lock = new();
    private byte[] _awaited = [];
    private TaskCompletionSource _shown = new();

    public Clerk(string address)
    {
        _address = address;
        var cookies = new CookieContainer();
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = new(address) };
        var builder = new HubConnectionBuilder().WithUrl(address + "/_blazor", options => options.Cookies = cookies);
        builder.Services.AddSingleton<IHubProtocol>(new BlazorPack());
        _circuit = builder.Build();
        _circuit.On<long, byte[]>("JS.RenderBatch", DrawAsync);
        _circuit.On<long, string, string, int, long, int>("JS.BeginInvokeJS", (call, _, _, _, _, _) => AnswerAsync(call));
        _circuit.On<string>("JS.Error", error => Fail(new InvalidOperationException(error)));
    }

    /// <summary>Signs in with the password of Development.</summary>
    public async Task SignInAsync(string userName)
    {
        var page = await _http.GetStringAsync("/sign-in");
        using var form = new FormUrlEncodedContent(
            [new("__RequestVerificationToken", WebUtility.HtmlDecode(Token().Match(page).Groups["token"].Value)), new("username", userName), new("password", DevelopmentUsers.Password), new("returnUrl", "/")]);
        using var answer = await _http.PostAsync("/session", form);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Opens the first page in a new tab.</summary>
    /// <returns>Milliseconds until it says what it should.</returns>
    public async Task<double> OpenAsync(string path, string words)
    {
        var started = Stopwatch.GetTimestamp();
        var page = await _http.GetStringAsync(path);
        var markers = "[" + string.Join(',', Marker().Matches(page).Select(match => match.Groups["json"].Value)) + "]";
        var shown = Await(words);
        await _circuit.StartAsync();
        if (await _circuit.InvokeAsync<string?>("StartCircuit", _address + "/", _address + path, markers, "") is null)
            throw new InvalidOperationException("The host opened no circuit.");
        await shown.WaitAsync(Patience);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    /// <summary>Goes to another page in the same tab.</summary>
    /// <returns>Milliseconds until it says what it should.</returns>
    public async Task<double> GoAsync(string path, string words)
    {
        var shown = Await(words);
        var started = Stopwatch.GetTimestamp();
        await _circuit.SendAsync("OnLocationChanged", _address + path, null, true);
        await shown.WaitAsync(Patience);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    public async ValueTask DisposeAsync()
    {
        await _circuit.DisposeAsync();
        _http.Dispose();
    }

    private Task Await(string words)
    {
        lock (_lock)
        {
            (_awaited, _shown) = (Encoding.UTF8.GetBytes(words), new(TaskCreationOptions.RunContinuationsAsynchronously));
            return _shown.Task;
        }
    }

    private void Fail(Exception failure)
    {
        lock (_lock)
            _shown.TrySetException(failure);
    }

    /// <summary>What is drawn holds its texts as they are, in UTF-8.</summary>
    private Task DrawAsync(long batch, byte[] content)
    {
        lock (_lock)
        {
            if (_awaited.Length > 0 && content.AsSpan().IndexOf(_awaited) >= 0)
                _shown.TrySetResult();
        }

        return _circuit.SendAsync("OnRenderCompleted", batch, null);
    }

    /// <summary>A browser's scripts would say nothing to most of what is asked of them; this one says it always.</summary>
    private Task AnswerAsync(long call) => call == 0 ? Task.CompletedTask : _circuit.SendAsync("EndInvokeJSFromDotNet", call, true, JsonSerializer.Serialize(new object?[] { call, true, null }));

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();

    [GeneratedRegex("<!--Blazor:(?<json>\\{.*?\\})-->", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Marker();
}
