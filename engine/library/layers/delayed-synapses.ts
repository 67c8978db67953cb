/** Synapses of a layer each with a delay of its own: what arrives waits in a ring of the coming steps, excitatory and inhibitory apart. */
import { problem } from '../../base/problem.ts';
import { failed, mapResult, ok, type Result } from '../../base/result.ts';
import {
  add,
  f64,
  i32,
  i32Local,
  load,
  loadI32,
  local,
  maximum,
  minimum,
  multiply,
  notEqual,
  remainder,
  step,
  toF64,
} from '../../build/ir/expressions.ts';
import { accumulate, letF64, letI32, loop, store, when } from '../../build/ir/statements.ts';
import type { Expression, SignalId, Statement } from '../../build/ir/types.ts';
import { unmade, type ElementBuilder } from '../../build/library-kind.ts';
import type { ParameterSpec } from '../../model/kind.ts';
import { matrix, quantity } from '../specs.ts';
import type { LayerMatrix } from './layer-weights.ts';

/** Weights [from, to] with their delays in whole steps: one for all, or one each. */
export interface DelayedWeights {
  readonly matrix: LayerMatrix;
  readonly delays: number | Int32Array;
}

interface Currents {
  readonly cells: number;
  /** States that positive and negative weights are added to. */
  readonly excitatory: SignalId;
  readonly inhibitory: SignalId;
}

/** Spikes of the cells: numbers of them, or a mask. */
export interface Spikes {
  readonly signal: SignalId;
  readonly type: 'f64' | 'u8';
}

/** A source of spikes: numbers per channel, or a mask of the cells. */
interface Senders extends DelayedWeights, Spikes {
  readonly name: string;
  /** Steps by which what is sent arrives earlier than its delay says. */
  readonly ahead: number;
}

/** Name of the parameter with a delay for each connection. */
function eachOf(name: string): string {
  return name.replace('delay', 'delays');
}

/** Parameters of delays: one for all connections, and one for each. */
export function delayParameters(name: string, title: string, from: string): readonly ParameterSpec[] {
  return [
    quantity(name, title, 0, 'ms', `Time that ${from} spikes need to arrive; 0 is one time step, the least there is.`, {
      ...{ minimum: 0, group: 'Delays' },
    }),
    matrix(
      eachOf(name),
      `${title} of each connection`,
      'ms',
      `Delays [from, to] of ${from} spikes, instead of one for all.`,
      {
        group: 'Delays',
        absent: 'one delay for all',
      },
    ),
  ];
}

/** The delays of a matrix in whole steps. Problem `model/parameter-range` for one below a step, `model/parameter-shape` for a wrong size. */
export function delayedWeights(builder: ElementBuilder, name: string, weights: LayerMatrix): Result<DelayedWeights> {
  const given = builder.array(eachOf(name));
  const dt = builder.timeStepSeconds;
  if (given === null) {
    const seconds = builder.number(name);
    if (seconds !== 0 && tooShort(seconds, dt)) return failed(below(builder, name, seconds));
    return ok({ matrix: weights, delays: Math.max(1, Math.round(seconds / dt)) });
  }
  const { inputs, outputs } = weights;
  if (given.values.length !== inputs * outputs) {
    const message = `${eachOf(name)} of "${builder.name}" has shape [${given.shape.join(', ')}]; [${inputs}, ${outputs}] is needed.`;
    return failed(
      problem('model/parameter-shape', message, {
        hint: 'Give a delay for each connection, or remove the matrix for one delay of all.',
        at: { element: builder.id, path: `parameters.${eachOf(name)}` },
      }),
    );
  }
  const short = given.values.find((seconds) => tooShort(seconds, dt));
  if (short !== undefined) return failed(below(builder, eachOf(name), short));
  return ok({ matrix: weights, delays: Int32Array.from(given.values, (seconds) => Math.round(seconds / dt)) });
}

function tooShort(seconds: number, dt: number): boolean {
  return !(seconds >= dt * (1 - 1e-6));
}

function below(builder: ElementBuilder, name: string, seconds: number) {
  const given = `${seconds * 1e3} ms`;
  const least = `${builder.timeStepSeconds * 1e3} ms`;
  return problem(
    'model/parameter-range',
    `${name} of "${builder.name}" is ${given}; it must be at least the time step of ${least}.`,
    {
      hint: 'Give longer delays or take a shorter time step.',
      at: { element: builder.id, path: `parameters.${name}` },
    },
  );
}

