/** Validation of whole documents: what is resolved, and every problem with its place. */
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { encodeArray } from './arrays.ts';
import type { SpikeloomDocument } from './document.ts';
import { createEmptyDocument } from './new-document.ts';
import { fakeCatalogue } from './testing/fake-catalogue.test-support.ts';
import {
  connection,
  documentOf,
  element,
  probe,
  sampleDocument,
  seriesArray,
} from './testing/fake-document.test-support.ts';
import { validate } from './validate.ts';
import type { ParameterValue } from './value.ts';

/** `code @element path: message` of each problem. */
function told(result: Result<unknown>): string[] {
  return result.problems.map(
    ({ code, message, at }) =>
      `${code} @${[at?.element, at?.path].filter((part) => part !== undefined).join(' ')}: ${message}`,
  );
}

function withRun(run: Partial<SpikeloomDocument['run']>): SpikeloomDocument {
  const document = createEmptyDocument('Run');
  return { ...document, run: { ...document.run, ...run } };
}

/** Validates one parameter of one element of a kind. */
function tryParameter(
  kind: string,
  name: string,
  value: ParameterValue,
  arrays: SpikeloomDocument['arrays'] = {},
): Result<unknown> {
  const document = documentOf({ elements: [element('X', kind, { [name]: value })] });
  const result = validate({ ...document, arrays }, fakeCatalogue);
  return result.ok ? { ...result, value: result.value.elements[0]?.parameters[name] } : result;
}

describe('validate', () => {
  it('resolves references, defaults and SI units (V1, V2)', () => {
    const model = expectOk(validate(sampleDocument(), fakeCatalogue, { forRun: true }));
    expect(model).toMatchObject({
      name: 'Test',
      timeStepSeconds: 0.0001,
      durationSeconds: undefined,
      seed: 1,
      warnings: [],
    });
    expect(model.elements.map((each) => [each.record.name, each.kind.title, each.parameters])).toEqual([
      ['Noise', 'Poisson', { rate: 20 }],
      ['Cells', 'LIF population', { size: 5, tau_mem: 0.01, v_thresh: -0.05, scale: 1, reset: 'zero' }],
      [
        'Sunspots',
        'Series',
        { series: { shape: [3, 2], values: Float64Array.of(1, 2, 3, 4, 5, 6) }, interpolate: false, note: '' },
      ],
      ['Reservoir', 'Reservoir', { weights: null }],
    ]);
    expect(model.connections.map((each) => each.parameters)).toEqual([
      { probability: 0.1, weight: 2e-9 },
      { probability: 0.1, weight: 5e-10 },
      {},
    ]);
    expect(model.probes.map((each) => each.target)).toEqual(['v', 'state']);
  });

  it('collects every problem of every record (V3)', () => {
    const document = documentOf({
      elements: [
        element('Cells', 'neurons/lif', { tau_men: { value: 1, unit: 'ms' }, size: 0 }),
        element('Reservoir', 'layers/reservoir'),
      ],
      connections: [connection('gone.spikes', 'cells.synapses')],
      probes: [probe('cells.w')],
    });
    expect(told(validate(document, fakeCatalogue))).toEqual([
      'model/parameter-unknown @el_cells parameters.tau_men: LIF population has no parameter tau_men (given for Cells).',
      'model/parameter-range @el_cells parameters.size: size of Cells is 0; it has to be at least 1.',
      'model/unknown-reference @co_gone_spikes-cells_synapses: The connection starts at an element that does not exist.',
      'model/missing-input @el_reservoir inputs.input: Reservoir needs something at its input input (input).',
      'model/unknown-reference @pr_cells_w target: Cells has nothing called w to record.',
    ]);
  });

  it('warns of an empty network only before a run (V8)', () => {
    const document = createEmptyDocument('Empty');
    expect(told(validate(document, fakeCatalogue))).toEqual([]);
    const result = validate(document, fakeCatalogue, { forRun: true });
    expect(result.ok).toBe(true);
    expect(told(result)).toEqual(['model/empty @: The network is empty, so there is nothing to run.']);
  });

  it('leaves out what is of unknown kind, with a warning (V7)', () => {
    const document = documentOf({
      elements: [
        element('Later', 'layers/later', { dial: 11 }),
        element('Reservoir', 'layers/reservoir'),
        element('Series', 'stimuli/series'),
      ],
      connections: [
        connection('later.output', 'reservoir.input'),
        connection('series.output', 'reservoir.input', 'connectors/later'),
      ],
      probes: [probe('later.state')],
    });
    const result = validate(document, fakeCatalogue);
    expect(result.problems.map(({ code, severity, at }) => [code, severity, at?.element])).toEqual([
      ['document/unknown-kind', 'warning', 'el_later'],
      ['document/unknown-kind', 'warning', 'co_later_output-reservoir_input'],
      ['document/unknown-kind', 'warning', 'co_series_output-reservoir_input'],
      ['model/missing-input', 'error', 'el_reservoir'],
      ['document/unknown-kind', 'warning', 'pr_later_state'],
    ]);
  });
});

