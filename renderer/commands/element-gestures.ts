/** What gestures do to elements and connections: each call is one edit that can be undone. */
import { defined } from '../../engine/base/assert.ts';
import { createIdentifier } from '../../engine/base/identifier.ts';
import type { Problem } from '../../engine/base/problem.ts';
import { wireKind } from '../../engine/model/connections.ts';
import type { ConnectionEnd, ConnectionRecord, ElementRecord, SpikeloomDocument } from '../../engine/model/document.ts';
import { copyElements, pasteEdit, type Clipboard } from '../../engine/model/edits/clipboard.ts';
import { batch, type SingleEdit } from '../../engine/model/edits/edit.ts';
import { kindOf, type KindDescriptor } from '../../engine/model/kind.ts';
import type { Services } from '../stores/services.ts';
import { defaultRecording } from './plot-gestures.ts';

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** How a new element is wired at once: one of its ports to a port that is there. */
export type FirstWire =
  { readonly from: ConnectionEnd; readonly port: string } | { readonly to: ConnectionEnd; readonly port: string };

export interface InsertOptions {
  readonly wire?: FirstWire | undefined;
  /** The connection that the new element goes into. */
  readonly splice?: string | undefined;
}

/** Adds an element of the kind, recorded and shown as its kind suggests, wired if asked; returns its id. */
export function insertElement(services: Services, kindId: string, place: Place, options: InsertOptions = {}): string {
  const kind = defined(services.catalogue.find(kindId), `kind ${kindId}`);
  const { document } = services.document.getState();
  const element = newElement(services, document, kind);
  const position = { x: Math.round(place.x), y: Math.round(place.y) };
  const edits: SingleEdit[] = [
    { type: 'element.add', element, position },
    ...wireEdits(services, document, element, kind, options),
  ];
  edits.push(...defaultRecording(services, document, element, kind));
  const refused = services.documents.dispatch(batch(edits));
  if (refused.length === 0) services.selection.getState().select([element.id]);
  // What is written by people is there to be written on.
  if (refused.length === 0 && kind.parameters.some(({ name }) => name === 'model'))
    services.session.getState().change({ inspectorTab: 'equations' });
  return element.id;
}

/** Where a new element stands when nobody said: right of what was inserted or selected last, below what is in the way. */
export function freePlace({ document, selection }: Services): Place {
  const { elements, view } = document.getState().document;
  const places = Object.keys(elements).flatMap((id) => view.positions[id] ?? []);
  const last = selection.getState().elements.at(-1) ?? Object.keys(elements).at(-1);
  const origin = last === undefined ? undefined : view.positions[last];
  if (origin === undefined) return { x: 0, y: 0 };
  const x = origin.x + 288;
  const covered = (y: number): boolean =>
    places.some((place) => Math.abs(place.x - x) < 220 && Math.abs(place.y - y) < 150);
  let { y } = origin;
  while (covered(y)) y += 160;
  return { x, y };
}

export function newElement(services: Services, document: SpikeloomDocument, kind: KindDescriptor): ElementRecord {
  return {
    id: createIdentifier('el', services.random.bytes),
    kind: kind.id,
    name: freeName(document, kind.title),
    parameters: {},
  };
}

/** The name, with a number behind it when it is taken. */
export function freeName(document: SpikeloomDocument, wanted: string): string {
  const taken = new Set(Object.values(document.elements).map((element) => element.name));
  const stem = wanted.replace(/ \d+$/, '');
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number += 1) if (!taken.has(`${stem} ${number}`)) return `${stem} ${number}`;
}

function wireEdits(
  services: Services,
  document: SpikeloomDocument,
  element: ElementRecord,
  kind: KindDescriptor,
  options: InsertOptions,
): SingleEdit[] {
  const withElement = { ...document, elements: { ...document.elements, [element.id]: element } };
  const add = (from: ConnectionEnd, to: ConnectionEnd): SingleEdit => ({
    type: 'connection.add',
    connection: newConnection(services, withElement, from, to),
  });
  const { wire, splice } = options;
  if (wire !== undefined) {
    const own = { element: element.id, port: wire.port };
    return ['from' in wire ? add(wire.from, own) : add(own, wire.to)];
  }
  const cut = splice === undefined ? undefined : document.connections[splice];
  const [input, output] = [kind.inputs[0], kind.outputs[0]];
  if (cut === undefined || input === undefined || output === undefined) return [];
  return [
    { type: 'connection.remove', ids: [cut.id] },
    add(cut.from, { element: element.id, port: input.name }),
    add({ element: element.id, port: output.name }, cut.to),
  ];
}

/** A connection with the connector that suits its ends: a wire onto channels, sparse random for spikes, all to all for numbers. */
export function newConnection(
  services: Services,
  document: SpikeloomDocument,
  from: ConnectionEnd,
  to: ConnectionEnd,
): ConnectionRecord {
  const kindAt = (end: ConnectionEnd): KindDescriptor | undefined =>
    kindOf(services.catalogue, document.elements[end.element]);
  const input = kindAt(to)?.inputs.find((port) => port.name === to.port);
  const output = kindAt(from)?.outputs.find((port) => port.name === from.port);
  const synapses = output?.type === 'spikes' ? 'connectors/sparse-random' : 'connectors/all-to-all';
  return {
    id: createIdentifier('cn', services.random.bytes),
    kind: input?.accepts === 'synapses' ? synapses : wireKind,
    from,
    to,
    parameters: {},
  };
}

export function connectEnds(services: Services, from: ConnectionEnd, to: ConnectionEnd): readonly Problem[] {
  const connection = newConnection(services, services.document.getState().document, from, to);
  const refused = services.documents.dispatch({ type: 'connection.add', connection });
  if (refused.length === 0) services.selection.getState().select([], [connection.id]);
  return refused;
}

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

export function pasteClipboard(services: Services, clipboard: Clipboard, as: 'paste' | 'duplicate'): void {
  if (clipboard.elements.length === 0) return;
  const { document } = services.document.getState();
  const edit = pasteEdit(document, clipboard, { as, randomBytes: services.random.bytes, offset: { x: 32, y: 32 } });
  const refused = services.documents.dispatch(edit);
  if (refused.length > 0 || edit.type !== 'element.paste') return;
  const added = edit.elements.map((element) => element.id);
  services.selection.getState().select(added);
  services.selection.getState().keepInView(added);
}

export function renameElement(services: Services, id: string, name: string): readonly Problem[] {
  return services.documents.dispatch({ type: 'element.rename', id, name: name.trim() });
}