/** Lays the synapses from port `in` and among the cells: positive weights arrive at one state, negative ones at the other. */
export function layDelayedSynapses(
  builder: ElementBuilder,
  currents: Currents,
  request: { readonly input: DelayedWeights; readonly recurrent: DelayedWeights; readonly spikes: Spikes },
): void {
  const { input, recurrent, spikes } = request;
  const rows = 1 + Math.max(longest(input.delays), longest(recurrent.delays));
  const shape = [rows, currents.cells];
  const ring = (name: string) => builder.signal({ name, shape, initial: 0, role: 'state', turning: 0, unit: 'A' });
  const rings = { positive: ring('coming_exc'), negative: ring('coming_inh'), rows, cells: currents.cells };
  if (builder.inputSize('in') > 0)
    send(builder, rings, { ...input, name: 'in', signal: builder.input('in'), type: 'f64', ahead: 1 }, 0);
  if (recurrent.matrix.inputs > 0) send(builder, rings, { ...recurrent, name: 'recurrent', ...spikes, ahead: 0 }, 1);
  arrive(builder, rings, currents);
}

function longest(delays: number | Int32Array): number {
  return typeof delays === 'number' ? delays : delays.reduce((most, delay) => Math.max(most, delay), 1);
}

interface Rings {
  readonly positive: SignalId;
  readonly negative: SignalId;
  readonly rows: number;
  readonly cells: number;
}

/** What is sent in this step goes to the rows of the steps in which it arrives. */
function send(builder: ElementBuilder, rings: Rings, senders: Senders, order: number): void {
  const { name, matrix: weights, delays, signal, type, ahead } = senders;
  const { inputs, outputs } = weights;
  const table = builder.signal({
    ...{ name: weights.name, shape: [inputs, Math.max(1, outputs)], role: 'constant', unit: weights.unit },
    initial: inputs * outputs === 0 ? 0 : weights.values === undefined ? unmade : Float64Array.from(weights.values),
  });
  const waits =
    typeof delays === 'number'
      ? undefined
      : builder.signal({
          name: `${name}_delays`,
          type: 'i32',
          shape: [delays.length],
          initial: delays,
          role: 'constant',
        });
  const source = i32Local('i');
  const place = add(multiply(source, i32(outputs)), i32Local('j'));
  const delay = typeof delays === 'number' ? i32(delays) : loadI32(waits ?? '', place);
  const row = remainder(add(step, delay, i32(-ahead)), i32(rings.rows));
  const count = type === 'f64' ? load(signal, source) : toF64(loadI32(signal, source));
  builder.operator({
    ...{ name: `${name}/deliver`, slot: 'synapses', order, updates: [rings.positive, rings.negative] },
    reads: [signal, table, ...(waits === undefined ? [] : [waits])],
    body: [
      loop('i', 0, inputs, [
        letF64('x', count),
        when(notEqual(local('x'), f64(0)), [loop('j', 0, outputs, added(rings, load(table, place), row))]),
      ]),
    ],
  });
}

function added({ positive, negative, cells }: Rings, weight: Expression, row: Expression): Statement[] {
  const at = i32Local('p');
  const part = (kept: typeof maximum) => multiply(local('x'), kept(local('w'), f64(0)));
  return [
    letI32('p', add(multiply(row, i32(cells)), i32Local('j'))),
    letF64('w', weight),
    accumulate(positive, at, part(maximum)),
    accumulate(negative, at, part(minimum)),
  ];
}

/** What is due is added to the currents, and its row is cleared. */
function arrive(builder: ElementBuilder, rings: Rings, { cells, excitatory, inhibitory }: Currents): void {
  const cell = i32Local('i');
  const at = i32Local('p');
  const moved = (ring: SignalId, current: SignalId) => [
    accumulate(current, cell, load(ring, at)),
    store(ring, at, f64(0)),
  ];
  builder.operator({
    ...{ name: 'arrive', slot: 'synapses', order: 2 },
    updates: [rings.positive, rings.negative, excitatory, inhibitory],
    body: [
      loop('i', 0, cells, [
        letI32('p', add(multiply(remainder(step, i32(rings.rows)), i32(cells)), cell)),
        ...moved(rings.positive, excitatory),
        ...moved(rings.negative, inhibitory),
      ]),
    ],
  });
}

/** The delays of input and recurrence of a layer whose parameters are `delay_in` and `delay_rec`. */
export function delaysOfLayer(builder: ElementBuilder, input: LayerMatrix, recurrent: LayerMatrix) {
  const first = delayedWeights(builder, 'delay_in', input);
  if (!first.ok) return first;
  return mapResult(delayedWeights(builder, 'delay_rec', recurrent), (second) => ({
    input: first.value,
    recurrent: second,
  }));
}