describe('run settings (V4)', () => {
  it.each([
    [
      { timeStep: { value: 0, unit: 'ms' } },
      'model/time-step @run.timeStep: The time step is 0 ms; it has to be a time of at least 1 ps.',
    ],
    [
      { timeStep: { value: 0.1, unit: 'ps' } },
      'model/time-step @run.timeStep: The time step is 0.1 ps; it has to be a time of at least 1 ps.',
    ],
    [
      { timeStep: { value: 1, unit: 'mV' } },
      'model/parameter-dimension @run.timeStep: 1 mV is a voltage (volt); the time step is a time (second).',
    ],
    [
      { duration: { value: -1, unit: 's' } },
      'run/duration @run.duration: The duration is -1 s; it has to be longer than nothing.',
    ],
    [
      { duration: { value: 1e300, unit: 's' } },
      'run/duration @run.duration: The run has more steps than can be counted (2⁵³).',
    ],
    [{ duration: { value: 1, unit: 'parsecs' } }, /^units\/unknown-unit @run\.duration: /],
  ] as const)('refuses %j', (run, message) => {
    const problems = told(validate(withRun(run), fakeCatalogue));
    expect(problems).toEqual([typeof message === 'string' ? message : expect.stringMatching(message)]);
  });

  it('gives the duration in seconds', () => {
    expect(expectOk(validate(withRun({ duration: { value: 500, unit: 'ms' } }), fakeCatalogue)).durationSeconds).toBe(
      0.5,
    );
  });
});

