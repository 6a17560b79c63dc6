using System.Data;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Dapper;

namespace TongBan.Domain;

/// <summary>Types that Npgsql takes as parameters and Dapper does not know by itself.</summary>
internal static class DapperTypes
{
    /// <summary>Runs when the assembly is loaded, because a store may be made without any registration, as tests do.</summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Every store needs it before its first query, and it touches nothing else.")]
    internal static void Register() => SqlMapper.AddTypeMap(typeof(DateOnly), DbType.Date);
}
