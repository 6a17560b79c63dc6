namespace TongBan.Domain;

/// <summary>One page of a list, with the size of the whole list.</summary>
/// <typeparam name="T">What the list is of.</typeparam>
/// <param name="Items">The entries of this page, in order.</param>
/// <param name="Total">How many entries all pages have together.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total);
