/** Canvas edits: what gestures mean for the document; pure, one edit per gesture. */
import type { ConnectionEnd, ConnectionRecord, ElementRecord, ProbeRecord, SpikeloomDocument } from '../../engine/model/document.ts';
import { canConnect, wireKind } from '../../engine/model/connections.ts';
import { batch, type Edit, type SingleEdit } from '../../engine/model/edits/edit.ts';
import type { KindCatalogue, KindDescriptor } from '../../engine/model/kind.ts';
import { usualProbes, type NewId } from '../plots/plot-edits.ts';
import type { FirstWire, Place } from './canvas-services.ts';

/** Connector of a new projection; another one is chosen in the inspector. */
const usualConnector = 'connectors/sparse-random';
/** Channels recorded for the picture of a block whose output is continuous. */
const picturedChannels = 3;

export interface InsertRequest {
  readonly kind: string;
  readonly place: Place;
  readonly wire?: FirstWire | undefined;
  /** Connection into which the element goes, where its ports fit both sides. */
  readonly splice?: string | undefined;
}

export interface Insertion {
  readonly id: string;
  readonly edit: Edit;
}

/** A new element with the probe of its live picture, wired at once where asked; undefined for an unknown kind. */
export function insertEdit(document: SpikeloomDocument, catalogue: KindCatalogue, request: InsertRequest, newId: NewId): Insertion | undefined {
  const kind = catalogue.find(request.kind);
  if (kind === undefined) return undefined;
  const element: ElementRecord = { id: newId('el'), kind: kind.id, name: freeName(document, kind.title), parameters: {} };
  const added: SingleEdit = { type: 'element.add', element, position: { ...request.place } };
  const after: SpikeloomDocument = { ...document, elements: { ...document.elements, [element.id]: element } };
  const wires = [...firstWire(after, catalogue, element.id, request.wire, newId), ...spliced(after, catalogue, element.id, request.splice, newId)];
  const probes = picturedProbes(after, catalogue, kind, element.id).map((probe): SingleEdit => ({ type: 'probe.add', probe: { ...probe, id: newId('probe') } }));
  return { id: element.id, edit: batch([added, ...wires, ...probes]) };
}

/** The title, with a number where the name is taken: "LIF 2". */
export function freeName(document: SpikeloomDocument, title: string): string {
  const taken = new Set(Object.values(document.elements).map((element) => element.name));
  for (let number = 1; ; number++) {
    const name = number === 1 ? title : `${title} ${number}`;
    if (!taken.has(name)) return name;
  }
}

/** A connection with the kind its target port needs; undefined when it is not legal. */
export function connectEdit(document: SpikeloomDocument, catalogue: KindCatalogue, from: ConnectionEnd, to: ConnectionEnd, newId: NewId): SingleEdit | undefined {
  if (canConnect(document, catalogue, from, to) !== undefined) return undefined;
  const target = catalogue.find(document.elements[to.element]?.kind ?? '');
  const port = target?.inputs.find((each) => each.name === to.port);
  const kind = port?.accepts === 'synapses' ? usualConnector : wireKind;
  const connection: ConnectionRecord = { id: newId('co'), kind, from: { ...from }, to: { ...to }, parameters: {} };
  return { type: 'connection.add', connection };
}

function firstWire(document: SpikeloomDocument, catalogue: KindCatalogue, element: string, wire: FirstWire | undefined, newId: NewId): SingleEdit[] {
  if (wire === undefined) return [];
  const own = { element, port: wire.port };
  const edit = 'from' in wire ? connectEdit(document, catalogue, wire.from, own, newId) : connectEdit(document, catalogue, own, wire.to, newId);
  return edit === undefined ? [] : [edit];
}

/** Takes the connection away and leads it through the element, if both halves are legal; else leaves it alone. */
function spliced(document: SpikeloomDocument, catalogue: KindCatalogue, element: string, connection: string | undefined, newId: NewId): SingleEdit[] {
  const old = connection === undefined ? undefined : document.connections[connection];
  const kind = catalogue.find(document.elements[element]?.kind ?? '');
  if (old === undefined || kind === undefined) return [];
  const { [old.id]: _taken, ...connections } = document.connections;
  const without = { ...document, connections };
  const first = kind.inputs.map((port) => connectEdit(without, catalogue, old.from, { element, port: port.name }, newId)).find(Boolean);
  const second = kind.outputs.map((port) => connectEdit(without, catalogue, { element, port: port.name }, old.to, newId)).find(Boolean);
  return first === undefined || second === undefined ? [] : [{ type: 'connection.remove', ids: [old.id] }, first, second];
}

/** All spikes, or a few channels: enough for the picture, little enough to cost nothing. */
function picturedProbes(document: SpikeloomDocument, catalogue: KindCatalogue, kind: KindDescriptor, element: string): Omit<ProbeRecord, 'id'>[] {
  const size = kind.parameters.find((parameter) => parameter.name === 'size')?.default;
  return usualProbes(document, catalogue, element).map(({ target }) => {
    const spiking = kind.outputs.find((port) => port.name === target)?.type === 'spikes';
    const few = !spiking && typeof size === 'number' && size > picturedChannels;
    return { element, target, cells: few ? Array.from({ length: picturedChannels }, (_, cell) => cell) : null };
  });
}
