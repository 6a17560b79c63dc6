using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Elsa.Api;

/// <summary>Elsa's REST API and its hub, as the designer calls them.</summary>
public static class ElsaApi
{
    /// <summary>Maps everything under <c>/elsa/api</c> and the hub. Signing in is the host's; who may do what is read from the claims <c>permissions</c>.</summary>
    public static IEndpointRouteBuilder MapElsaApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/elsa/api").WithTags("Elsa").ExcludeFromDescription().AddEndpointFilter<ApiErrors>().DisableAntiforgery();
        DescriptorEndpoints.Map(api);
        FeatureEndpoints.Map(api);
        DefinitionEndpoints.Map(api);
        DefinitionListEndpoints.Map(api);
        DefinitionBulkEndpoints.Map(api);
        DefinitionFileEndpoints.Map(api);
        GraphEndpoints.Map(api);
        ScriptEndpoints.Map(api);
        RunEndpoints.Map(api);
        LinkEndpoints.Map(api);
        TestEndpoints.Map(api);
        InstanceEndpoints.Map(api);
        InstanceBulkEndpoints.Map(api);
        InstanceFileEndpoints.Map(api);
        JournalEndpoints.Map(api);
        ExecutionEndpoints.Map(api);
        AlterationEndpoints.Map(api);
        app.MapHub<InstanceHub>("/elsa/hubs/workflow-instance").RequireAuthorization(policy => policy.RequireAuthenticatedUser());
        return app;
    }

    /// <summary>Lets those in whose claims name one of the permissions, or all.</summary>
    internal static TBuilder Permit<TBuilder>(this TBuilder endpoint, params string[] permissions) where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(policy => policy.RequireAuthenticatedUser().RequireAssertion(context => context.User.FindAll("permissions").Any(claim => claim.Value == "*" || permissions.Contains(claim.Value, StringComparer.Ordinal))));

    internal static IResult Json(object? value, int status = StatusCodes.Status200OK) => Results.Json(value, ApiJson.Options, statusCode: status);

    internal static IResult Invalid(string field, params string[] messages) => Results.Json(
        new { statusCode = 400, message = "One or more errors occurred!", errors = new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = messages } },
        ApiJson.Options,
        "application/problem+json",
        StatusCodes.Status400BadRequest);
}
