/** Spikes at given times, as generators of reference networks give them: once, or over and over with a period. */
import { ok } from '../../base/result.ts';
import * as ir from '../../build/ir/expressions.ts';
import { loop, store } from '../../build/ir/statements.ts';
import type { ElementKind } from '../../build/library-kind.ts';

export interface GeneratorTimes {
  readonly cells: number;
  readonly times: Float64Array;
  readonly indices: Int32Array;
  readonly periodSeconds: number | undefined;
}

/** The kind of all generators of a case; `timesOf` gives those of an element. */
export function generatorKind(timesOf: (element: string) => GeneratorTimes): ElementKind {
  return {
    id: 'conform/generator',
    family: 'stimuli',
    title: 'Spike generator',
    summary: 'Spikes at given times.',
    keywords: [],
    parameters: [],
    inputs: [],
    outputs: [{ name: 'spikes', title: 'spikes', type: 'spikes', unit: '1' }],
    states: [],
    equations: [],
    source: 'catalogue of equations',
    sizes({ element }) {
      const { cells } = timesOf(element.id);
      return ok({ outputs: { spikes: cells }, cells });
    },
    expand(builder) {
      const given = timesOf(builder.id);
      const { cells, starts } = rowsOf(given, builder.timeStepSeconds);
      const constant = { role: 'constant', type: 'i32' } as const;
      const spikes = builder.signal({
        name: 'spikes',
        shape: [given.cells],
        initial: 0,
        role: 'transient',
        type: 'u8',
      });
      const first = builder.signal({ ...constant, name: 'starts', shape: [starts.length], initial: starts });
      const who = builder.signal({ ...constant, name: 'cells', shape: [cells.length], initial: cells });
      const last = starts.length - 2;
      const row = given.periodSeconds === undefined ? least(ir.step, last) : ir.remainder(ir.step, ir.i32(last + 1));
      builder.operator({
        name: 'emit',
        slot: 'thresholds',
        reads: [first, who],
        sets: [spikes],
        body: [
          loop('i', 0, given.cells, [store(spikes, ir.i32Local('i'), ir.i32(0))]),
          loop('k', ir.loadI32(first, row), ir.loadI32(first, ir.add(row, ir.i32(1))), [
            store(spikes, ir.loadI32(who, ir.i32Local('k')), ir.i32(1)),
          ]),
        ],
      });
      builder.output('spikes', spikes);
      return ok(undefined);
    },
  };
}

function least(left: ir.Index & object, right: number) {
  return ir.select(ir.less(left, ir.i32(right)), left, ir.i32(right));
}

/** Cells by step; the last row of a generator without period is empty. */
function rowsOf({ times, indices, periodSeconds }: GeneratorTimes, timeStepSeconds: number) {
  const steps = Array.from(times, (time) => Math.trunc((time + 1e-3 * timeStepSeconds) / timeStepSeconds));
  const rows =
    periodSeconds === undefined
      ? Math.max(0, ...steps.map((step) => step + 1)) + 1
      : Math.round(periodSeconds / timeStepSeconds);
  const starts = new Int32Array(rows + 1);
  const order = steps.map((_, spike) => spike).sort((a, b) => (steps[a] as number) - (steps[b] as number));
  for (const step of steps) starts[step + 1] = (starts[step + 1] ?? 0) + 1;
  for (let row = 1; row <= rows; row += 1) starts[row] = (starts[row] as number) + (starts[row - 1] as number);
  const cells = Int32Array.from(order, (spike) => indices[spike] as number);
  return { starts, cells: cells.length === 0 ? Int32Array.of(0) : cells };
}