describe('parameters (V5)', () => {
  const list = encodeArray([10, 20], [2]);
  const matrix = encodeArray([1, 2, 3, 4], [2, 2]);
  const broken = encodeArray([1, Number.NaN], [1, 2], { source: 'w.npy' });
  const arrays = { [list.id]: list, [matrix.id]: matrix, [broken.id]: broken, [seriesArray.id]: seriesArray };

  it.each([
    ['neurons/lif', 'tau_mem', { value: 20, unit: 'ms' }, 0.02],
    ['neurons/lif', 'tau_mem', { values: [10, 20], unit: 'ms' }, { shape: [2], values: Float64Array.of(0.01, 0.02) }],
    ['neurons/lif', 'tau_mem', { array: list.id, unit: 'ms' }, { shape: [2], values: Float64Array.of(0.01, 0.02) }],
    [
      'neurons/lif',
      'tau_mem',
      { distribution: 'normal', arguments: { mean: { value: 20, unit: 'ms' }, deviation: { value: 1, unit: 'ms' } } },
      { distribution: 'normal', arguments: { mean: 0.02, deviation: 0.001 } },
    ],
    ['neurons/lif', 'scale', 3, 3],
    ['neurons/lif', 'scale', { value: 50, unit: '%' }, 0.5],
    ['neurons/lif', 'reset', 'subtract', 'subtract'],
    ['stimuli/series', 'interpolate', true, true],
    ['stimuli/series', 'series', null, null],
    ['layers/reservoir', 'weights', null, null],
  ] as const)('of %s: %s = %j', (kind, name, value, expected) => {
    if (kind === 'layers/reservoir')
      return expect(expectOk(validate(sampleDocument(), fakeCatalogue)).elements[3]?.parameters).toEqual({
        weights: null,
      });
    expect(expectOk(tryParameter(kind, name, value as ParameterValue, arrays))).toEqual(expected);
  });

  it.each([
    [
      'neurons/lif',
      'tau_mem',
      { value: 20, unit: 'mV' },
      'model/parameter-dimension: 20 mV is a voltage (volt); tau_mem of X is a time (second).',
    ],
    [
      'neurons/lif',
      'tau_mem',
      { value: 0, unit: 'ms' },
      'model/parameter-range: tau_mem of X is 0 ms; it has to be greater than 0 ms.',
    ],
    [
      'neurons/lif',
      'v_thresh',
      { value: 1, unit: 'V' },
      'model/parameter-range: v_thresh of X is 1 V; it has to be at most 0 mV.',
    ],
    [
      'neurons/lif',
      'tau_mem',
      { value: Number.NaN, unit: 'ms' },
      'model/parameter-not-finite: tau_mem of X is NaN ms, which is not a finite number.',
    ],
    [
      'neurons/lif',
      'tau_mem',
      { values: [1, -1], unit: 'ms' },
      'model/parameter-range: tau_mem of X, number 2, is -1 ms; it has to be greater than 0 ms.',
    ],
    [
      'neurons/lif',
      'tau_mem',
      { values: [], unit: 'ms' },
      'model/parameter-shape: tau_mem of X is an empty list; it needs a value.',
    ],
    [
      'neurons/lif',
      'tau_mem',
      { array: matrix.id, unit: 'ms' },
      'model/parameter-shape: tau_mem of X has the shape [2, 2]; it needs a list (one dimension).',
    ],
    [
      'neurons/lif',
      'v_thresh',
      { values: [1], unit: 'mV' },
      'model/parameter-type: v_thresh of X is one number for all cells; it cannot differ from cell to cell.',
    ],
    ['neurons/lif', 'tau_mem', 20, 'model/parameter-type: tau_mem of X has to be a number with a unit.'],
    ['neurons/lif', 'size', 1.5, 'model/parameter-type: size of X is 1.5; it has to be a whole number.'],
    ['neurons/lif', 'size', 'many', 'model/parameter-type: size of X has to be a whole number.'],
    ['neurons/lif', 'size', Number.NaN, 'model/parameter-not-finite: size of X is NaN, which is not a finite number.'],
    ['neurons/lif', 'reset', 'none', 'model/parameter-range: reset of X is "none", which is not among its choices.'],
    ['neurons/lif', 'reset', false, 'model/parameter-type: reset of X has to be one of the choices.'],
    [
      'neurons/lif',
      'tau_mem',
      { distribution: 'gamma', arguments: {} },
      'model/parameter-type: tau_mem of X is drawn from "gamma", which is not a known distribution.',
    ],
    [
      'neurons/lif',
      'tau_mem',
      { distribution: 'normal', arguments: { mean: { value: 1, unit: 'ms' } } },
      'model/parameter-type: tau_mem of X: the distribution normal needs mean and deviation, but mean is given.',
    ],
    [
      'neurons/lif',
      'tau_mem',
      { distribution: 'normal', arguments: { mean: { value: 1, unit: 'ms' }, deviation: { value: 1, unit: 'A' } } },
      'model/parameter-dimension: 1 A is a current (ampere); deviation of tau_mem of X is a time (second).',
    ],
    ['stimuli/series', 'interpolate', 1, 'model/parameter-type: interpolate of X has to be true or false.'],
    ['stimuli/series', 'note', 1, 'model/parameter-type: note of X has to be a text.'],
    ['stimuli/series', 'series', 3, 'model/parameter-type: series of X has to be a series of numbers.'],
    [
      'stimuli/series',
      'series',
      { array: 'ar_gone', unit: '1' },
      'document/missing-array: The numbers of series of X are not in the project.',
    ],
    [
      'stimuli/series',
      'series',
      { array: broken.id, unit: '1' },
      'model/parameter-not-finite: series of X, row 1, column 2, is NaN, which is not a finite number.',
    ],
    ['stimuli/series', 'constructor', 3, 'model/parameter-unknown: Series has no parameter constructor (given for X).'],
  ] as const)('of %s refuse %s = %j', (kind, name, value, message) => {
    const result = tryParameter(kind, name, value as ParameterValue, arrays);
    expect(result.problems.map((found) => `${found.code}: ${found.message}`)).toEqual([message]);
    expect(result.problems[0]?.at).toMatchObject({ element: 'el_x', path: `parameters.${name}` });
  });

  it('of matrices are checked for shape and range in the unit typed', () => {
    const document = sampleDocument();
    const wide = encodeArray([5, 1100], [1, 2]);
    const cube = encodeArray([1, 2], [2, 1, 1]);
    const withWeights = (value: ParameterValue) => ({
      ...document,
      arrays: { ...document.arrays, ...arrays, [wide.id]: wide, [cube.id]: cube },
      elements: { ...document.elements, el_reservoir: element('Reservoir', 'layers/reservoir', { weights: value }) },
    });
    expect(told(validate(withWeights({ array: cube.id, unit: '1' }), fakeCatalogue))).toEqual([
      'model/parameter-shape @el_reservoir parameters.weights: weights of Reservoir has the shape [2, 1, 1]; it needs rows and columns, or a list.',
    ]);
    expect(told(validate(withWeights({ array: wide.id, unit: '%' }), fakeCatalogue))).toEqual([
      'model/parameter-range @el_reservoir parameters.weights: weights of Reservoir, row 1, column 2, is 1100 %; it has to be at most 10.',
    ]);
  });
});
