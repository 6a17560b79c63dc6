using TongBan.Host.Start;

return await Startup.RunAsync(args);
