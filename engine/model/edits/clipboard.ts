/** Clipboard: a part of a network as data, copied out of one document and pasted into the same or another. */
import { defined } from '../../base/assert.ts';
import { createIdentifier } from '../../base/identifier.ts';
import type { RandomBytes } from '../../base/identifier.ts';
import { referencedArray } from '../consistency.ts';
import type { ArrayRecord, ConnectionRecord, ElementRecord, ProbeRecord, SpikeloomDocument } from '../document.ts';
import { freeName } from '../names.ts';
import { findRecord } from '../records.ts';
import type { SingleEdit } from './edit.ts';

/** Elements with the connections among them, their probes, positions and arrays. */
export interface Clipboard {
  readonly elements: readonly ElementRecord[];
  readonly connections: readonly ConnectionRecord[];
  readonly probes: readonly ProbeRecord[];
  readonly positions: Readonly<Record<string, { readonly x: number; readonly y: number }>>;
  readonly arrays: readonly ArrayRecord[];
}

/** What a copy of the elements with these ids takes along, in document order; unknown ids are passed over. */
export function copyElements(document: SpikeloomDocument, ids: readonly string[]): Clipboard {
  const wanted = new Set(ids);
  const elements = Object.values(document.elements).filter((element) => wanted.has(element.id));
  const connections = Object.values(document.connections).filter(
    ({ from, to }) => wanted.has(from.element) && wanted.has(to.element),
  );
  const probes = Object.values(document.probes).filter((probe) => wanted.has(probe.element));
  const used = new Set(
    [...elements, ...connections].flatMap((owner) => Object.values(owner.parameters)).map(referencedArray),
  );
  return {
    elements,
    connections,
    probes,
    positions: Object.fromEntries(Object.entries(document.view.positions).filter(([id]) => wanted.has(id))),
    arrays: Object.values(document.arrays).filter((array) => used.has(array.id)),
  };
}

export interface PasteOptions {
  readonly as: 'paste' | 'duplicate';
  readonly randomBytes: RandomBytes;
  /** Moves the copies, so that they do not cover the originals. */
  readonly offset: { readonly x: number; readonly y: number };
}

/** The edit that adds the clipboard to the document, with new ids and free names. The clipboard holds at least one element. */
export function pasteEdit(document: SpikeloomDocument, clipboard: Clipboard, options: PasteOptions): SingleEdit {
  const newIds = new Map(clipboard.elements.map(({ id }) => [id, createIdentifier('el', options.randomBytes)]));
  const renewed = (id: string): string => defined(newIds.get(id), `the clipboard lacks element ${id}`);
  return {
    type: 'element.paste',
    as: options.as,
    elements: renamed(document, clipboard.elements).map((element) => ({ ...element, id: renewed(element.id) })),
    connections: clipboard.connections.map((connection) => ({
      ...connection,
      id: createIdentifier('co', options.randomBytes),
      from: { ...connection.from, element: renewed(connection.from.element) },
      to: { ...connection.to, element: renewed(connection.to.element) },
    })),
    probes: clipboard.probes.map((probe) => ({
      ...probe,
      id: createIdentifier('pr', options.randomBytes),
      element: renewed(probe.element),
    })),
    positions: Object.fromEntries(
      Object.entries(clipboard.positions).map(([id, { x, y }]) => [
        renewed(id),
        { x: x + options.offset.x, y: y + options.offset.y },
      ]),
    ),
    arrays: clipboard.arrays.filter((array) => findRecord(document.arrays, array.id) === undefined),
  };
}

/** The elements with names that neither the document nor an earlier one of them has. */
function renamed(document: SpikeloomDocument, elements: readonly ElementRecord[]): ElementRecord[] {
  const taken: Record<string, ElementRecord> = { ...document.elements };
  return elements.map((element, index) => {
    const copy = { ...element, name: freeName({ elements: taken }, element.name) };
    taken[`copy ${index}`] = copy;
    return copy;
  });
}
