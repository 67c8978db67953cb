/** Weights inside layers: matrix and rows leave the same bits, are chosen by size or as asked for, and are refused in words. */
import { describe, expect, it } from 'vitest';
import { nodeMemory } from '../../../electron/platform/node-memory.ts';
import { expectOk } from '../../base/result.ts';
import { outlineProgram } from '../../build/build-program.ts';
import { explainProgram } from '../../codegen/explain.ts';
import { encodeArray } from '../../model/arrays.ts';
import type { ArrayRecord, SpikeloomDocument } from '../../model/document.ts';
import { createEmptyDocument } from '../../model/new-document.ts';
import { validate } from '../../model/validate.ts';
import type { ParameterValue } from '../../model/value.ts';
import { memoryNeed } from '../../runtime/memory-need.ts';
import { createSimulation, type SimulationRequest } from '../../runtime/simulation.ts';
import { catalogue, elementKinds, library } from '../library.ts';
import { prepareRun } from '../prepare-run.ts';

type Parameters = Readonly<Record<string, ParameterValue>>;

const cells = 43;
const steps = 60;
const plain = (value: number): ParameterValue => ({ value, unit: '1' });

interface Layer {
  /** Recurrent weights, given in `unit`. */
  readonly weights: string;
  readonly unit: string;
  /** Largest of the weights. */
  readonly largest: number;
  readonly kernels: readonly string[];
  readonly states: readonly string[];
  readonly input: ParameterValue;
}

const spiking = ['dense', 'sparse', 'event-driven'];
const rate = ['dense', 'sparse'];

const layers: Readonly<Record<string, Layer>> = {
  'rate-reservoir': rateLayer('W', 'r'),
  'rec-rate-euler': rateLayer('weights', 'v'),
  'lif-reservoir': { weights: 'W', unit: '1', largest: 0.4, kernels: spiking, states: ['v'], input: plain(8) },
  'rec-iaf-brian': {
    ...{ weights: 'weights', unit: 'mA', largest: 0.4, kernels: spiking },
    ...{ states: ['v', 'I_syn'], input: plain(0.04) },
  },
};

function rateLayer(weights: string, state: string): Layer {
  return { weights, unit: '1', largest: 0.4, kernels: rate, states: [state], input: plain(1) };
}

