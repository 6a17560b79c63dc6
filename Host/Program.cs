using TongBan.Host.Demo;
using TongBan.Host.Start;

return args is ["demo", .. var rest] ? await DemoRun.RunAsync(rest) : await Startup.RunAsync(args);
