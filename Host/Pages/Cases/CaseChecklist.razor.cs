using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using TongBan.Domain;
using TongBan.Domain.Materials.Content;
using TongBan.Domain.People;
using TongBan.Host.Features.Cases;

namespace TongBan.Host.Pages.Cases;

/// <summary>The item's list: what was handed in for each entry, and the way to hand in more.</summary>
public sealed partial class CaseChecklist
{
    private const string Kinds = ".pdf,.ofd,.png,.jpg,.jpeg,.tif,.tiff";
    private const int MostAtOnce = 20;

    private string? _busy;
    private Refusal? _refusal;

    [CascadingParameter] private CaseFile File { get; set; } = default!;

    [CascadingParameter] private Actor Me { get; set; } = default!;

    [Inject] private Work Work { get; set; } = default!;

    private CaseView View => File.View;

    private int Given => View.Checklist.Count(entry => entry.Required && entry.Files > 0);

    /// <summary>Who sees the case may add to it until it is filed; those who only watch do not.</summary>
    private bool MayUpload => View.ClosedAt is null && Me.Role is Role.Clerk or Role.Approver;

    private async Task UploadAsync(string code, InputFileChangeEventArgs change)
    {
        if (_busy is not null)
            return;
        (_busy, _refusal) = (code, null);
        try
        {
            foreach (var file in change.GetMultipleFiles(MostAtOnce))
            {
                if ((_refusal = await TakeAsync(code, file)) is not null)
                    break;
            }
        }
        finally
        {
            _busy = null;
        }

        await File.RefreshAsync();
    }

    private async Task<Refusal?> TakeAsync(string code, IBrowserFile file)
    {
        if (file.Size > MaterialIntake.LargestFile)
            return new FileTooLarge();
        await using var content = file.OpenReadStream(MaterialIntake.LargestFile);
        return (await Work.RunAsync((UploadMaterial upload) => upload.HandleAsync(View.Number, code, file.Name, content, Me, CancellationToken.None))).Refusal;
    }
}
