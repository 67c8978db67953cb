/** Short ways to describe example projects. */
import type {
  ConnectionRecord,
  ElementRecord,
  PlotRecord,
  ProbeRecord,
  SpikeloomDocument,
} from '../../engine/model/document.ts';
import { createEmptyDocument } from '../../engine/model/new-document.ts';
import type { ParameterValue, Quantity } from '../../engine/model/value.ts';

/** A quantity as people type it. */
export function quantity(value: number, unit: string): Quantity {
  return { value, unit };
}

/** Normal numbers around a mean, with a tenth of it as deviation. */
export function spread(mean: number, unit: string): ParameterValue {
  const deviation = Math.abs(mean) / 10;
  return {
    distribution: 'normal',
    arguments: { mean: quantity(mean, unit), deviation: quantity(deviation, unit) },
  };
}

interface PlacedElement extends ElementRecord {
  readonly x: number;
  readonly y: number;
}

/** An element at a place on the canvas. */
export function element(
  id: string,
  kind: string,
  name: string,
  place: readonly [number, number],
  parameters: Record<string, ParameterValue>,
): PlacedElement {
  return { id, kind, name, parameters, x: place[0], y: place[1] };
}

/** A connection, ends written `element.port`. */
export function connection(
  id: string,
  kind: string,
  from: string,
  to: string,
  parameters: Record<string, ParameterValue> = {},
): ConnectionRecord {
  return { id, kind: `connectors/${kind}`, from: end(from), to: end(to), parameters };
}

function end(text: string) {
  const [name = '', port = ''] = text.split('.');
  return { element: name, port };
}

/** A probe of a port or state. */
export function probe(id: string, target: string, cells: number[] | null = null): ProbeRecord {
  const { element: owner, port } = end(target);
  return { id, element: owner, target: port, cells };
}

/** A panel of plots. */
export function plot(id: string, kind: string, ...probes: string[]): PlotRecord {
  return { id, kind, probes };
}

/** Where the note of an example stands, how wide it is, and what it says. */
interface Note {
  readonly place: readonly [x: number, y: number];
  readonly width: number;
  readonly text: string;
}

export interface ExampleParts {
  readonly name: string;
  /** What to look at, and where it comes from. */
  readonly note?: Note;
  readonly run: SpikeloomDocument['run'];
  readonly elements: readonly PlacedElement[];
  readonly connections: readonly ConnectionRecord[];
  readonly probes: readonly ProbeRecord[];
  readonly plots: PlotRecord[];
  readonly arrays?: SpikeloomDocument['arrays'];
}

/** The document of an example. */
export function example(parts: ExampleParts): SpikeloomDocument {
  const byId = <T extends { readonly id: string }>(records: readonly T[]): Record<string, T> =>
    Object.fromEntries(records.map((record) => [record.id, record]));
  return {
    ...createEmptyDocument(parts.name),
    run: parts.run,
    elements: byId(parts.elements.map(({ x: _x, y: _y, ...record }) => record)),
    connections: byId(parts.connections),
    probes: byId(parts.probes),
    arrays: parts.arrays ?? {},
    view: {
      positions: Object.fromEntries(parts.elements.map(({ id, x, y }) => [id, { x, y }])),
      plots: parts.plots,
      ...notesOf(parts.note),
    },
  };
}

function notesOf(note: Note | undefined): Pick<SpikeloomDocument['view'], 'notes'> {
  if (note === undefined) return {};
  const [x, y] = note.place;
  return { notes: [{ id: 'note', text: note.text, x, y, width: note.width }] };
}
