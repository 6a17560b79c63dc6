using TongBan.Domain.Cases;
using TongBan.Host.Features.Logistics;
using TongBan.Host.Features.Tasks;

namespace TongBan.Host.Pages.Logistics;

/// <summary>What the page shows, as it stood when it was read, handed to every part of the page.</summary>
/// <param name="Tasks">The reader's open tasks; none for those who only look.</param>
/// <param name="Subjects">What the tasks' cases are about, by number.</param>
/// <param name="RefreshAsync">Reads all again and shows it.</param>
internal sealed record LogisticsDesk(LogisticsView View, IReadOnlyList<TaskView> Tasks, IReadOnlyDictionary<string, CaseSubject> Subjects, Func<Task> RefreshAsync);