/** Numbers up to `largest`, either sign, of which a share is not zero; some zeros are negative. */
function numbers(length: number, share: number, largest: number): Float64Array {
  let seed = 3;
  const next = (): number => (seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  return Float64Array.from({ length }, (_, place) => {
    const zero = place % 3 === 0 ? -0 : 0;
    return next() < share ? (2 * next() - 1) * largest : zero;
  });
}

function layerDocument(
  kind: string,
  parameters: Parameters,
  arrays: readonly ArrayRecord[],
  amplitude?: ParameterValue,
) {
  const empty = createEmptyDocument('Layer');
  const layer = { id: 'l', kind: `layers/${kind}`, name: 'L', parameters };
  const sine = { id: 's', kind: 'stimuli/sine', name: 'S', parameters: { amplitude: amplitude ?? 1, phase: 1 } };
  const wire = {
    ...{ id: 'c', kind: 'connectors/wire', parameters: {} },
    ...{ from: { element: 's', port: 'out' }, to: { element: 'l', port: 'in' } },
  };
  return {
    ...empty,
    elements: amplitude === undefined ? { l: layer } : { l: layer, s: sine },
    connections: amplitude === undefined ? {} : { c: wire },
    arrays: Object.fromEntries(arrays.map((array) => [array.id, array])),
  } as SpikeloomDocument;
}

/** A layer with given weights, of which a share is not zero. */
function given(kind: string, share: number, calculation: Parameters): SpikeloomDocument {
  const { weights, unit, largest, input } = layers[kind] as Layer;
  const matrix = encodeArray(numbers(cells * cells, share, largest), [cells, cells]);
  const inward = encodeArray(numbers(cells, 0.7, 1), [cells, 1]);
  const ofInput: Parameters = weights === 'W' ? { Win: { array: inward.id, unit: '1' } } : { size: cells };
  const parameters = { ...ofInput, ...calculation, [weights]: { array: matrix.id, unit } };
  return layerDocument(kind, parameters, [matrix, inward], input);
}

type Way = Partial<Pick<SimulationRequest, 'target' | 'precision'>>;

/** States after each step, and how the recurrent weights were applied. */
function run(document: SpikeloomDocument, states: readonly string[], { target = 'wasm', precision = 'f64' }: Way = {}) {
  const { program } = expectOk(prepareRun(document));
  const simulation = expectOk(createSimulation({ program, target, precision, memory: nodeMemory }));
  const rows = Array.from({ length: steps }, () => {
    expect(simulation.advance(1)).toEqual([]);
    return states.flatMap((state) => Array.from(simulation.readSignal(`l/${state}`)));
  });
  const part = explainProgram(simulation.compiled).parts.find(({ id }) => id === 'l');
  const choice = part?.operators.find(({ id }) => id.startsWith('l/recurrent/'))?.choice;
  simulation.dispose();
  return { rows, choice };
}

describe.each(Object.entries(layers))('%s', (kind, { kernels, states }) => {
  const of = (calculation: Parameters, way?: Way) => run(given(kind, 0.4, calculation), states, way);

  it.each(['f64', 'f32', 'int8'])('leaves the same bits by every kernel, weights kept as %s', (weight_precision) => {
    const auto = of({ weight_precision });
    const last = auto.rows.at(-1) ?? [];
    expect(new Set(last).size).toBeGreaterThan(cells / 2);
    expect(last.every(Number.isFinite)).toBe(true);
    expect(auto.rows).not.toEqual(run(given(kind, 0, { weight_precision }), states).rows);
    for (const kernel of kernels) {
      const chosen = of({ weight_precision, kernel });
      expect(chosen.choice).toMatchObject({ kernel, reason: 'parameter kernel' });
      expect(chosen.rows).toEqual(auto.rows);
      expect(of({ weight_precision, kernel }, { target: 'interpreter' }).rows).toEqual(auto.rows);
    }
  });

  it.each(['f32', 'int8'])('computed in single precision too (weights kept as %s)', (weight_precision) => {
    const [first, ...others] = kernels.map((kernel) => of({ weight_precision, kernel }, { precision: 'f32' }).rows);
    expect(first).not.toEqual(of({ weight_precision }).rows);
    for (const rows of others) expect(rows).toEqual(first);
  });

  it('is rounded by coarser weights', () => {
    const [f64, f32, int8] = ['f64', 'f32', 'int8'].map((weight_precision) => of({ weight_precision }).rows);
    expect(f32).not.toEqual(f64);
    expect(int8).not.toEqual(f32);
  });

  it('chooses a matrix where many weights are not zero, rows where few are, and says what they take', () => {
    const [many, few] = [0.5, 0.1].map((share) => run(given(kind, share, {}), states).choice);
    expect(many).toMatchObject({ kernel: 'dense', bytes: 8 * cells * cells });
    expect(few?.kernel).toBe(kernels.at(-1));
    expect(few?.bytes).toBe(4 * (cells + 1) + 10 * (few?.synapses ?? NaN));
    for (const choice of [many, few]) {
      const share = Number((((choice?.synapses ?? 0) / cells ** 2) * 100).toPrecision(3));
      expect(choice?.reason).toContain(`${choice?.synapses} of 43 × 43 pairs (${share} %), a weight for each`);
    }
  });

  it('refuses what it cannot do, in a Problem of the parameter', () => {
    const { weights } = layers[kind] as Layer;
    const wrong = encodeArray(numbers(6, 1, 1), [2, 3]);
    const problemsOf = (parameters: Parameters) =>
      prepareRun(layerDocument(kind, parameters, [wrong])).problems.map(({ code, at }) => [code, at?.path]);
    const unit = layers[kind]?.unit ?? '1';
    expect(problemsOf({ kernel: 'fast' })).toEqual([['model/parameter-range', 'parameters.kernel']]);
    expect(problemsOf({ weight_precision: 'f16' })).toEqual([['model/parameter-range', 'parameters.weight_precision']]);
    expect(problemsOf({ [weights]: { array: wrong.id, unit } })).toEqual([
      ['model/parameter-shape', `parameters.${weights}`],
    ]);
    if (!kernels.includes('event-driven')) {
      expect(problemsOf({ kernel: 'event-driven' })).toEqual([['model/parameter-range', 'parameters.kernel']]);
    }
  });
});

describe('what is infinite', () => {
  /** Cell 0 gets nothing from cell 1, whose input is as large as said. */
  const cellsOf = (kernel: string, amplitude: number) => {
    const matrix = encodeArray([0, 0, 0, 0.5], [2, 2]);
    const inward = encodeArray([0.5, 1e308], [2, 1]);
    const given = { W: { array: matrix.id, unit: '1' }, Win: { array: inward.id, unit: '1' }, activation: 'identity' };
    const document = layerDocument('rate-reservoir', { ...given, kernel }, [matrix, inward], plain(amplitude));
    const { program } = expectOk(prepareRun(document));
    const simulation = expectOk(createSimulation({ program, target: 'wasm', memory: nodeMemory }));
    const problems = simulation.advance(3);
    const states = Array.from(simulation.readSignal('l/r'));
    simulation.dispose();
    return { problems, states };
  };

  it('stops the run in the step in which a state is, whatever the kernel', () => {
    const [dense, sparse] = ['dense', 'sparse'].map((kernel) => cellsOf(kernel, 1e3));
    expect(dense?.problems.map(({ code, at }) => [code, at?.path])).toEqual([['run/not-finite', 'states.r']]);
    expect(sparse).toEqual(dense);
    expect(cellsOf('sparse', 1e-3).problems).toEqual([]);
  });
});

describe('input weights of more columns than arrive', () => {
  it.each(['rate-reservoir', 'lif-reservoir'])('do nothing in a %s to which nothing is connected', (kind) => {
    const inward = encodeArray(numbers(3 * cells, 1, 1e6), [cells, 3]);
    const state = layers[kind]?.states ?? [];
    const still = (parameters: Parameters, way?: Way) =>
      run(layerDocument(kind, { units: cells, ...parameters }, [inward]), state, way).rows;
    for (const target of ['wasm', 'interpreter'] as const) {
      const without = still({}, { target });
      for (const kernel of ['dense', 'sparse']) {
        expect(still({ kernel, Win: { array: inward.id, unit: '1' } }, { target })).toEqual(without);
      }
    }
  });
});

describe('memory', () => {
  const needOf = (kind: string, parameters: Parameters) => {
    const document = layerDocument(kind, parameters, []);
    return memoryNeed(expectOk(outlineProgram(expectOk(validate(document, catalogue)), library)));
  };

  it('foretold is at least the numbers drawn in double precision and what is stored of them', () => {
    const size = 400;
    const pairs = size ** 2;
    expect(needOf('rec-iaf-brian', { size, weight_precision: 'int8' }).bytes).toBeGreaterThan(9 * pairs);
    expect(needOf('rec-iaf-brian', { size, weight_precision: 'int8', kernel: 'sparse' }).bytes).toBeGreaterThan(
      19 * pairs,
    );
    expect(needOf('lif-reservoir', { units: size }).bytes).toBeGreaterThan(56 * pairs);
  });

  it('foretold for drawn rows is that of the share to draw, and none where all will be 0', () => {
    const linear = (parameters: Parameters): number =>
      needOf('rate-reservoir', { units: 400, ...parameters }).linearBytes;
    const few = linear({ sr: 0 });
    expect(linear({}) - few).toBeCloseTo(10 * 16_000, -3);
    expect(linear({ rc_connectivity: 0.2 }) - few).toBeCloseTo(10 * 32_000, -3);
  });
});

describe('matrices that are not given', () => {
  it('are told in words, but those without which a network cannot be made', () => {
    const silent = elementKinds.entries.flatMap(({ id, parameters }) =>
      parameters
        .filter(({ type, absent }) => type === 'matrix' && absent === undefined)
        .map(({ name }) => `${id} ${name}`),
    );
    expect(silent).toEqual([]);
    const kernels = elementKinds.find('layers/cliaf-convolution')?.parameters.find(({ name }) => name === 'weights');
    expect(kernels?.absent).toBe('1 everywhere');
  });
});
