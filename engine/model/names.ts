/** What people call the records of a document: names, never ids. */
import type { ConnectionRecord, ElementRecord, ProbeRecord, SpikeloomDocument } from './document.ts';
import { findRecord } from './records.ts';

type Named = Pick<SpikeloomDocument, 'elements'>;

/** The element's name; its kind when the name is empty. */
export function elementName(record: ElementRecord | undefined): string {
  if (record === undefined) return 'a missing element';
  return record.name.trim() === '' ? record.kind : record.name;
}

/** `Sunspots → Reservoir`. */
export function connectionName(document: Named, record: Pick<ConnectionRecord, 'from' | 'to'>): string {
  return `${elementName(findRecord(document.elements, record.from.element))} → ${elementName(findRecord(document.elements, record.to.element))}`;
}

/** `v of Reservoir`. */
export function probeName(document: Named, record: Pick<ProbeRecord, 'element' | 'target'>): string {
  return `${record.target} of ${elementName(findRecord(document.elements, record.element))}`;
}

/** The name itself if no element has it, else with the first free number: `Reservoir 2`. */
export function freeName(document: Named, wanted: string): string {
  const taken = new Set(Object.values(document.elements).map((element) => element.name));
  if (!taken.has(wanted)) return wanted;
  const stem = wanted.replace(/ \d+$/, '');
  let number = 2;
  while (taken.has(`${stem} ${number}`)) number += 1;
  return `${stem} ${number}`;
}
