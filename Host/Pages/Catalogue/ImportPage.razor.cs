using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using TongBan.Domain;
using TongBan.Domain.People;
using TongBan.Host.Features.Catalogue;
using TongBan.Host.Features.Catalogue.Sheets;
using TongBan.Host.Sheets;

namespace TongBan.Host.Pages.Catalogue;

/// <summary>Imports the catalogue: a file is shown with all that it would change and all that is wrong with it before anything is stored.</summary>
public sealed partial class ImportPage
{
    private const int Most = 200;

    private byte[] _file = [];
    private string? _name;
    private string? _validFrom;
    private ImportResult? _preview;
    private ImportResult? _done;
    private Refusal? _refusal;
    private bool _busy;

    [CascadingParameter] private Actor Me { get; set; } = default!;

    [Inject] private Work Work { get; set; } = default!;

    /// <summary>A column as the sheet heads it; whoever reads English has the API's names beside it.</summary>
    private static string TitleOf(string? field) =>
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" && field is not null && ItemColumn.Of(field) is { } column ? column.Title : field ?? "";

    private async Task PreviewAsync(InputFileChangeEventArgs change)
    {
        (_preview, _done, _refusal, _name) = (null, null, null, change.File.Name);
        if (change.File.Size > SheetReader.LargestFile)
        {
            _refusal = new SheetUnreadable($"文件超过 {SheetReader.LargestFile / 1024 / 1024} MB，请拆分后导入");
            return;
        }

        _busy = true;
        StateHasChanged();
        try
        {
            using var content = new MemoryStream();
            await using (var sent = change.File.OpenReadStream(SheetReader.LargestFile))
                await sent.CopyToAsync(content);
            _file = content.ToArray();
            if (!(await RunAsync(preview: true)).IsRefused(out _refusal, out var shown))
                _preview = shown;
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task StoreAsync()
    {
        if (_busy)
            return;
        _busy = true;
        try
        {
            if ((await RunAsync(preview: false)).IsRefused(out _refusal, out var stored))
                return;
            (_done, _preview) = (stored, null);
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task<Result<ImportResult>> RunAsync(bool preview)
    {
        var from = DateOnly.TryParse(_validFrom, CultureInfo.InvariantCulture, out var date) ? date : (DateOnly?)null;
        using var content = new MemoryStream(_file);
        return await Work.RunAsync((ImportItems import) => import.HandleAsync(content, atomic: false, preview, from, Me, CancellationToken.None));
    }
}
