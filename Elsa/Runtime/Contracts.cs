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
        string WorkflowInstanceId { get; }

        Task<CreateWorkflowInstanceResponse> CreateInstanceAsync(CreateWorkflowInstanceRequest request, CancellationToken cancellationToken = default);

        Task<RunWorkflowInstanceResponse> RunInstanceAsync(RunWorkflowInstanceRequest request, CancellationToken cancellationToken = default);

        Task<RunWorkflowInstanceResponse> CreateAndRunInstanceAsync(CreateAndRunWorkflowInstanceRequest request, CancellationToken cancellationToken = default);

        Task CancelAsync(CancellationToken cancellationToken = default);

        Task<WorkflowState> ExportStateAsync(CancellationToken cancellationToken = default);

        Task ImportStateAsync(WorkflowState workflowState, CancellationToken cancellationToken = default);

        Task<bool> InstanceExistsAsync(CancellationToken cancellationToken = default);

        Task<bool> DeleteAsync(CancellationToken cancellationToken = default);
    }

    /// <summary>Runs an instance without further words.</summary>
    public static class WorkflowClientExtensions
    {
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
        Task<SendStimulusResult> SendAsync(string activityTypeName, object stimulus, StimulusMetadata? metadata = null, CancellationToken cancellationToken = default);

        Task<SendStimulusResult> SendAsync(string stimulusHash, StimulusMetadata? metadata = null, CancellationToken cancellationToken = default);
    }

    /// <summary>Publishes events.</summary>
    public interface IEventPublisher
    {
        Task PublishAsync(string eventName, string? correlationId = null, string? workflowInstanceId = null, string? activityInstanceId = null, object? payload = null, bool asynchronous = false, CancellationToken cancellationToken = default);
    }

    /// <summary>Reports tasks as done.</summary>
    public interface ITaskReporter
    {
        Task ReportCompletionAsync(string taskId, object? result = default, CancellationToken cancellationToken = default);
    }
}

namespace Elsa.Workflows.Runtime.Results
{
    /// <summary>The instances a stimulus reached.</summary>
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
    }
}
