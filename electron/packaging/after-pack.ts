/** After packing, before signing: sets the fuses of the binary. */
import { join } from 'node:path';
import type { AfterPackContext } from 'electron-builder';
import { setFuses } from './fuses.ts';

export async function afterPack({ appOutDir, electronPlatformName, packager }: AfterPackContext): Promise<void> {
  // The halves of a universal app are joined afterwards; both must be alike, so each is set.
  await setFuses(join(appOutDir, binaryName(electronPlatformName, packager)));
}

function binaryName(
  platform: string,
  { appInfo, executableName }: { appInfo: { productFilename: string }; executableName?: string },
): string {
  if (platform === 'darwin') return `${appInfo.productFilename}.app`;
  return platform === 'win32' ? `${appInfo.productFilename}.exe` : (executableName ?? appInfo.productFilename);
}
