namespace TongBan.Workflows.Soundness;

/// <summary>Something that keeps a workflow from going live.</summary>
/// <param name="Rule">The rule that is broken, a stable code in kebab case.</param>
/// <param name="Message">What is wrong and where, in Chinese, for the person who publishes.</param>
/// <param name="ActivityId">The step at fault, where there is one.</param>
/// <param name="Port">The step's outcome at fault, where there is one.</param>
public sealed record Finding(string Rule, string Message, string? ActivityId = null, string? Port = null);
