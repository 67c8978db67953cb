/** Connections: which wires are legal, and why another one is not. */
import { problem } from '../base/problem.ts';
import type { Problem } from '../base/problem.ts';
import type { ConnectionEnd, ConnectionRecord, ElementRecord, SpikeloomDocument } from './document.ts';
import {
  kindOf,
  type InputPortSpec,
  type KindCatalogue,
  type KindDescriptor,
  type OutputPortSpec,
  type SignalType,
} from './kind.ts';
import { connectionName, elementName } from './names.ts';
import { findRecord } from './records.ts';

/** Kind of every connection onto a port that takes channels. */
export const wireKind = 'connectors/wire';

/** The part of a document that legality depends on. */
type Network = Pick<SpikeloomDocument, 'elements' | 'connections'>;

/**
 * Why no connection may lead from output `from` to input `to`: a port that does not exist, the wrong type, a wire to
 * itself or one that is already there. Undefined when the connection is legal.
 */
export function canConnect(
  document: Network,
  catalogue: KindCatalogue,
  from: ConnectionEnd,
  to: ConnectionEnd,
): Problem | undefined {
  const ends = findEnds(document, catalogue, from, to);
  return isProblem(ends) ? ends : linkDefect(document, catalogue, ends, Object.values(document.connections));
}

/** Both ends of a connection with their elements and ports. */
interface Ends {
  readonly from: ConnectionEnd;
  readonly to: ConnectionEnd;
  readonly source: ElementRecord;
  readonly target: ElementRecord;
  readonly output: OutputPortSpec;
  readonly input: InputPortSpec;
}

function isProblem(value: Ends | Problem): value is Problem {
  return 'code' in value;
}

function findEnds(document: Network, catalogue: KindCatalogue, from: ConnectionEnd, to: ConnectionEnd): Ends | Problem {
  const source = findRecord(document.elements, from.element);
  const target = findRecord(document.elements, to.element);
  if (source === undefined || target === undefined) {
    const side = source === undefined ? 'starts at' : 'leads to';
    return problem('model/unknown-reference', `The connection ${side} an element that does not exist.`, {
      hint: 'Remove the connection.',
    });
  }
  const sourceKind = kindOf(catalogue, source);
  const targetKind = kindOf(catalogue, target);
  if (sourceKind === undefined || targetKind === undefined) {
    const unknown = sourceKind === undefined ? source : target;
    return problem(
      'document/unknown-kind',
      `${elementName(unknown)} is of a kind that this version does not know (${unknown.kind}), so it cannot be wired.`,
    );
  }
  const output = sourceKind.outputs.find((port) => port.name === from.port);
  if (output === undefined) return unknownPort(source, sourceKind, from.port, 'output');
  const input = targetKind.inputs.find((port) => port.name === to.port);
  if (input === undefined) return unknownPort(target, targetKind, to.port, 'input');
  return { from, to, source, target, output, input };
}

function unknownPort(
  element: ElementRecord,
  kind: KindDescriptor,
  port: string,
  direction: 'input' | 'output',
): Problem {
  const ports = direction === 'input' ? kind.inputs : kind.outputs;
  const names = ports.map((each) => each.name).join(', ');
  return problem('model/unknown-reference', `${elementName(element)} has no ${direction} ${port}.`, {
    hint: names === '' ? `${kind.title} has no ${direction}s.` : `Its ${direction}s are ${names}.`,
    at: { element: element.id },
  });
}

function linkDefect(
  document: Network,
  catalogue: KindCatalogue,
  ends: Ends,
  others: readonly ConnectionRecord[],
): Problem | undefined {
  if (!ends.input.types.includes(ends.output.type)) return wrongType(ends);
  if (ends.input.accepts === 'synapses') return undefined;
  if (ends.from.element === ends.to.element) {
    return problem('model/self-wire', `A wire cannot lead from ${elementName(ends.source)} to itself.`);
  }
  const there = others.filter((other) => sameEnd(other.to, ends.to));
  if (there.some((other) => sameEnd(other.from, ends.from))) {
    return problem(
      'model/duplicate-wire',
      `${ends.from.port} of ${elementName(ends.source)} is already wired to ${ends.to.port} of ${elementName(ends.target)}.`,
    );
  }
  return mixedTypes(document, catalogue, ends, there);
}

const typeWords: Readonly<Record<SignalType, string>> = { continuous: 'continuous values', spikes: 'spikes' };

function possessive(name: string): string {
  return name.endsWith('s') ? `${name}'` : `${name}'s`;
}

function wrongType(ends: Ends): Problem {
  const takes = ends.input.types.map((type) => typeWords[type]).join(' or ');
  return problem(
    'model/port-type',
    `${elementName(ends.source)} gives ${typeWords[ends.output.type]}; ${possessive(elementName(ends.target))} ${ends.to.port} takes ${takes}.`,
    { at: { element: ends.to.element } },
  );
}

/** Channels that lie side by side in one vector have to be of one type. */
function mixedTypes(
  document: Network,
  catalogue: KindCatalogue,
  ends: Ends,
  there: readonly ConnectionRecord[],
): Problem | undefined {
  for (const other of there) {
    const source = findRecord(document.elements, other.from.element);
    const output = kindOf(catalogue, source)?.outputs.find((port) => port.name === other.from.port);
    if (output === undefined || output.type === ends.output.type) continue;
    return problem(
      'model/port-type',
      `${possessive(elementName(ends.target))} ${ends.to.port} already takes ${typeWords[output.type]} from ${elementName(source)}; it cannot take ${typeWords[ends.output.type]} from ${elementName(ends.source)} as well.`,
      { at: { element: ends.to.element } },
    );
  }
  return undefined;
}

function sameEnd(left: ConnectionEnd, right: ConnectionEnd): boolean {
  return left.element === right.element && left.port === right.port;
}

/**
 * What is wrong with a connection of the document, given those before it; undefined when nothing is. A connection
 * that touches an element of unknown kind gives `document/unknown-kind`.
 */
export function connectionDefect(
  document: Network,
  catalogue: KindCatalogue,
  record: ConnectionRecord,
  earlier: readonly ConnectionRecord[],
): Problem | undefined {
  const ends = findEnds(document, catalogue, record.from, record.to);
  if (isProblem(ends)) return ends;
  return linkDefect(document, catalogue, ends, earlier) ?? connectorDefect(document, catalogue, record, ends.input);
}

function connectorDefect(
  document: Network,
  catalogue: KindCatalogue,
  record: ConnectionRecord,
  input: InputPortSpec,
): Problem | undefined {
  const name = connectionName(document, record);
  const kind = kindOf(catalogue, record);
  if (kind === undefined) {
    return problem(
      'document/unknown-kind',
      `The connection ${name} uses a connector that this version does not know (${record.kind}).`,
    );
  }
  if (kind.family !== 'connectors')
    return problem('model/connector', `The connection ${name} uses ${kind.title}, which is not a connector.`);
  const takesWire = input.accepts === 'channels';
  if (takesWire === (kind.id === wireKind)) return undefined;
  return problem(
    'model/connector',
    `The connection ${name} uses ${kind.title}, but ${input.name} takes ${takesWire ? 'a plain wire' : 'synapses made by a connector'}.`,
    {
      hint: takesWire ? 'Draw the wire again.' : 'Choose another connector for it.',
    },
  );
}
