namespace Elsa.Workflows;

/// <summary>Names where a variable's value is kept.</summary>
public interface IStorageDriver;

/// <summary>The value is kept with the instance, in the same row and transaction as its state.</summary>
public class WorkflowInstanceStorageDriver : IStorageDriver;

/// <summary>The value lasts as long as one burst; after a suspension the initial value is back.</summary>
public class MemoryStorageDriver : IStorageDriver;
