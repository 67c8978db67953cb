/** Values of the neurons of a simulated DYNAP-SE board, as constants for the equations of its cells. */
import { problem } from '../../base/problem.ts';
import { andThen, failed, mapResult, ok, type Result } from '../../base/result.ts';
import { drawnMismatch, mismatchRows, neuronValues, type Mismatch } from '../../boards/dynapse/board-neurons.ts';
import type { ElementBuilder } from '../../build/library-kind.ts';
import type { PopulationInput } from '../../build/population/definition.ts';
import { normalAt } from '../../math/normal.ts';

export interface BoardNeurons {
  /** Factors of neurons and, further down, of synapses. */
  readonly mismatch: Mismatch;
  readonly inputs: Readonly<Record<string, PopulationInput>>;
}

/** Values that are the same on every board. */
const fixed: Readonly<Record<string, readonly [value: number, unit: string]>> = {
  conductance: [1e-9, 'S'],
  v_rest: [0, 'V'],
  v_reset: [0, 'V'],
  subthresh_adapt: [0, 'S'],
};

/** Parameters that cores set, with their SI units. */
const set: Readonly<Record<string, string>> = {
  bias: 'A',
  refractory: 's',
  v_thresh: 'V',
  spike_adapt: 'A',
  tau_adapt: 's',
  delta_t: 'V',
  tau_syn_exc: 's',
  tau_syn_inh: 's',
};

/** The constants. Problem `model/parameter-shape` for lists or factors that do not fit. */
export function boardNeurons(builder: ElementBuilder, cells: number): Result<BoardNeurons> {
  return andThen(mismatchOf(builder, cells), (mismatch) =>
    mapResult(allValues(builder, cells, mismatch), (values) => ({
      mismatch,
      inputs: {
        ...Object.fromEntries(
          Object.entries(fixed).map(([name, [value, unit]]) => [name, constant(builder, cells, name, value, unit)]),
        ),
        ...Object.fromEntries(
          Object.entries(values).map(([name, list]) => [name, constant(builder, cells, name, list, set[name] ?? 's')]),
        ),
      },
    })),
  );
}

function constant(
  builder: ElementBuilder,
  cells: number,
  name: string,
  initial: number | Float64Array,
  unit: string,
): PopulationInput {
  const signal = builder.signal({ name: `neuron_${name}`, shape: [cells], initial, role: 'constant', unit });
  return { signal, unit: unit === 'A' ? 'amp' : unit };
}

/** Factors as given, drawn, or 1. */
function mismatchOf(builder: ElementBuilder, cells: number): Result<Mismatch> {
  if (!builder.flag('mismatch')) return ok(() => 1);
  const given = builder.array('mismatch_factors');
  if (given === null) {
    const key = builder.stream('mismatch');
    return ok(drawnMismatch((row, neuron) => normalAt(key, row, neuron)));
  }
  const rows = mismatchRows.length + 2 * cells;
  if (given.values.length === rows * cells) return ok((row, neuron) => given.values[row * cells + neuron] as number);
  return failed(wrongShape(builder, 'mismatch_factors', given.shape, `[${rows}, ${cells}]`));
}

function wrongShape(builder: ElementBuilder, name: string, shape: readonly number[], needed: string) {
  const message = `${name} of "${builder.name}" has shape [${shape.join(', ')}]; ${needed} is needed.`;
  return problem('model/parameter-shape', message, {
    hint: 'Give as many as the board has neurons, or remove it.',
    at: { element: builder.id, path: `parameters.${name}` },
  });
}

/** Value of a parameter for each neuron, given for all, for each core or for each neuron, with its mismatch. */
export function neuronVector(
  builder: ElementBuilder,
  cells: number,
  name: string,
  mismatch: Mismatch,
): Result<Float64Array> {
  const cores = builder.number('chips') * builder.number('cores_chip');
  const listed = builder.array(name)?.values;
  const values = listed?.length === cores ? ok(listed) : builder.vector(name, cells);
  return mapResult(values, (each) => neuronValues(each, cells, name, mismatch));
}

function allValues(
  builder: ElementBuilder,
  cells: number,
  mismatch: Mismatch,
): Result<Readonly<Record<string, Float64Array>>> {
  const values: Record<string, Float64Array> = {};
  for (const name of Object.keys(set)) {
    const made = neuronVector(builder, cells, name, mismatch);
    if (!made.ok) return made;
    values[name] = made.value;
  }
  return mapResult(timeConstants(builder, cells, mismatch), (tau_mem) => ({ ...values, tau_mem }));
}

/** The first membrane time constant, or the other where a neuron uses it. */
function timeConstants(builder: ElementBuilder, cells: number, mismatch: Mismatch): Result<Float64Array> {
  const other = builder.array('has_tau_mem_2');
  if (other !== null && other.values.length !== cells)
    return failed(wrongShape(builder, 'has_tau_mem_2', other.shape, `one number for each of ${cells} neurons`));
  return andThen(neuronVector(builder, cells, 'tau_mem_1', mismatch), (first) =>
    mapResult(neuronVector(builder, cells, 'tau_mem_2', mismatch), (second) =>
      first.map((tau, neuron) => ((other?.values[neuron] ?? 0) === 0 ? tau : (second[neuron] as number))),
    ),
  );
}
