using TongBan.Domain.Audit;
using TongBan.Domain.People;
using TongBan.Domain.Privacy;
using TongBan.Host.Audit;
using TongBan.Host.Features.People;
using TongBan.Host.Privacy;
using TongBan.Host.Start;

namespace TongBan.Host.Commands;

/// <summary>What an operator does at the console: <c>audit verify</c>, <c>keys rotate</c>, <c>user add NAME ROLE [PLACE]</c>.</summary>
internal static class Command
{
    private const int Failed = 1;
    private const int Misused = 2;

    private static readonly Actor Operator = new("operator", "运维人员", Role.System);

    /// <summary>Runs a command on the database of the settings, without web server and jobs.</summary>
    /// <returns>The process's exit code: 0 when all is well.</returns>
    public static async Task<int> RunAsync(string group, string[] args)
    {
        Func<IServiceProvider, Task<int>>? command = (group, args) switch
        {
            ("audit", ["verify", ..]) => VerifyAsync,
            ("keys", ["rotate", ..]) => RotateAsync,
            ("user", ["add", var name, var role, .. var rest]) => services => AddUserAsync(services, name, role, rest.FirstOrDefault(one => !one.StartsWith("--", StringComparison.Ordinal))),
            _ => null,
        };
        if (command is null)
        {
            Console.Error.WriteLine("Commands: audit verify | keys rotate | user add NAME ROLE [HALL, AUTHORITY or DIVISION]");
            return Misused;
        }

        try
        {
            await using var services = await CommandServices.OpenAsync([.. args.Where(one => one.StartsWith("--", StringComparison.Ordinal))]);
            return await command(services.Provider);
        }
        catch (Exception failure) when (StartFailure.Explain(failure) is { } explanation)
        {
            Console.Error.WriteLine($"failed: {explanation}");
            return Failed;
        }
    }

    private static async Task<int> VerifyAsync(IServiceProvider services)
    {
        var check = await services.GetRequiredService<AuditCheckup>().RunAsync(CancellationToken.None);
        Console.WriteLine(check.Problem is { } problem ? $"broken: {problem}" : $"whole: {check.Entries} entries, the last {check.Hash}");
        return check.Problem is null ? 0 : Failed;
    }

    private static async Task<int> RotateAsync(IServiceProvider services)
    {
        await PrivacyServices.LoadKeysAsync(services);
        var key = await services.GetRequiredService<KeyRing>().RotateAsync();
        await services.GetRequiredService<AuditTrail>().AddAsync(Operator, "keys.rotate", "keys", $"更换加密密钥为第 {key} 号");
        Console.WriteLine($"key {key} seals from now on; sealing again what older keys sealed…");
        Console.WriteLine($"{await services.GetRequiredService<Resealing>().RunAsync(CancellationToken.None)} rows sealed again");
        return 0;
    }

    private static async Task<int> AddUserAsync(IServiceProvider services, string name, string roleName, string? place)
    {
        if (!Enum.TryParse<Role>(roleName, ignoreCase: true, out var role))
        {
            Console.Error.WriteLine("Roles: clerk, approver, logistics, administrator, supervisor, auditor");
            return Misused;
        }

        var added = await services.GetRequiredService<Users>().AddAsync(
            new(name, name, role, role is Role.Clerk ? place : null, null, role is Role.Approver ? place : null, role is Role.Clerk or Role.Approver ? null : place), Operator);
        if (added.IsRefused(out var refusal, out var first))
        {
            Console.Error.WriteLine($"failed: {refusal.Message}");
            return Failed;
        }

        Console.WriteLine($"{first.UserName}, first password (to be changed at sign-in): {first.Password}");
        return 0;
    }
}
