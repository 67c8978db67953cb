/** Tightly balanced networks as people ask for them: what solves a linear problem, or one whose weights are given. */
import { hash32 } from '../../base/hash.ts';
import { createUniformSource, streamKey } from '../../base/random.ts';
import { andThen, collect, failed, mapResult, ok, type Result } from '../../base/result.ts';
import {
  badArgument,
  between,
  finite,
  notNegative,
  positive,
  refusedArgument,
  whole,
} from '../../generators/arguments.ts';
import {
  solveLinearProblem,
  specifyTightBalance,
  type TightBalanceNetwork,
} from '../../generators/tight-balance-network.ts';
import type { ParameterSpec } from '../../model/kind.ts';
import { siNumber } from '../../units/convert.ts';
import { integer, matrix, quantity } from '../specs.ts';
import { readMatrix, readRow, type GivenNumbers } from './number-rows.ts';

/** What was entered, by the names of the arguments; numbers are in the unit of their argument, what is missing has its default. */
export type GivenArguments = Readonly<Record<string, number | GivenNumbers>>;

/** A network with the constant that goes into it, one number for each of its inputs. */
export interface DrivenNetwork {
  readonly network: TightBalanceNetwork;
  readonly drive: Float64Array;
}

export interface TightBalanceForm {
  readonly id: 'solve' | 'specify';
  readonly title: string;
  readonly summary: string;
  readonly parameters: readonly ParameterSpec[];
  /** What its matrices and rows begin with: a small network that runs. */
  readonly starts: Readonly<Record<string, string>>;
  /** The same network for the same arguments; `generator/invalid` for what is not allowed. */
  make(given: GivenArguments): Result<DrivenNetwork>;
}

/** Most cells: the weights of so many fill 16 MB. */
const mostCells = 1000;

const membrane = quantity('tau_mem', 'membrane time constant', 20, 'ms', 'Of the decay of the membrane to rest.');
const step = quantity('dt', 'time step', 0, 'ms', '0 is a tenth of the shorter synaptic time constant.');
const noise = quantity('noise_std', 'noise', 0, 'mV', 'Standard deviation of the noise added to every sample.');
const refractory = quantity(
  'refractory',
  'refractory period',
  0,
  'ms',
  'A cell stays at reset for so long after a spike.',
);
const fastTime = 'Of the synapses that share the news of a spike at once.';
const slowTime = 'Of the synapses that carry the dynamics';

/** A potential, one for all cells or one for each. */
const potential = (name: string, title: string, description: string): ParameterSpec =>
  matrix(name, title, 'mV', `${description} One number, or one for each cell.`);

const threshold = potential('v_thresh', 'threshold', 'A cell above it may spike.');
const rest = potential('v_rest', 'resting potential', 'Membrane at the start and without input.');

const solve: TightBalanceForm = {
  id: 'solve',
  title: 'Solve a linear problem',
  summary: 'Cells whose read-out x follows dx/dt = a·x + c. Where a is stable, x goes to the solution of a·x = −c.',
  parameters: [
    matrix('a', 'matrix of the problem', '1/s', 'Square: a row and a column for each variable of x.'),
    matrix('c', 'constant input', '1/s', 'One number, or one for each variable; it can be changed while it runs.'),
    integer('net_size', 'cells', 100, 'Number of cells; that of the columns of gamma where it is given.', {
      ...{ minimum: 1, maximum: mostCells },
    }),
    matrix(
      'gamma',
      'decoding weights',
      '1',
      '[variables, cells]: what a spike adds to x; drawn with columns of the norm 50 / cells when absent.',
    ),
    quantity('mu', 'quadratic cost', 1e-4, '1', 'Cost of high rates: it spreads spikes over the cells.'),
    quantity('nu', 'linear cost', 1e-3, '1', 'Cost of every spike.'),
    membrane,
    quantity('tau_syn_fast', 'fast synaptic time constant', 1, 'ms', fastTime),
    quantity('tau_syn_slow', 'slow synaptic time constant', 100, 'ms', `${slowTime}, and of the read-out.`),
    ...[threshold, rest, refractory, noise, step],
    integer('seed', 'seed', 1, 'Another seed draws another gamma.', { minimum: 0, maximum: 4_294_967_295 }),
  ],
  starts: { a: '-10 2\n-2 -10', c: '100 50', gamma: '', v_thresh: '-55', v_rest: '-65' },
  make: (given) =>
    andThen(readMatrix('a', numbers(solve, given, 'a')), (a) =>
      andThen(readGamma(numbers(solve, given, 'gamma')), (gamma) => {
        const number = reader(solve, given);
        const size = given['net_size'] === undefined ? (gamma?.columns ?? number('net_size')) : number('net_size');
        const wrong = refusedArgument({ net_size: [size, whole(1, mostCells)], seed: [number('seed'), whole(0)] });
        if (wrong !== undefined) return failed(wrong);
        const costs = { mu: number('mu'), nu: number('nu'), size, ...(gamma === undefined ? {} : { gamma }) };
        const uniform = createUniformSource(streamKey(number('seed'), hash32('tight-balance')));
        return andThen(times(solve, given), (options) =>
          andThen(potentials(solve, given, ['v_thresh', 'v_rest'], size), (bounds) =>
            driven(solve, given, solveLinearProblem(a, { ...options, ...bounds, ...costs }, uniform)),
          ),
        );
      }),
    ),
};

const readGamma = (given: GivenNumbers) =>
  typeof given === 'string' && given.trim() === '' ? ok(undefined) : readMatrix('gamma', given);

