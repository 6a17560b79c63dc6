using Elsa.Workflows.Runtime.Messages;
using Elsa.Workflows.Runtime.Results;
using Elsa.Workflows.State;

namespace Elsa.Workflows.Runtime
{
    /// <summary>Where instances are started and resumed.</summary>
    public interface IWorkflowRuntime
    {
        /// <summary>A client for a new instance.</summary>
        ValueTask<IWorkflowClient> CreateClientAsync(CancellationToken cancellationToken = default);

        /// <summary>A client for an instance; null is a new one.</summary>
        ValueTask<IWorkflowClient> CreateClientAsync(string? workflowInstanceId, CancellationToken cancellationToken = default);
    }

    /// <summary>Acts on one instance.</summary>
    public interface IWorkflowClient
    {
        /// <summary>The instance it acts on. For a new one the id is there before the row is.</summary>
        string WorkflowInstanceId { get; }

        /// <summary>Stores a new instance that has not begun; <see cref="RunInstanceAsync"/> begins it.</summary>
        /// <exception cref="InvalidOperationException">There is no such definition.</exception>
        Task<CreateWorkflowInstanceResponse> CreateInstanceAsync(CreateWorkflowInstanceRequest request, CancellationToken cancellationToken = default);

        /// <summary>Resumes the bookmark that is named, or begins an instance that has not begun. What cannot be done is answered with how the instance stands.</summary>
        /// <exception cref="InvalidOperationException">There is no such instance.</exception>
        Task<RunWorkflowInstanceResponse> RunInstanceAsync(RunWorkflowInstanceRequest request, CancellationToken cancellationToken = default);

        /// <summary>Starts a new instance and runs it to its first wait. Where the activation strategy denies the start, the answer says Pending and nothing is stored.</summary>
        /// <exception cref="InvalidOperationException">There is no such definition.</exception>
        Task<RunWorkflowInstanceResponse> CreateAndRunInstanceAsync(CreateAndRunWorkflowInstanceRequest request, CancellationToken cancellationToken = default);

        /// <summary>Ends the instance and the children below it; one that has ended stays as it is.</summary>
        Task CancelAsync(CancellationToken cancellationToken = default);

        /// <summary>The instance as data, its outputs included.</summary>
        /// <exception cref="InvalidOperationException">There is no such instance.</exception>
        Task<WorkflowState> ExportStateAsync(CancellationToken cancellationToken = default);

        /// <summary>Takes name, correlation id, properties and outputs from <paramref name="workflowState"/>; what the instance waits for stays.</summary>
        Task ImportStateAsync(WorkflowState workflowState, CancellationToken cancellationToken = default);

        /// <summary>Whether the instance is stored.</summary>
        Task<bool> InstanceExistsAsync(CancellationToken cancellationToken = default);

        /// <summary>Removes the instance with its bookmarks, timers and history; false when there was none.</summary>
        Task<bool> DeleteAsync(CancellationToken cancellationToken = default);
    }

    /// <summary>Runs an instance without further words.</summary>
    public static class WorkflowClientExtensions
    {
        /// <summary>Begins an instance that has not begun.</summary>
        public static Task<RunWorkflowInstanceResponse> RunInstanceAsync(this IWorkflowClient workflowClient, CancellationToken cancellationToken = default) =>
            workflowClient.RunInstanceAsync(RunWorkflowInstanceRequest.Empty, cancellationToken);
    }

    /// <summary>What a stimulus says beside its name and payload.</summary>
    public class StimulusMetadata
    {
        /// <summary>Narrows the stimulus to one instance.</summary>
        public string? WorkflowInstanceId { get; set; }

        /// <summary>Only instances of this correlation are meant; one that is started gets it.</summary>
        public string? CorrelationId { get; set; }

        /// <summary>Only this execution is meant.</summary>
        public string? ActivityInstanceId { get; set; }

        /// <summary>Only this bookmark is meant.</summary>
        public string? BookmarkId { get; set; }

        /// <summary>Of the original; not read here.</summary>
        public string? ParentWorkflowInstanceId { get; set; }

        /// <summary>Becomes workflow input of what is resumed or started.</summary>
        public IDictionary<string, object>? Input { get; set; }

        /// <summary>Of the original; not read here.</summary>
        public IDictionary<string, object>? Properties { get; set; }
    }

    /// <summary>Sends stimuli to waiting instances and to triggers.</summary>
    public interface IStimulusSender
    {
        /// <summary>Sends a stimulus to all that wait for it, and to all definitions that start with it. It returns when each has run to its next wait; what nobody waits for is stored for ten minutes.</summary>
        /// <param name="activityTypeName">The name of the stimulus, usually the type of the waiting activity.</param>
        /// <param name="stimulus">What it says; must be writable as JSON.</param>
        /// <param name="metadata">Whom it is for and what it brings; null for everybody and nothing.</param>
        /// <param name="cancellationToken">Cancels what has not been committed yet.</param>
        Task<SendStimulusResult> SendAsync(string activityTypeName, object stimulus, StimulusMetadata? metadata = null, CancellationToken cancellationToken = default);

