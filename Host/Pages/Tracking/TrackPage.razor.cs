using Microsoft.AspNetCore.Components;
using TongBan.Domain;
using TongBan.Host.Features.Tracking;

namespace TongBan.Host.Pages.Tracking;

/// <summary>The applicant's page: progress by number and secret, in plain words, without signing in and without a circuit.</summary>
public sealed partial class TrackPage
{
    private const int BestGrade = 5;

    private TrackedCase? _case;
    private Refusal? _refusal;
    private Refusal? _unrated;
    private bool _thanks;

    /// <summary>The case's number, as the code on the receipt carries it.</summary>
    [Parameter] public string? Number { get; set; }

    [SupplyParameterFromForm] private Question? Asked { get; set; }

    [SupplyParameterFromForm(FormName = "rating")] private Rating? Given { get; set; }

    [Inject] private Work Work { get; set; } = default!;

    private async Task FindAsync()
    {
        if ((await Work.RunAsync((TrackCase track) => track.HandleAsync(Asked?.Number?.Trim() ?? "", Asked?.Secret))).IsRefused(out _refusal, out var found))
            return;
        _case = found;
    }

    private async Task RateAsync()
    {
        await FindAsync();
        if (_case is null)
            return;
        var request = new RatingRequest(Asked?.Secret, Given?.Grade ?? 0, Given?.Comment);
        _thanks = !(await Work.RunAsync((RateCase rate) => rate.HandleAsync(_case.Number, request))).IsRefused(out _unrated, out _);
    }

    /// <summary>What the applicant shows for the case.</summary>
    private sealed class Question
    {
        public string? Number { get; set; }

        public string? Secret { get; set; }
    }

    /// <summary>The applicant's grade and comment.</summary>
    private sealed class Rating
    {
        public int Grade { get; set; }

        public string? Comment { get; set; }
    }
}
