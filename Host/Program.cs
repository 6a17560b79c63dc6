using TongBan.Host.Demo;
using TongBan.Host.Start;

return args is ["demo", .. var rest] ? await Demo.RunAsync(rest) : await Startup.RunAsync(args);
