/** What of an output reaches a connection: delayed, and counted where its target looks at it in some steps only. */
import { defined } from '../base/assert.ts';
import type { ValidatedConnection } from '../model/validated.ts';
import type { Assembly, OutputSignal } from './assembly.ts';
import { addSignal, crosses, departing, paceAt } from './assembly.ts';
import { equal, i32, i32Local, load, loadI32, remainder, step, toF64 } from './ir/expressions.ts';
import { accumulate, loop, store, when } from './ir/statements.ts';
import type { Expression } from './ir/types.ts';
import { delayLine } from './operators/delay-line.ts';
import type { SignalId } from './program.ts';

/** Whether bytes leave: spikes of which there is at most one per cell and step. */
export function isMask({ type, counts }: OutputSignal): boolean {
  return type === 'spikes' && !counts;
}

/**
 * The output of a connection's source as it was `delaySteps` ago. Of spikes from another step than the target's, how many
 * there were since the target's last step: f64.
 */
export function arriving(
  assembly: Assembly,
  connection: ValidatedConnection,
  size: number,
  delaySteps: number,
  name: string,
): SignalId {
  const output = departing(assembly, connection);
  const signal = delaySteps === 0 ? output.signal : delayed(assembly, connection, size, delaySteps, name);
  const pace = paceAt(assembly, connection.record.to.element);
  if (output.type !== 'spikes' || pace === undefined || !crosses(assembly, connection)) return signal;
  return countedSince(assembly, `${connection.record.id}/${name}`, { signal, size, mask: isMask(output) }, pace.every);
}

/** What left `delaySteps` ago, as it left. */
export function delayed(
  assembly: Assembly,
  connection: ValidatedConnection,
  size: number,
  delaySteps: number,
  name: string,
): SignalId {
  const { record } = connection;
  const output = departing(assembly, connection);
  const line = delayLine({
    id: `${record.id}/${name}`,
    element: record.from.element,
    source: output.signal,
    type: isMask(output) ? 'u8' : 'f64',
    size,
    delaySteps,
    unit: output.unit,
  });
  if (assembly.signals.has(line.delayed)) return line.delayed;
  for (const signal of line.signals) addSignal(assembly, signal);
  assembly.operators.push(...line.operators);
  if (crosses(assembly, connection))
    for (const { id } of [...line.signals, ...line.operators]) assembly.atRunStep.add(id);
  return line.delayed;
}

interface Arriving {
  readonly signal: SignalId;
  readonly size: number;
  readonly mask: boolean;
}

/** Spikes counted in every step of the run, from the step after one in which `every` divides the number on. */
function countedSince(assembly: Assembly, id: string, { signal, size, mask }: Arriving, every: number): SignalId {
  const counted = `${id}/counted`;
  if (assembly.signals.has(counted)) return counted;
  const { element } = defined(assembly.signals.get(signal), `signal ${signal}`);
  const [first, further] = [i32Local('i'), i32Local('j')];
  const arrived = (cell: Expression): Expression => (mask ? toF64(loadI32(signal, cell)) : load(signal, cell));
  addSignal(assembly, {
    ...{ id: counted, element, name: 'counted', type: 'f64', shape: [Math.max(1, size)] },
    ...{ initial: 0, unit: '1', role: 'state' },
  });
  assembly.operators.push({
    id: `${id}/count`,
    element,
    slot: 'inputs',
    reads: [signal],
    sets: [counted],
    adds: [],
    updates: [],
    readsUpdated: [],
    body: [
      when(
        equal(remainder(step, i32(every)), i32(1)),
        [loop('i', 0, size, [store(counted, first, arrived(first))])],
        [loop('j', 0, size, [accumulate(counted, further, arrived(further))])],
      ),
    ],
  });
  assembly.atRunStep.add(counted).add(`${id}/count`);
  return counted;
}
