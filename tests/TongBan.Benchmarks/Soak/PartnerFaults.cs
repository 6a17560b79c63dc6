namespace TongBan.Benchmarks.Soak;

/// <summary>How a partner fails a call.</summary>
internal enum PartnerFault
{
    None,

    /// <summary>500, nothing done.</summary>
    Error,

    /// <summary>429 with Retry-After, nothing done.</summary>
    Busy,

    /// <summary>The connection is reset before anything is done.</summary>
    Reset,

    /// <summary>It is done, and the answer gets lost.</summary>
    AnswerLost,

    /// <summary>It is done, and the answer is no JSON.</summary>
    Garbage,

    /// <summary>It is done, and the answer comes when nobody waits for it any more.</summary>
    Silence,
}

/// <summary>Rolls the dice for each call, and counts what was rolled.</summary>
internal sealed class PartnerFaults(double failing, int seed)
{
    private static readonly PartnerFault[] Kinds = [.. Enum.GetValues<PartnerFault>().Where(fault => fault != PartnerFault.None)];

    private readonly Random _random = new(seed);
    private readonly Dictionary<PartnerFault, int> _rolled = [];

    /// <summary>How often each came up.</summary>
    public IReadOnlyDictionary<PartnerFault, int> Rolled
    {
        get
        {
            lock (_random)
                return new Dictionary<PartnerFault, int>(_rolled);
        }
    }

    public PartnerFault Roll()
    {
        lock (_random)
        {
            var fault = _random.NextDouble() < failing ? Kinds[_random.Next(Kinds.Length)] : PartnerFault.None;
            _rolled[fault] = _rolled.GetValueOrDefault(fault) + 1;
            return fault;
        }
    }

    /// <summary>Whether a thing that happens in this part of all cases happens now.</summary>
    public bool Happens(double part)
    {
        lock (_random)
            return _random.NextDouble() < part;
    }
}
