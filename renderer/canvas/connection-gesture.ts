/** Connection gesture: which ends a dragged wire means, and which wire is loose when it was let go over nothing. */
import type { FinalConnectionState } from 'reactflow';
import type { ConnectionEnd, SpikeloomDocument } from '../../engine/model/document.ts';
import { canConnect } from '../../engine/model/connections.ts';
import { kindOf, type KindCatalogue } from '../../engine/model/kind.ts';
import type { LooseWire } from './insert-search.ts';

interface HandleLike {
  readonly nodeId: string;
  readonly id?: string | null;
  readonly type: 'source' | 'target';
}

export interface Ends {
  readonly from: ConnectionEnd;
  readonly to: ConnectionEnd;
}

/** Ends in the direction of the signal, from whichever side the wire was drawn; undefined while it is over nothing or over its own side. */
export function connectionOf(state: {
  readonly fromHandle: HandleLike | null;
  readonly toHandle: HandleLike | null;
}): Ends | undefined {
  const { fromHandle, toHandle } = state;
  if (fromHandle === null || toHandle === null || fromHandle.type === toHandle.type) return undefined;
  const [output, input] = fromHandle.type === 'source' ? [fromHandle, toHandle] : [toHandle, fromHandle];
  return { from: endOf(output), to: endOf(input) };
}

function endOf(handle: HandleLike): ConnectionEnd {
  return { element: handle.nodeId, port: handle.id ?? '' };
}

/** The wire in hand as search-insert needs it; undefined when its port is not known. */
export function looseWire(
  document: SpikeloomDocument,
  catalogue: KindCatalogue,
  state: Pick<FinalConnectionState, 'fromHandle'>,
): LooseWire | undefined {
  const held = state.fromHandle;
  if (held === null) return undefined;
  const kind = kindOf(catalogue, document.elements[held.nodeId]);
  if (held.type === 'source') {
    const port = kind?.outputs.find((each) => each.name === held.id);
    return port === undefined ? undefined : { side: 'output', element: held.nodeId, port };
  }
  const port = kind?.inputs.find((each) => each.name === held.id);
  return port === undefined ? undefined : { side: 'input', element: held.nodeId, port };
}

/** A wire let go over the body of a block takes the first port there that it may. */
export function firstLegalEnds(
  document: SpikeloomDocument,
  catalogue: KindCatalogue,
  wire: LooseWire,
  element: string,
): Ends | undefined {
  const kind = kindOf(catalogue, document.elements[element]);
  if (kind === undefined) return undefined;
  const held = { element: wire.element, port: wire.port.name };
  const ends =
    wire.side === 'output'
      ? kind.inputs.map((port) => ({ from: held, to: { element, port: port.name } }))
      : kind.outputs.map((port) => ({ from: { element, port: port.name }, to: held }));
  return ends.find(({ from, to }) => canConnect(document, catalogue, from, to) === undefined);
}

/** Whether a block of this kind dropped on the connection can go into it: its first input and output take both halves. */
export function canSplice(
  document: SpikeloomDocument,
  catalogue: KindCatalogue,
  kind: string,
  connection: string,
): boolean {
  const cut = document.connections[connection];
  const found = kindOf(catalogue, { kind, parameters: {} });
  const [input, output] = [found?.inputs[0], found?.outputs[0]];
  if (cut === undefined || input === undefined || output === undefined) return false;
  const { [connection]: _cut, ...connections } = document.connections;
  const element = 'spliced';
  const elements = { ...document.elements, [element]: { id: element, kind, name: '', parameters: {} } };
  const after = { elements, connections };
  const halves = [
    [cut.from, { element, port: input.name }],
    [{ element, port: output.name }, cut.to],
  ] as const;
  return halves.every(([from, to]) => canConnect(after, catalogue, from, to) === undefined);
}
