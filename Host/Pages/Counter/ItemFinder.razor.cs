using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using TongBan.Domain.Catalogue;
using TongBan.Domain.Catalogue.Search;

namespace TongBan.Host.Pages.Counter;

/// <summary>A field that finds an item by name, code or pinyin.</summary>
public sealed partial class ItemFinder : IDisposable
{
    private const string ListId = "items-found";
    private const int Most = 12;

    /// <summary>A pause in typing after which it is worth asking.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private string _typed = "";
    private IReadOnlyList<ItemSummary> _found = [];
    private int _at;
    private bool _isOpen;
    private bool _hasChosen;
    private CancellationTokenSource _asking = new();

    /// <summary>What the arrow down offers while nothing is typed: what is asked for most.</summary>
    [Parameter] public IReadOnlyList<ItemSummary> Usual { get; set; } = [];

    /// <summary>The item that was chosen with its materials, or null when the choice was cleared.</summary>
    [Parameter, EditorRequired] public EventCallback<ServiceItem?> OnChosen { get; set; }

    [Inject] private Work Work { get; set; } = default!;

    [Inject] private TimeProvider Time { get; set; } = default!;

    public void Dispose() => _asking.Dispose();

    private async Task TypeAsync(string? typed)
    {
        _typed = typed ?? "";
        if (_hasChosen)
        {
            _hasChosen = false;
            await OnChosen.InvokeAsync(null);
        }

        var asking = AskAnew();
        try
        {
            await Task.Delay(Pause, Time, asking);
            await FindAsync(asking);
        }
        catch (OperationCanceledException) when (asking.IsCancellationRequested)
        {
            // More was typed meanwhile, or something was chosen.
        }
    }

    private async Task KeyAsync(KeyboardEventArgs key)
    {
        switch (key.Key)
        {
            case "ArrowDown" when !_isOpen && _typed.Length == 0 && Usual.Count > 0:
                (_found, _at, _isOpen) = (Usual, 0, true);
                break;
            case "ArrowDown" or "ArrowUp" when _isOpen && _found.Count > 0:
                var shown = Math.Min(_found.Count, Most);
                _at = (_at + (key.Key == "ArrowDown" ? 1 : shown - 1)) % shown;
                break;
            case "Escape":
                _isOpen = false;
                break;
            case "Enter" when !_hasChosen:
                if (!_isOpen)
                    await FindAsync(AskAnew()); // Enter came before the answer to what was typed.
                if (_found.Count > 0)
                    await ChooseAsync(_found[_at]);
                break;
        }
    }

    private async Task FindAsync(CancellationToken asking)
    {
        // One more than is shown, so that the list can say that there are more.
        var found = string.IsNullOrWhiteSpace(_typed)
            ? []
            : (await Work.RunAsync((CatalogueSearch search) => search.FindAsync(new ItemSearch(_typed, PageSize: Most + 1), asking))).Items;
        asking.ThrowIfCancellationRequested();
        (_found, _at, _isOpen) = (found, 0, _typed.Length > 0);
    }

    /// <summary>Takes an item as if it had been typed and chosen.</summary>
    public async Task ChooseAsync(ItemSummary chosen)
    {
        AskAnew();
        (_typed, _isOpen, _hasChosen) = (chosen.Name, false, true);
        await OnChosen.InvokeAsync(await Work.RunAsync((CatalogueStore catalogue) => catalogue.FindAsync(chosen.Code)));
    }

    /// <summary>What was asked before is out of date; so is the list.</summary>
    private CancellationToken AskAnew()
    {
        _asking.Cancel();
        _asking.Dispose();
        _asking = new CancellationTokenSource();
        _isOpen = false;
        return _asking.Token;
    }

    private static string OptionId(int index) => string.Create(CultureInfo.InvariantCulture, $"item-found-{index}");
}
