/** Wires onto `channels` ports: copies what leaves the sources, side by side, into the input vector of the port. */
import type { ValidatedConnection } from '../model/validated.ts';
import { arriving, delayed, isMask } from './arrivals.ts';
import type { Assembly, ElementAssembly } from './assembly.ts';
import { crosses, departing, paceAt, sourceOutput, sourceSize } from './assembly.ts';
import { connectionDelaySteps } from './connection-delay.ts';
import { add, i32, i32Local, load, loadI32, toF64 } from './ir/expressions.ts';
import { loop, store } from './ir/statements.ts';
import type { Statement } from './ir/types.ts';
import type { SignalId } from './program.ts';

/** Lays all wires of an element whose inputs it asked for. */
export function layWires(assembly: Assembly, target: ElementAssembly): void {
  for (const port of target.inputPorts) layPort(assembly, target, port, '');
  for (const port of target.aheadPorts) layPort(assembly, target, port, '/ahead');
}

function layPort(assembly: Assembly, target: ElementAssembly, port: string, suffix: '' | '/ahead'): void {
  const { id } = target.element.record;
  const vector = `${id}/${port}${suffix}`;
  const reads: SignalId[] = [];
  const body: Statement[] = [];
  let offset = 0;
  for (const connection of target.incoming.filter(({ record }) => record.to.port === port)) {
    const output = sourceOutput(assembly, connection);
    const size = sourceSize(assembly, connection);
    const source =
      suffix === ''
        ? arriving(assembly, connection, size, connectionDelaySteps(assembly, connection), 'delay')
        : aheadSignal(assembly, connection, size);
    reads.push(source);
    body.push(copyInto(vector, offset, source, size, isMask(output), body.length));
    offset += size;
  }
  if (body.length === 0) return;
  assembly.operators.push({
    id: `${vector}/gather`,
    element: id,
    slot: 'inputs',
    reads,
    sets: [vector],
    adds: [],
    updates: [],
    readsUpdated: [],
    body,
  });
}

function copyInto(
  vector: SignalId,
  offset: number,
  source: SignalId,
  size: number,
  mask: boolean,
  number: number,
): Statement {
  const cell = i32Local(`i${number}`);
  const value = mask ? toF64(loadI32(source, cell)) : load(source, cell);
  return loop(`i${number}`, 0, size, [store(vector, add(i32(offset), cell), value)]);
}

/** One step ahead of a delayed wire is its delay line one shorter; without knowledge ahead the present value stands in. */
function aheadSignal(assembly: Assembly, connection: ValidatedConnection, size: number): SignalId {
  const { type, signal, ahead } = departing(assembly, connection);
  const delay = connectionDelaySteps(assembly, connection);
  const crossing = crosses(assembly, connection);
  const next = crossing ? (paceAt(assembly, connection.record.to.element)?.every ?? 1) : 1;
  if (crossing && (type === 'spikes' || delay < next)) return arriving(assembly, connection, size, delay, 'delay');
  if (delay === 0) return ahead ?? signal;
  return delay === next ? signal : delayed(assembly, connection, size, delay - next, 'ahead');
}
