/** Blocks as files of their own, and the network as a graph. */
import { networkGraph, printGraph } from '../../engine/formats/network-graph.ts';
import { readProject, writeProject } from '../../engine/formats/project.ts';
import { applyEdit } from '../../engine/model/edits/apply-edit.ts';
import { copyElements, pasteEdit, type Clipboard } from '../../engine/model/edits/clipboard.ts';
import { createEmptyDocument } from '../../engine/model/new-document.ts';
import type { FileSort } from '../../engine/platform/host.ts';
import { fileName, projectSort } from '../stores/saving.ts';
import type { Services } from '../stores/services.ts';
import { freePlace, pasteClipboard } from './element-gestures.ts';
import { networkSort, report } from './file-gestures.ts';

const graphSort: FileSort = { title: 'Graph (DOT)', extensions: ['dot'] };

/** Writes the selected blocks, with the connections among them, as a project of their own. */
export async function saveBlocks(services: Services): Promise<void> {
  const { document } = services.document.getState();
  const ids = services.selection.getState().elements;
  const [first] = ids;
  const clipboard = copyElements(document, ids);
  const name = first === undefined ? 'Blocks' : (document.elements[first]?.name ?? 'Blocks');
  const empty = { ...createEmptyDocument(name), run: document.run };
  const options = { as: 'paste', randomBytes: services.random.bytes, offset: { x: 0, y: 0 } } as const;
  const applied = applyEdit(empty, pasteEdit(empty, clipboard, options));
  if (!applied.ok) return report(services, 'The blocks could not be saved', applied.problems);
  const bytes = new Uint8Array(writeProject(applied.value.document));
  const saved = await services.host.files.saveAs(`${fileName(name)}.spikeloom`, projectSort, bytes);
  if (!saved.ok) report(services, 'The blocks could not be saved', saved.problems);
  else if (saved.value !== undefined) report(services, `Saved as ${saved.value.file.name}`, []);
}

/** Adds the blocks of a project, or of a network that Rockpool saved, to the open project as one edit. */
export async function insertBlocks(services: Services): Promise<void> {
  const chosen = await services.host.files.open([projectSort, networkSort]);
  if (!chosen.ok) return report(services, 'The file could not be read', chosen.problems);
  if (chosen.value === undefined) return;
  const { file, bytes } = chosen.value;
  const opened = readProject(bytes);
  if (!opened.ok) return report(services, `${file.name} could not be read`, opened.problems);
  const { document } = opened.value;
  pasteClipboard(
    services,
    movedTo(copyElements(document, Object.keys(document.elements)), freePlace(services)),
    'paste',
  );
  if (opened.problems.length > 0) report(services, `The blocks of ${file.name} were inserted`, opened.problems);
}

/** The blocks with the first of them at a place. */
function movedTo(clipboard: Clipboard, place: { readonly x: number; readonly y: number }): Clipboard {
  const all = Object.values(clipboard.positions);
  const [left, top] = [Math.min(...all.map(({ x }) => x)), Math.min(...all.map(({ y }) => y))];
  if (all.length === 0) return clipboard;
  const positions = Object.entries(clipboard.positions).map(([id, { x, y }]) => [
    id,
    { x: x - left + place.x, y: y - top + place.y },
  ]);
  return { ...clipboard, positions: Object.fromEntries(positions) };
}

/** Writes the blocks as nodes and their connections as edges, in DOT, which Graphviz draws. */
export async function saveGraph(services: Services): Promise<void> {
  const { document } = services.document.getState();
  const text = printGraph(networkGraph(document, services.catalogue), 'dot');
  const bytes = new TextEncoder().encode(text);
  const saved = await services.host.files.saveAs(`${fileName(document.name)}.dot`, graphSort, bytes);
  if (!saved.ok) report(services, 'The graph could not be saved', saved.problems);
  else if (saved.value !== undefined) report(services, `Saved as ${saved.value.file.name}`, []);
}
