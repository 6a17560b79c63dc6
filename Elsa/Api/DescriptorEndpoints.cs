using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Elsa.Definitions;
using Elsa.Expressions;
using Elsa.Workflows;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Elsa.Api;

/// <summary>What the designer can draw with: activity types, syntaxes, types, strategies.</summary>
internal static class DescriptorEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/descriptors/activities", ListAsync).Permit("read:*", "read:activity-descriptors");
        api.MapGet("/descriptors/activities/{typeName}", FindAsync).Permit("read:*", "read:activity-descriptors");
        api.MapPost("/descriptors/activities/{typeName}/options/{property}", OptionsAsync).Permit("read:*", "read:activity-descriptors-options");
        foreach (var (path, permission, list) in FixedLists.All)
            api.MapGet(path, () => Results.Text(list, "application/json")).Permit("read:*", permission);
        api.MapGet("/descriptors/incident-strategies", IncidentStrategies).Permit("read:*", "read:incident-strategies");
        api.MapGet("/descriptors/storage-drivers", StorageDrivers).Permit("read:*", "read:storage-drivers");
        api.MapGet("/descriptors/output-converters", OutputConverters).Permit("read:*", "read:output-converters");
    }

    private static async Task<IResult> ListAsync(ActivityRegistry registry, WellKnownTypeRegistry types, DefinitionActivities definitions, NpgsqlConnection connection, CancellationToken ct)
    {
        await definitions.RefreshAsync(connection, ct);
        // One of each name and version, as the designer expects. Two definitions may have had the same name, one after the other.
        var items = registry.List().Concat(definitions.Earlier).DistinctBy(descriptor => (descriptor.TypeName, descriptor.Version))
            .Select(descriptor => ActivityDescriptorView.Of(descriptor, types)).ToList();
        return ElsaApi.Json(new { items, count = items.Count });
    }

    private static async Task<IResult> FindAsync(string typeName, ActivityRegistry registry, WellKnownTypeRegistry types, DefinitionActivities definitions, NpgsqlConnection connection, CancellationToken ct)
    {
        await definitions.RefreshAsync(connection, ct);
        return registry.Find(typeName) is { } descriptor ? ElsaApi.Json(ActivityDescriptorView.Of(descriptor, types)) : Results.NotFound();
    }

    /// <summary>Asks the input's handlers; what they do not say stays as the attribute has it.</summary>
    private static async Task<IResult> OptionsAsync(string typeName, string property, HttpRequest request, ActivityRegistry registry, IServiceProvider services, CancellationToken ct)
    {
        if (registry.Find(typeName)?.Inputs.FirstOrDefault(input => string.Equals(input.Name, property, StringComparison.OrdinalIgnoreCase)) is not { } found)
            return Results.NotFound();
        var body = await ApiJson.BodyAsync(request);
        var context = ApiJson.Member(body, "context");
        var items = new Dictionary<string, object>(found.UISpecifications ?? new Dictionary<string, object>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var handler in found.UIHandlers.Select(type => (IPropertyUIHandler)ActivatorUtilities.GetServiceOrCreateInstance(services, type)).OrderBy(handler => handler.Priority))
        {
            foreach (var (name, value) in await handler.GetUIPropertiesAsync(found.PropertyInfo!, context, ct))
                items[name] = value;
        }

        return ElsaApi.Json(new { items });
    }

    private static IResult IncidentStrategies(IEnumerable<IIncidentStrategy> strategies, RegisteredTypes registered)
    {
        var items = strategies.Select(strategy => strategy.GetType()).Distinct()
            .Select(type => new { displayName = Named(type) ?? Sentence(ActivityDescriber.Humanize(type.Name.Replace("Strategy", "", StringComparison.Ordinal))), description = Described(type), typeName = registered.NameOf(type) })
            .OrderBy(item => item.displayName, StringComparer.Ordinal).ToList();
        return ElsaApi.Json(new { items, count = items.Count });
    }

    private static IResult StorageDrivers(IStorageDriverManager drivers, RegisteredTypes registered)
    {
        var items = drivers.List().OrderByDescending(driver => driver.Priority).Select(driver => Described(driver.GetType(), driver.Priority, registered)).ToList();
        return ElsaApi.Json(new { items });
    }

    private static object Described(Type type, double priority, RegisteredTypes registered) => new
    {
        typeName = registered.NameOf(type),
        displayName = Named(type) ?? type.Name.Replace("StorageDriver", "", StringComparison.Ordinal),
        priority,
        deprecated = type.IsDefined(typeof(ObsoleteAttribute), inherit: false),
    };

    private static string Sentence(string title) => title[..1] + title[1..].ToLowerInvariant();

    private static string? Named(Type type) => type.GetCustomAttribute<DisplayNameAttribute>()?.DisplayName ?? type.GetCustomAttribute<DisplayAttribute>()?.GetName();

    private static string Described(Type type) => type.GetCustomAttribute<DescriptionAttribute>()?.Description ?? type.GetCustomAttribute<DisplayAttribute>()?.GetDescription() ?? "";

    private static IResult OutputConverters(string? sourceType, string? destinationType)
    {
        string[] missing = [.. sourceType is null ? ["The sourceType query parameter is required."] : Array.Empty<string>(), .. destinationType is null ? ["The destinationType query parameter is required."] : Array.Empty<string>()];
        return missing.Length > 0 ? ElsaApi.Invalid("generalErrors", missing) : ElsaApi.Json(new { items = Array.Empty<object>(), count = 0 });
    }
}
