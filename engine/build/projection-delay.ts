/** When spikes of a projection arrive: at once, after one delay, or after a delay of each synapse. */
import type { Result } from '../base/result.ts';
import { mapResult, ok } from '../base/result.ts';
import type { ValidatedConnection } from '../model/validated.ts';
import { crosses, delayStepSeconds, type Assembly, type OutputSignal } from './assembly.ts';
import { delayed } from './arrivals.ts';
import { connectionDelaySteps, delaySteps } from './connection-delay.ts';
import type { ParameterReader } from './library-kind.ts';
import type { DueRows } from './operators/event-product.ts';
import type { SpikeQueue } from './operators/spike-list.ts';
import { spikeListOf, spikeQueueOf } from './operators/spike-list.ts';

/** Queues of lists larger than this are kept as masks instead, a quarter of the size. */
const largestQueueBytes = 0x1000000;

/** Whole steps: one number for all synapses, or one each in the order of the rows. */
export type SynapseDelay = number | Int32Array;

/** The delays of the synapses of a connection. */
export function synapseDelay(
  assembly: Assembly,
  connection: ValidatedConnection,
  parameters: ParameterReader,
  synapses: number,
): Result<SynapseDelay> {
  if (!hasOwnDelays(connection)) return ok(connectionDelaySteps(assembly, connection));
  const timeStepSeconds = delayStepSeconds(assembly, connection);
  return mapResult(parameters.vector('delay', synapses), (seconds) =>
    Int32Array.from(seconds, (delay) => delaySteps(delay, timeStepSeconds)),
  );
}

/** Whether the delay is a list or a distribution. */
export function hasOwnDelays({ parameters }: ValidatedConnection): boolean {
  const delay = parameters['delay'];
  return typeof delay === 'object' && delay !== null;
}

export interface SpikeSource {
  readonly assembly: Assembly;
  readonly connection: ValidatedConnection;
  readonly output: OutputSignal;
  readonly cells: number;
}

/** The lists that are due, for rows of one delay. */
export function dueLists(source: SpikeSource, delay: number): Omit<DueRows, 'width' | 'offset'> {
  const { assembly, connection, output, cells } = source;
  const { element } = connection.record.from;
  const now = { listRows: 1, cells, delay: 0 };
  if (delay === 0) return { ...now, spikes: spikeListOf(assembly, output.signal, element, cells) };
  const rows = longestDelay(assembly, connection);
  if (4 * rows * cells > largestQueueBytes) {
    const mask = delayed(assembly, connection, cells, delay, 'delay');
    return { ...now, spikes: spikeListOf(assembly, mask, element, cells) };
  }
  const queue = spikeQueueOf(assembly, {
    id: `${output.signal}/queue`,
    mask: output.signal,
    ...{ element, cells, rows },
  });
  return { spikes: queue, listRows: rows, cells, delay };
}

/** A queue that reaches back `rows` steps, for this connection alone. */
export function ownQueue({ assembly, connection, output, cells }: SpikeSource, rows: number): SpikeQueue {
  const { id, from } = connection.record;
  return spikeQueueOf(assembly, { id: `${id}/queue`, mask: output.signal, element: from.element, cells, rows });
}

/** The longest delay in steps of connections from one output that take it in the same way, so that one queue serves them all. */
function longestDelay(assembly: Assembly, connection: ValidatedConnection): number {
  const { element, port } = connection.record.from;
  const same = assembly.model.connections.filter(
    (other) =>
      other.record.from.element === element &&
      other.record.from.port === port &&
      crosses(assembly, other) === crosses(assembly, connection),
  );
  return Math.max(...same.map((other) => connectionDelaySteps(assembly, other)));
}
