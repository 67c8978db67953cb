/** What a person does with files: each ends in the open document, a saved file, or a sentence that says why not. */
import type { Problem } from '../../engine/base/problem.ts';
import { rockpoolTextOf } from '../../engine/formats/rockpool-export.ts';
import type { FileReference, FileSort, OpenedFile } from '../../engine/platform/host.ts';
import { fileName, projectSort } from '../stores/saving.ts';
import type { Example, Services } from '../stores/services.ts';

export const seriesSort: FileSort = { title: 'Series (CSV or npz)', extensions: ['csv', 'tsv', 'txt', 'npz', 'npy'] };

/** Projects as plain text, and the networks that Rockpool saves. */
export const networkSort: FileSort = { title: 'Project or Rockpool network (JSON)', extensions: ['json'] };

/** A new, empty project takes the place of the open one, whose work stays in its file. */
export async function newProject(services: Services): Promise<void> {
  if (!(await mayLeave(services))) return;
  await services.documents.newDocument();
  await services.runs.reload(false);
}

export async function openProject(services: Services): Promise<void> {
  const chosen = await services.host.files.open([projectSort, networkSort]);
  if (!chosen.ok) return report(services, 'The project could not be opened', chosen.problems);
  if (chosen.value !== undefined) await openOpened(services, chosen.value);
}

export async function openRecent(services: Services, file: FileReference): Promise<void> {
  const read = await services.host.files.read(file);
  if (read.ok) await openOpened(services, read.value);
  else report(services, `${file.name} could not be opened`, read.problems);
}

/** Opens an example; it has no file until it is saved. */
export async function openExample(services: Services, example: Example, run: boolean): Promise<void> {
  const mayLeaveOpen = () => mayLeave(services);
  const { opened, problems } = await services.documents.openBytes(await example.load(), { mayLeave: mayLeaveOpen });
  if (opened) return services.runs.reload(run);
  if (problems.length > 0) report(services, `${example.title} could not be opened`, problems);
}

/** Opens what a host or a drop brought; on failure the open document stays untouched. */
export async function openOpened(
  services: Services,
  opened: {
    readonly file: OpenedFile['file'] | undefined;
    readonly bytes: Uint8Array<ArrayBuffer>;
    readonly stamp?: OpenedFile['stamp'];
    readonly name?: string;
  },
): Promise<void> {
  const { bytes, file, stamp } = opened;
  const outcome = await services.documents.openBytes(bytes, { file, stamp, mayLeave: () => mayLeave(services) });
  const name = file?.name ?? opened.name ?? 'The file';
  if (outcome.problems.length > 0)
    report(services, outcome.opened ? `${name} was opened` : `${name} could not be opened`, outcome.problems);
  if (outcome.opened) await services.runs.reload(false);
}

export async function saveProject(services: Services, elsewhere: boolean): Promise<void> {
  const { documents, document, runs, session } = services;
  const { serial } = document.getState();
  const saved = elsewhere ? await documents.saveAs() : await documents.save();
  if (!saved.ok) return report(services, 'The project could not be saved', saved.problems);
  if (saved.value !== undefined) session.getState().notify('info', `Saved as ${saved.value.name}`);
  // The person chose what somebody else wrote into the file.
  if (document.getState().serial !== serial) await runs.reload(false);
}

/** Writes the open project as a network that Rockpool loads; it stays the project it is, with its own file. */
export async function saveRockpoolNetwork(services: Services): Promise<void> {
  const { document } = services.document.getState();
  const printed = rockpoolTextOf(document);
  if (!printed.ok) return report(services, 'Rockpool cannot have this network', printed.problems);
  const bytes = new TextEncoder().encode(printed.value);
  const saved = await services.host.files.saveAs(`${fileName(document.name)}.json`, networkSort, bytes);
  if (!saved.ok) return report(services, 'The network could not be saved', saved.problems);
  if (saved.value !== undefined) report(services, `Saved as ${saved.value.file.name}`, printed.problems);
}

/** Asks for a file of numbers and opens the import dialog on it. */
export async function importSeries(
  services: Services,
  target?: { readonly element: string; readonly parameter: string },
): Promise<void> {
  const chosen = await services.host.files.open([seriesSort]);
  if (!chosen.ok) return report(services, 'The series could not be read', chosen.problems);
  if (chosen.value === undefined) return;
  startImport(services, chosen.value.file.name, chosen.value.bytes, target, undefined);
}

export function startImport(
  { session }: Services,
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  target: { readonly element: string; readonly parameter: string } | undefined,
  position: { readonly x: number; readonly y: number } | undefined,
): void {
  session.getState().change({ dialog: { kind: 'series', name, bytes, target, position } });
}

/** A file dropped on the window: a project is opened, numbers are imported, anything else is refused with the reason. */
export async function openDropped(services: Services, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  if (projectSort.extensions.includes(extension) || extension === 'json')
    return openOpened(services, { file: undefined, bytes, name });
  if (seriesSort.extensions.includes(extension)) return startImport(services, name, bytes, undefined, undefined);
  services.session
    .getState()
    .notify('error', `${name} cannot be opened`, [
      'Drop a Spikeloom project (.spikeloom), a network of Rockpool (.json) or a file of numbers (.csv, .npz).',
    ]);
}

export function report({ session }: Services, title: string, problems: readonly Problem[]): void {
  const tone = problems.some((found) => found.severity === 'error') ? 'error' : 'info';
  const shown = problems
    .slice(0, 3)
    .map((found) => [found.message, found.hint].filter((part) => part !== undefined).join(' '));
  const further = problems.length > 3 ? [`… and ${problems.length - 3} more.`] : [];
  session.getState().notify(tone, title, [...shown, ...further]);
}

/** Unsaved work of a project that has a file is saved there before another takes its place; without a file the person decides. */
export async function mayLeave(services: Services): Promise<boolean> {
  const { saved, file, history, readOnly } = services.document.getState();
  if (saved || history.length === 0 || readOnly !== undefined) return true;
  if (file !== undefined) {
    const result = await services.documents.save();
    if (result.ok) return result.value !== undefined;
    report(services, 'The open project could not be saved', result.problems);
    return false;
  }
  return confirmLeaving(services);
}

function confirmLeaving({ session, document }: Services): Promise<boolean> {
  return new Promise((resolve) => {
    const { name } = document.getState().document;
    session.getState().change({ dialog: { kind: 'leave', name, decide: resolve } });
  });
}
