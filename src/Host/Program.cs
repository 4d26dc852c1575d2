using Sluice.Host.CommandLine;

return await SluiceProgram.RunAsync(args).ConfigureAwait(false);
