using TongBan.Host.Commands;
using TongBan.Host.Demo;
using TongBan.Host.Start;

return args switch
{
    ["demo", .. var rest] => await DemoRun.RunAsync(rest),
    [("audit" or "keys" or "user") and var group, .. var rest] => await Command.RunAsync(group, rest),
    _ => await Startup.RunAsync(args),
};