        /// <summary>Sends a stimulus by its hash, as <see cref="IStimulusHasher"/> makes it.</summary>
        Task<SendStimulusResult> SendAsync(string stimulusHash, StimulusMetadata? metadata = null, CancellationToken cancellationToken = default);
    }

    /// <summary>Publishes events.</summary>
    public interface IEventPublisher
    {
        /// <summary>Publishes an event: every Event activity that waits for the name goes on, in the instances that are meant, and every definition that starts with it starts.</summary>
        /// <param name="eventName">Case counts.</param>
        /// <param name="correlationId">Only instances of this correlation; null for all.</param>
        /// <param name="workflowInstanceId">Only this instance, and nothing starts; null for all.</param>
        /// <param name="activityInstanceId">Of the original; not read here.</param>
        /// <param name="payload">What the event brings; must be writable as JSON.</param>
        /// <param name="asynchronous">Whether it is delivered after the transaction that runs has committed, instead of before this returns.</param>
        /// <param name="cancellationToken">Cancels what has not been committed yet.</param>
        Task PublishAsync(string eventName, string? correlationId = null, string? workflowInstanceId = null, string? activityInstanceId = null, object? payload = null, bool asynchronous = false, CancellationToken cancellationToken = default);
    }

    /// <summary>Reports tasks as done.</summary>
    public interface ITaskReporter
    {
        /// <summary>Reports a task as done: the RunTask activity that asked for it goes on. An id that nobody waits for is no error.</summary>
        /// <param name="taskId">As RunTask yielded it.</param>
        /// <param name="result">Becomes the activity's result; must be writable as JSON.</param>
        /// <param name="cancellationToken">Cancels what has not been committed yet.</param>
        Task ReportCompletionAsync(string taskId, object? result = default, CancellationToken cancellationToken = default);
    }
}

namespace Elsa.Workflows.Runtime.Results
{
    /// <summary>The instances a stimulus reached.</summary>
    /// <param name="WorkflowInstanceResponses">How each instance stands after its burst; empty when the stimulus was stored because nothing waited for it.</param>
    public record SendStimulusResult(ICollection<RunWorkflowInstanceResponse> WorkflowInstanceResponses);
}

namespace Elsa.Workflows.State
{
    /// <summary>An instance as data.</summary>
    public class WorkflowState
    {
        /// <summary>Of the instance.</summary>
        public string Id { get; set; } = null!;

        /// <summary>Of all versions of its definition.</summary>
        public string DefinitionId { get; set; } = null!;

        /// <summary>Of the version it stands on.</summary>
        public string DefinitionVersionId { get; set; } = null!;

        /// <summary>The number of that version, counted from 1.</summary>
        public int DefinitionVersion { get; set; }

        /// <summary>The instance that started it.</summary>
        public string? ParentWorkflowInstanceId { get; set; }

        /// <summary>Only instances of this correlation are meant; one that is started gets it.</summary>
        public string? CorrelationId { get; set; }

        /// <summary>The name it is shown by.</summary>
        public string? Name { get; set; }

        /// <summary>Whether it runs or has ended.</summary>
        public WorkflowStatus Status { get; set; }

        /// <summary>How it runs or how it ended.</summary>
        public WorkflowSubStatus SubStatus { get; set; }

        /// <summary>What it waits for.</summary>
        public ICollection<Models.Bookmark> Bookmarks { get; set; } = [];

        /// <summary>What failed in it.</summary>
        public ICollection<Models.ActivityIncident> Incidents { get; set; } = [];

        /// <summary>What it was started with.</summary>
        public IDictionary<string, object> Input { get; set; } = new Dictionary<string, object>(StringComparer.Ordinal);

        /// <summary>What it has yielded so far.</summary>
        public IDictionary<string, object> Output { get; set; } = new Dictionary<string, object>(StringComparer.Ordinal);

        /// <summary>Kept with the instance.</summary>
        public IDictionary<string, object> Properties { get; set; } = new Dictionary<string, object>(StringComparer.Ordinal);

        /// <summary>When it was started, in UTC.</summary>
        public DateTimeOffset CreatedAt { get; set; }

        /// <summary>When its last burst ended, in UTC.</summary>
        public DateTimeOffset UpdatedAt { get; set; }

        /// <summary>When it ended, in UTC; null while it runs.</summary>
        public DateTimeOffset? FinishedAt { get; set; }

        /// <summary>How many entries its journal has.</summary>
        internal long JournalLength { get; init; }

        /// <summary>Where it stands, as it is stored; null in a state that somebody put together.</summary>
        internal byte[]? Stored { get; init; }
    }
}
