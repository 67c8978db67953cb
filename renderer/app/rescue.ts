/** Hands the open document over as a file, by whatever still works. */
import { writeProject } from '../../engine/formats/project.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import type { Host } from '../../engine/platform/host.ts';
import { fileName } from '../stores/saving.ts';

/** How a file reaches the person without a host. */
export type Download = (name: string, bytes: Uint8Array) => void;

/**
 * The desktop window asks where to save it; everywhere else, and where the window's program does not answer, it is a
 * download. A document that cannot be written as a project is given as its bare text.
 */
export async function rescueDocument(document: SpikeloomDocument, host: Host, download: Download): Promise<void> {
  const { name, bytes } = rescueFile(document);
  if (host.kind === 'electron') {
    const sort = { title: 'Spikeloom project', extensions: ['spikeloom'] };
    const saved = await host.files.saveAs(name, sort, bytes).catch(() => undefined);
    if (saved?.ok === true) return;
  }
  download(name, bytes);
}

function rescueFile(document: SpikeloomDocument): { readonly name: string; readonly bytes: Uint8Array } {
  const name = fileName(document.name);
  try {
    return { name: `${name}.spikeloom`, bytes: writeProject(document) };
  } catch {
    return { name: `${name}.json`, bytes: new TextEncoder().encode(JSON.stringify(document)) };
  }
}
