/** Wires onto `channels` ports: copies what leaves the sources, side by side, into the input vector of the port. */
import type { ValidatedConnection } from '../model/validated.ts';
import type { Assembly, ElementAssembly, OutputSignal } from './assembly.ts';
import { addSignal, sourceOutput, sourceSize } from './assembly.ts';
import { connectionDelaySteps } from './connection-delay.ts';
import { add, i32, i32Local, load, loadI32, toF64 } from './ir/expressions.ts';
import { loop, store } from './ir/statements.ts';
import type { Statement } from './ir/types.ts';
import { delayLine } from './operators/delay-line.ts';
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
        ? undelayedOrDelayed(assembly, connection, output, size)
        : aheadSignal(assembly, connection, output, size);
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

/** Whether bytes leave: spikes of which there is at most one per cell and step. */
function isMask({ type, counts }: OutputSignal): boolean {
  return type === 'spikes' && !counts;
}

/** One step ahead of a delayed wire is its delay line one shorter; without knowledge ahead the present value stands in. */
function aheadSignal(
  assembly: Assembly,
  connection: ValidatedConnection,
  output: OutputSignal,
  size: number,
): SignalId {
  const delay = connectionDelaySteps(assembly, connection);
  if (delay === 1) return output.signal;
  if (delay > 1) return delayed(assembly, connection, output, size, delay - 1, 'ahead');
  return output.ahead ?? output.signal;
}

function undelayedOrDelayed(
  assembly: Assembly,
  connection: ValidatedConnection,
  output: OutputSignal,
  size: number,
): SignalId {
  const delay = connectionDelaySteps(assembly, connection);
  return delay === 0 ? output.signal : delayed(assembly, connection, output, size, delay, 'delay');
}

/** The output of a connection's source as it was `delaySteps` ago. */
export function delayed(
  assembly: Assembly,
  connection: ValidatedConnection,
  output: OutputSignal,
  size: number,
  delaySteps: number,
  name: string,
): SignalId {
  const { record } = connection;
  const line = delayLine({
    id: `${record.id}/${name}`,
    element: record.from.element,
    source: output.signal,
    type: isMask(output) ? 'u8' : 'f64',
    size,
    delaySteps,
    unit: output.unit,
  });
  for (const signal of line.signals) addSignal(assembly, signal);
  assembly.operators.push(...line.operators);
  return line.delayed;
}
