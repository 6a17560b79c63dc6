using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace TongBan.Host.People;

/// <summary>ASP.NET's ring of keys that protect cookies, in the database: a cookie of one host is good at the others.</summary>
internal sealed class CookieKeys(NpgsqlDataSource source, TimeProvider time) : IXmlRepository
{
    private const string Prefix = "data-protection:";

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = source.OpenConnection();
        return [.. connection.Query<string>("select content from tongban.host_keys where name like @like", new { like = Prefix + "%" }).Select(text => XElement.Parse(text))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = source.OpenConnection();
        connection.Execute(
            "insert into tongban.host_keys (name, content, created_at) values (@name, @content, @now) on conflict (name) do update set content = excluded.content",
            new { name = Prefix + friendlyName, content = element.ToString(SaveOptions.DisableFormatting), now = time.GetUtcNow() });
    }
}