const specify: TightBalanceForm = {
  id: 'specify',
  title: 'Specify a network',
  summary: 'Cells with the weights that are given, between weights into them and synapses that read them out.',
  parameters: [
    matrix('weights_fast', 'fast weights', 'V', '[to, from], a row and a column for each cell.'),
    matrix('weights_slow', 'slow weights', 'V', '[to, from], a row and a column for each cell.'),
    matrix('weights_in', 'input weights', 'V', '[inputs, cells].'),
    matrix('weights_out', 'output weights', '1', '[cells, outputs]: what a spike adds to each output.'),
    matrix('c', 'constant input', '1', 'One number, or one for each input; it can be changed while it runs.'),
    membrane,
    quantity('tau_syn_r_fast', 'fast synaptic time constant', 1, 'ms', fastTime),
    quantity('tau_syn_r_slow', 'slow synaptic time constant', 100, 'ms', `${slowTime}.`),
    quantity('tau_syn_out', 'time constant of the read-out', 100, 'ms', 'Of the synapses that read the cells out.'),
    threshold,
    potential('v_reset', 'reset potential', 'Membrane after a spike.'),
    ...[rest, refractory, noise, step],
  ],
  starts: {
    ...{ weights_fast: '0 0.4\n0.4 0', weights_slow: '0.002 -0.002\n-0.002 0.002' },
    ...{ weights_in: '0.0008 -0.0008', weights_out: '0.5\n-0.5', c: '100' },
    ...{ v_thresh: '-55', v_reset: '-75', v_rest: '-65' },
  },
  make: (given) => {
    const names = ['weights_fast', 'weights_slow', 'weights_in', 'weights_out'];
    return andThen(collect(names.map((name) => readMatrix(name, numbers(specify, given, name)))), (matrices) => {
      const [fast, slow, input, output] = matrices;
      if (fast === undefined || slow === undefined || input === undefined || output === undefined)
        return failed(badArgument('weights', 'missing', 'four matrices'));
      if (fast.rows > mostCells)
        return failed(badArgument('weights_fast', `${fast.rows} rows long`, `of at most ${mostCells} rows`));
      return andThen(times(specify, given), (options) =>
        andThen(potentials(specify, given, ['v_thresh', 'v_reset', 'v_rest'], fast.rows), (bounds) =>
          driven(specify, given, specifyTightBalance({ ...options, ...bounds, fast, slow, input, output })),
        ),
      );
    });
  },
};

/** The two ways, the one that is offered first in front. */
export const tightBalanceForms: readonly TightBalanceForm[] = [solve, specify];

function numbers(form: TightBalanceForm, given: GivenArguments, name: string): GivenNumbers {
  const value = given[name] ?? form.starts[name] ?? '';
  return typeof value === 'number' ? String(value) : value;
}

function reader({ parameters }: TightBalanceForm, given: GivenArguments): (name: string) => number {
  return (name) => Number(given[name] ?? parameters.find((spec) => spec.name === name)?.default);
}

/** Times and noise in SI units, under the names of the functions that make networks. */
function times(form: TightBalanceForm, given: GivenArguments) {
  const number = reader(form, given);
  const [fast, slow] = form.id === 'solve' ? ['tau_syn_fast', 'tau_syn_slow'] : ['tau_syn_r_fast', 'tau_syn_r_slow'];
  const out = form.id === 'solve' ? 'tau_syn_slow' : 'tau_syn_out';
  const wrong = refusedArgument({
    ...Object.fromEntries(['tau_mem', fast, slow, out].map((name) => [name, [number(name), positive]])),
    ...Object.fromEntries(['refractory', 'noise_std', 'dt'].map((name) => [name, [number(name), notNegative]])),
  });
  if (wrong !== undefined) return failed(wrong);
  const shorter = Math.min(number(fast), number(slow));
  const slowest = refusedArgument({ dt: [number('dt'), between(0, shorter / 10)] });
  if (slowest !== undefined) return failed(slowest);
  const seconds = (name: string): number => siNumber(number(name), 'ms');
  return ok({
    ...{ tauMembrane: seconds('tau_mem'), tauFast: seconds(fast), tauSlow: seconds(slow), tauOutput: seconds(out) },
    ...{ refractory: seconds('refractory'), noise: siNumber(number('noise_std'), 'mV') },
    timeStep: siNumber(number('dt') === 0 ? shorter / 10 : number('dt'), 'ms'),
  });
}

const boundNames = { v_thresh: 'threshold', v_reset: 'reset', v_rest: 'rest' } as const;

/** Potentials of the cells in volts. */
function potentials(
  form: TightBalanceForm,
  given: GivenArguments,
  names: readonly (keyof typeof boundNames)[],
  cells: number,
) {
  const read = names.map((name) =>
    mapResult(
      readRow(name, numbers(form, given, name), cells, 'cell'),
      (values) => [boundNames[name], values.map((value) => siNumber(value, 'mV'))] as const,
    ),
  );
  return mapResult(collect(read), (entries): Partial<Record<'threshold' | 'reset' | 'rest', Float64Array>> =>
    Object.fromEntries(entries),
  );
}

/** The network with its constant input, unless numbers of it went beyond what can be told. */
function driven(
  form: TightBalanceForm,
  given: GivenArguments,
  made: Result<TightBalanceNetwork>,
): Result<DrivenNetwork> {
  return andThen(made, (network) => {
    const { reservoir, input } = network;
    const largest = [reservoir.fast, reservoir.slow, input.weights]
      .flatMap(({ values }) => values.find((value) => !Number.isFinite(value)) ?? [])
      .at(0);
    const wrong = refusedArgument({ 'a weight of the network': [largest, finite] });
    if (wrong !== undefined) return failed(wrong);
    const each = form.id === 'solve' ? 'variable' : 'input';
    const drive = readRow('c', numbers(form, given, 'c'), input.weights.rows, each);
    return mapResult(drive, (values) => ({ network, drive: values }));
  });
}
