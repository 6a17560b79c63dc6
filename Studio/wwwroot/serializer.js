// Studio's WebAssembly describes the same types to its JSON serializer over and over; an assembly of ours spares it that (see InBrowser/).

const assembly = 'TongBan.Studio.InBrowser';

/** The runtime, told where the assembly is. */
export const withAssembly = runtime => runtime.withConfig({ resources: { lazyAssembly: [{ name: `${assembly}.dll`, virtualPath: `${assembly}.dll`, hash: '' }] } });

/** To be called when Blazor has started. Without it Studio works too, but takes seconds longer to save a workflow of hundreds of activities. */
export async function shortenDescriptions() {
  try {
    await Blazor.runtime.INTERNAL.loadLazyAssembly(`${assembly}.dll`);
    await DotNet.invokeMethodAsync(assembly, 'Shorten');
  } catch (error) {
    console.error('Saving large workflows will be slow.', error);
  }
}
