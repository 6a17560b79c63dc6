using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Elsa.Api;

/// <summary>Bad input in the form the designer shows: what was wrong, by field.</summary>
internal sealed class ApiErrors : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (JsonException e)
        {
            return ElsaApi.Invalid("model", e.Message);
        }
        catch (ApiInputException e)
        {
            return ElsaApi.Invalid(e.Field, e.Message);
        }
    }
}

/// <summary>The request says something that cannot be.</summary>
internal sealed class ApiInputException(string field, string message) : Exception(message)
{
    public string Field { get; } = field;
}
