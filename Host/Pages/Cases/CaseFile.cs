using TongBan.Domain.People;
using TongBan.Domain.Tasks;
using TongBan.Host.Features.Cases;
using TongBan.Host.Features.Tasks;

namespace TongBan.Host.Pages.Cases;

/// <summary>The case that a page shows, as it stood when it was read, handed to every part of the page.</summary>
/// <param name="Mine">The open tasks that are the reader's own work.</param>
/// <param name="RefreshAsync">Reads the case again and shows it.</param>
/// <param name="ShowAsync">Shows a material beside the case.</param>
internal sealed record CaseFile(CaseView View, IReadOnlySet<Guid> Mine, Func<Task> RefreshAsync, Func<MaterialView, Task> ShowAsync)
{
    /// <summary>The tasks that wait, the reader's own first.</summary>
    public IEnumerable<TaskView> OpenTasks => View.Tasks.Where(task => task.State == "open").OrderByDescending(task => Mine.Contains(task.Id));

    /// <summary>Which of the case's open tasks this person does.</summary>
    public static async Task<IReadOnlySet<Guid>> MineAsync(TaskStore tasks, string number, Actor me) =>
        (await tasks.ListAsync(number)).Where(task => task.IsOpen && task.IsFor(me)).Select(task => task.Id).ToHashSet();
}
