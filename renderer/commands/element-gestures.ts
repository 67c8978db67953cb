/** What gestures do to elements and connections that are there: each call is one edit that can be undone. */
import type { Problem } from '../../engine/base/problem.ts';
import { copyElements, pasteEdit, type Clipboard } from '../../engine/model/edits/clipboard.ts';
import { batch, type SingleEdit } from '../../engine/model/edits/edit.ts';
import type { Services } from '../stores/services.ts';

export interface Picked {
  readonly elements: readonly string[];
  readonly connections: readonly string[];
}

/** Removes elements with all that hangs on them, and connections. */
export function removePicked(services: Services, { elements, connections }: Picked): void {
  const { document } = services.document.getState();
  const gone = new Set(elements);
  const left = connections.filter((id) => {
    const record = document.connections[id];
    return record !== undefined && !gone.has(record.from.element) && !gone.has(record.to.element);
  });
  const edits: SingleEdit[] = [];
  if (left.length > 0) edits.push({ type: 'connection.remove', ids: left });
  if (elements.length > 0) edits.push({ type: 'element.remove', ids: [...elements] });
  const [only] = edits;
  if (only === undefined) return;
  services.documents.dispatch(edits.length === 1 ? only : batch(edits));
}

/** Copies of the elements with the connections among them and their probes, a little to the side. */
export function duplicateElements(services: Services, ids: readonly string[]): void {
  pasteClipboard(services, copyElements(services.document.getState().document, ids), 'duplicate');
}

export function copyPicked(services: Services): void {
  const clipboard = copyElements(services.document.getState().document, services.selection.getState().elements);
  if (clipboard.elements.length > 0) services.selection.setState({ clipboard });
}

export function pastePicked(services: Services): void {
  const { clipboard } = services.selection.getState();
  if (clipboard !== undefined) pasteClipboard(services, clipboard, 'paste');
}

function pasteClipboard(services: Services, clipboard: Clipboard, as: 'paste' | 'duplicate'): void {
  if (clipboard.elements.length === 0) return;
  const { document } = services.document.getState();
  const edit = pasteEdit(document, clipboard, { as, randomBytes: services.random.bytes, offset: { x: 32, y: 32 } });
  const refused = services.documents.dispatch(edit);
  if (refused.length > 0 || edit.type !== 'element.paste') return;
  services.selection.getState().select(edit.elements.map((element) => element.id));
}

export function renameElement(services: Services, id: string, name: string): readonly Problem[] {
  return services.documents.dispatch({ type: 'element.rename', id, name: name.trim() });
}
