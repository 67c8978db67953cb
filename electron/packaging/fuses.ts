/** Fuses: switches in the binary of Electron that nothing at run time can turn back. Flipped when the app is packed. */
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';

interface Fuse {
  readonly on: boolean;
  readonly reason: string;
}

/** Every fuse there is, with the reason for its position. */
export const fuses: { readonly [Name in keyof typeof FuseV1Options]: Fuse } = {
  RunAsNode: { on: false, reason: 'ELECTRON_RUN_AS_NODE would make the app a Node that runs anything' },
  EnableCookieEncryption: { on: true, reason: 'what Chromium keeps on disk is encrypted' },
  EnableNodeOptionsEnvironmentVariable: { on: false, reason: 'NODE_OPTIONS would load foreign code at the start' },
  EnableNodeCliInspectArguments: { on: false, reason: '--inspect would let a debugger in' },
  EnableEmbeddedAsarIntegrityValidation: { on: true, reason: 'a changed app.asar does not start (macOS, Windows)' },
  OnlyLoadAppFromAsar: { on: true, reason: 'a folder laid beside the app.asar is not run in its place' },
  LoadBrowserProcessSpecificV8Snapshot: { on: false, reason: 'the app has no snapshot of its own' },
  GrantFileProtocolExtraPrivileges: { on: false, reason: 'the app loads nothing by file:' },
  WasmTrapHandlers: { on: true, reason: 'guard pages are both the speed of the engine and its bounds check' },
};

/** The fuses by their place in the binary. */
export function fusesByPlace(): Record<FuseV1Options, boolean> {
  const entries = Object.entries(fuses).map(([name, { on }]) => [FuseV1Options[name as keyof typeof fuses], on]);
  return Object.fromEntries(entries) as Record<FuseV1Options, boolean>;
}

/** Sets every fuse of the binary (or `.app`) at `path`; rejects when the binary has a fuse that the table does not name. */
export async function setFuses(path: string): Promise<void> {
  await flipFuses(path, {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    // A Mac runs no changed binary that is not signed anew.
    resetAdHocDarwinSignature: path.endsWith('.app'),
    ...fusesByPlace(),
  });
}
