using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using TongBan.Domain;
using TongBan.Domain.Materials.Content;
using TongBan.Domain.People;
using TongBan.Domain.Tasks;
using TongBan.Host.Features.Tasks;
using TongBan.Host.Pages.Shared;

namespace TongBan.Host.Pages.Cases;

/// <summary>An open task: its outcomes as buttons, and what each asks for.</summary>
public sealed partial class TaskPanel
{
    private static readonly string[] ProcedureKeys = ["Hearing", "Inspection", "Testing", "Appraisal", "ExpertReview", "Auction"];

    private readonly TaskForm _form = new();
    private string? _outcome;
    private Refusal? _refusal;
    private bool _busy;

    /// <summary>The task's id.</summary>
    [Parameter, EditorRequired] public Guid Id { get; set; }

    [CascadingParameter] private CaseFile File { get; set; } = default!;

    [CascadingParameter] private Actor Me { get; set; } = default!;

    [Inject] private Work Work { get; set; } = default!;

    private TaskView? Current => File.View.Tasks.FirstOrDefault(task => task.Id == Id);

    private bool IsMine => File.Mine.Contains(Id);

    private string Text => _refusal is { } refusal ? T.Refusal(refusal) : "";

    private IEnumerable<(string Value, string Text)> Procedures => ProcedureKeys.Select(key => (T[$"Procedure.{key}"].Value, T[$"Procedure.{key}"].Value));

    private TaskField Fields => Current is { } task && _outcome is { } outcome ? TaskFields.Of(task.Kind, outcome) : TaskField.None;

    private bool Asks(TaskField field) => Fields.HasFlag(field);

    private bool At(string field) => _refusal.IsAt(field);

    private void Mark(string code, bool isMissing)
    {
        if (isMissing)
            _form.Missing.Add(code);
        else
            _form.Missing.Remove(code);
    }

    /// <summary>Ends the task at once when there is nothing to add, else asks.</summary>
    private Task ChooseAsync(string outcome)
    {
        (_outcome, _refusal) = (null, null);
        if (TaskFields.Of(Current!.Kind, outcome) == TaskField.None)
            return CompleteAsync(outcome);
        _outcome = outcome;
        _form.Procedure ??= Procedures.First().Value;
        return Task.CompletedTask;
    }

    private async Task CompleteAsync(string outcome)
    {
        if (_busy)
            return;
        (_busy, _refusal) = (true, null);
        try
        {
            var request = new CompleteTaskRequest(outcome, _form.ToData(Fields));
            var result = await Work.RunAsync((CompleteTask complete) => complete.HandleAsync(Id, request, Me, CancellationToken.None));
            if (result.IsRefused(out _refusal, out _))
                return;
            _outcome = null;
        }
        finally
        {
            _busy = false;
        }

        await File.RefreshAsync();
    }

    private async Task TakeAsync(InputFileChangeEventArgs change)
    {
        foreach (var file in change.GetMultipleFiles())
        {
            if (file.Size > MaterialIntake.LargestFile)
            {
                _refusal = new FileTooLarge();
                return;
            }

            using var content = new MemoryStream();
            await using (var sent = file.OpenReadStream(MaterialIntake.LargestFile))
                await sent.CopyToAsync(content);
            _form.Files.Add(new ResultFile(file.Name, file.ContentType, Convert.ToBase64String(content.GetBuffer(), 0, (int)content.Length)));
        }
    }
}
