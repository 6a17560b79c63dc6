using Elsa.Http.Options;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Elsa.Http;

/// <summary>Makes the HTTP endpoints of workflows reachable.</summary>
public static class ElsaHttp
{
    /// <summary>
    /// Maps <c>/workflows/{**path}</c>, or the base path of <see cref="HttpActivityOptions"/>, to the published definitions and waiting
    /// instances that an <see cref="HttpEndpoint"/> makes reachable. An endpoint itself says who may call it; 404 when nothing matches.
    /// </summary>
    public static IEndpointConventionBuilder MapElsaHttp(this IEndpointRouteBuilder app)
    {
        var basePath = app.ServiceProvider.GetRequiredService<IOptions<HttpActivityOptions>>().Value.BasePath.Trim('/');
        return app.Map($"/{basePath}/{{**path}}", (RequestDelegate)(http => http.RequestServices.GetRequiredService<HttpWorkflows>().HandleAsync(http))).AllowAnonymous();
    }
}
