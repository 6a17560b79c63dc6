namespace TongBan.Domain.Materials.Content.Cleaning;

/// <summary>A scanner found something.</summary>
public sealed record FileInfected() : Refusal(RefusalKind.Invalid, "file_infected", "文件未通过病毒检查，不能接收。", "file");

/// <summary>The scanner is set and does not answer: nothing is taken unseen.</summary>
public sealed record ScannerAway() : Refusal(RefusalKind.Conflict, "scanner_away", "病毒检查暂时不可用，请稍后再试。", "file");

/// <summary>Looks for viruses in what is handed in.</summary>
public interface IVirusScanner
{
    /// <summary>Null when nothing was found.</summary>
    Task<Refusal?> ScanAsync(ReadOnlyMemory<byte> file, CancellationToken cancellation);
}

/// <summary>None is set.</summary>
public sealed class NoVirusScanner : IVirusScanner
{
    /// <inheritdoc/>
    public Task<Refusal?> ScanAsync(ReadOnlyMemory<byte> file, CancellationToken cancellation) => Task.FromResult<Refusal?>(null);
}
