using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Shouldly;
using TongBan.Domain.Materials.Content;
using TongBan.Domain.Materials.Content.Cleaning;
using Xunit;

namespace TongBan.Domain.Tests.Materials.Content;

public sealed class MaterialIntakeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tongban-content-").FullName;
    private readonly DiskContentStore _contents;
    private readonly MaterialIntake _intake;

    public MaterialIntakeTests()
    {
        _contents = new DiskContentStore(Options.Create(new DiskContentOptions { Directory = _folder }));
        _intake = new MaterialIntake(_contents, new NoVirusScanner());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Take_Pdf_KeepsItUnderItsHash()
    {
        var bytes = SampleFiles.Pdf(2);

        var taken = (await _intake.TakeAsync(new MemoryStream(bytes))).Value;

        taken.ShouldBe(new TakenFile(new FileNature(FileKind.Pdf, 2), Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length));
        await using var stored = (await _contents.OpenAsync(taken.Sha256)).ShouldNotBeNull();
        var read = new MemoryStream();
        await stored.CopyToAsync(read);
        read.ToArray().ShouldBe(bytes);
        File.Exists(Path.Combine(_folder, taken.Sha256[..2], taken.Sha256[2..4], taken.Sha256)).ShouldBeTrue();
    }

    [Fact]
    public async Task Take_SameContentAtOnce_IsKeptOnce()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _intake.TakeAsync(new MemoryStream(SampleFiles.Pdf(1))))));

        taken.Select(result => result.Value.Sha256).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
        Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Take_Empty_IsRefused() =>
        (await _intake.TakeAsync(Stream.Null)).Refusal.ShouldBeOfType<FileEmpty>();

    [Fact]
    public async Task Take_OtherKind_IsRefusedAndNotKept()
    {
        (await _intake.TakeAsync(new MemoryStream("MZ"u8.ToArray()))).Refusal.ShouldNotBeNull().Kind.ShouldBe(RefusalKind.UnsupportedMedia);

        Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task Take_AtTheLimit_IsTakenAndOneByteMoreIsRefused()
    {
        var largest = new byte[MaterialIntake.LargestFile];
        largest.AsSpan().Fill((byte)' ');
        SampleFiles.Pdf(1).CopyTo(largest, 0);

        (await _intake.TakeAsync(new MemoryStream(largest))).Value.Size.ShouldBe(MaterialIntake.LargestFile);
        (await _intake.TakeAsync(new MemoryStream([.. largest, 0]))).Refusal.ShouldNotBeNull().Kind.ShouldBe(RefusalKind.TooLarge);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../../../etc/passwd")]
    [InlineData("ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789")]
    [InlineData("abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789")]
    public async Task Open_WhatIsNotThere_IsNull(string hash) => (await _contents.OpenAsync(hash)).ShouldBeNull();

    [Fact]
    public async Task Save_SenderBreaksOff_LeavesNothing()
    {
        var broken = () => _contents.SaveAsync(new BreakingStream());

        await broken.ShouldThrowAsync<IOException>();
        Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    private sealed class BreakingStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("The connection was lost.");
    }
}
