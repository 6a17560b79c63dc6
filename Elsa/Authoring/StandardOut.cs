namespace Elsa.Workflows;

/// <summary>Says where <c>WriteLine</c> writes beside the log. A host that wants the lines registers one.</summary>
public interface IStandardOutStreamProvider
{
    /// <summary>The writer of the running burst; it may be called for each line.</summary>
    TextWriter GetTextWriter();
}

/// <summary>Has all lines written by one writer.</summary>
/// <param name="textWriter">May be written to by several bursts at once.</param>
public class StandardOutStreamProvider(TextWriter textWriter) : IStandardOutStreamProvider
{
    /// <inheritdoc />
    public TextWriter GetTextWriter() => textWriter;
}
