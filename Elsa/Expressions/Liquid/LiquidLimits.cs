using System.Text;
using Fluid;
using Fluid.Values;

namespace Elsa.Expressions.Liquid;

/// <summary>What a template may use: two seconds, a million characters in one text, 100,000 items in one list.</summary>
internal static class LiquidLimits
{
    public const int MostCharacters = 1_000_000;
    public const int MostItems = 100_000;
    private const string Deadline = nameof(Deadline);
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(2);

    public static void Begin(TemplateContext context, TimeProvider time)
    {
        var began = time.GetTimestamp();
        context.AmbientValues[Deadline] = () => time.GetElapsedTime(began) > Time;
    }

    /// <summary>Checked before each filter and each assignment: the steps between them are counted by the parser.</summary>
    public static void Check(FluidValue value, TemplateContext context)
    {
        if (context.AmbientValues.TryGetValue(Deadline, out var stored) && ((Func<bool>)stored)())
            throw new TimeoutException("The template ran longer than two seconds.");
        if (value.Type == FluidValues.String && value.ToStringValue().Length > MostCharacters)
            throw new InvalidOperationException($"The template makes a text of more than {MostCharacters} characters.");
        if (value is ArrayValue list && list.Values.Count > MostItems)
            throw new InvalidOperationException($"The template makes a list of more than {MostItems} items.");
    }
}

/// <summary>Takes no more than a million characters.</summary>
internal sealed class LimitedWriter(StringBuilder text) : StringWriter(text, System.Globalization.CultureInfo.InvariantCulture)
{
    /// <inheritdoc />
    public override void Write(char value)
    {
        Check(1);
        base.Write(value);
    }

    /// <inheritdoc />
    public override void Write(string? value)
    {
        Check(value?.Length ?? 0);
        base.Write(value);
    }

    /// <inheritdoc />
    public override void Write(char[] buffer, int index, int count)
    {
        Check(count);
        base.Write(buffer, index, count);
    }

    /// <inheritdoc />
    public override Task WriteAsync(char value)
    {
        Write(value);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override Task WriteAsync(string? value)
    {
        Write(value);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override Task WriteAsync(char[] buffer, int index, int count)
    {
        Write(buffer, index, count);
        return Task.CompletedTask;
    }

    private void Check(int more)
    {
        if (GetStringBuilder().Length + more > LiquidLimits.MostCharacters)
            throw new InvalidOperationException($"The template makes a text of more than {LiquidLimits.MostCharacters} characters.");
    }
}
