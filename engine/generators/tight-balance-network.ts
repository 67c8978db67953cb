/** Tightly balanced networks that solve linear equations (Rockpool 1.0.7 NetworkDeneve; Boerlin, Machens & Denève 2013). */
import type { UniformSource } from '../base/random.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { addToDiagonal, createMatrix, gram, multiplyMatrices, transpose, type Matrix } from '../math/matrix.ts';
import { badArgument, notNegative, positive, refusedArgument, whole } from './arguments.ts';
import { normalDraw } from './draws.ts';

/** Times in seconds, potentials in volts. */
export interface TightBalanceOptions {
  /** Default: a tenth of the shorter synaptic time constant. */
  readonly timeStep?: number;
  readonly noise?: number;
  readonly tauMembrane?: number;
  readonly tauFast?: number;
  readonly tauSlow?: number;
  /** One for all cells or one for each. */
  readonly threshold?: number | Float64Array;
  readonly rest?: number | Float64Array;
  readonly refractory?: number;
}

/** What the parts of such a network are made of; a network is given by these, or made by `solveLinearProblem`. */
export interface TightBalanceParts extends TightBalanceOptions {
  /** [to, from]. */
  readonly fast: Matrix;
  readonly slow: Matrix;
  /** [inputs, cells] and [cells, outputs]. */
  readonly input: Matrix;
  readonly output: Matrix;
  readonly reset?: number | Float64Array;
  /** Default 100 ms. */
  readonly tauOutput?: number;
}

/** The three layers: weights that pass the input on, tightly balanced cells, exponential synapses that read them out. */
export interface TightBalanceNetwork {
  readonly input: { readonly weights: Matrix; readonly timeStep: number };
  readonly reservoir: {
    readonly fast: Matrix;
    readonly slow: Matrix;
    readonly threshold: Float64Array;
    readonly reset: Float64Array;
    readonly rest: Float64Array;
    readonly tauMembrane: number;
    readonly tauFast: number;
    readonly tauSlow: number;
    readonly noise: number;
    readonly refractory: number;
    readonly timeStep: number;
  };
  readonly output: { readonly weights: Matrix; readonly tau: number; readonly timeStep: number };
}

/** The step of the synapses that read out, whatever the others have. */
const outputStep = 1e-5;

const defaults = {
  ...{ tauMembrane: 0.02, tauFast: 1e-3, tauSlow: 0.1, tauOutput: 0.1, noise: 0, refractory: 0 },
  ...{ threshold: -0.055, reset: -0.065, rest: -0.065, mu: 1e-4, nu: 1e-3 },
} as const;

/** The layers of a network whose weights are given. `generator/invalid` where sizes do not fit or times are not positive. */
export function specifyTightBalance(parts: TightBalanceParts): Result<TightBalanceNetwork> {
  const cells = parts.fast.rows;
  const wrong = wrongShape(parts, cells) ?? refusedTimes(parts);
  if (wrong !== undefined) return failed(wrong);
  const { tauMembrane, tauFast, tauSlow, tauOutput, noise, refractory, ...bounds } = { ...defaults, ...parts };
  const timeStep = parts.timeStep ?? Math.min(tauFast, tauSlow) / 10;
  const [threshold, reset, rest] = [
    perCell(bounds.threshold, cells),
    perCell(bounds.reset, cells),
    perCell(bounds.rest, cells),
  ];
  return ok({
    input: { weights: parts.input, timeStep },
    reservoir: {
      ...{ fast: parts.fast, slow: parts.slow, threshold, reset, rest },
      ...{ tauMembrane, tauFast, tauSlow, noise, refractory, timeStep },
    },
    output: { weights: parts.output, tau: tauOutput, timeStep: outputStep },
  });
}

function wrongShape({ fast, slow, input, output }: TightBalanceParts, cells: number) {
  const needed = [
    ['weights_fast', fast, [cells, cells]],
    ['weights_slow', slow, [cells, cells]],
    ['weights_in', input, [input.rows, cells]],
    ['weights_out', output, [cells, output.columns]],
  ] as const;
  for (const [name, { rows, columns }, [wantedRows, wantedColumns]] of needed) {
    if (rows === wantedRows && columns === wantedColumns) continue;
    return badArgument(name, `of shape [${rows}, ${columns}]`, `of shape [${wantedRows}, ${wantedColumns}]`);
  }
  return undefined;
}

function refusedTimes(options: TightBalanceOptions & { readonly tauOutput?: number }) {
  return refusedArgument({
    dt: [options.timeStep, positive],
    tau_mem: [options.tauMembrane, positive],
    tau_syn_fast: [options.tauFast, positive],
    tau_syn_slow: [options.tauSlow, positive],
    tau_syn_out: [options.tauOutput, positive],
    noise_std: [options.noise, notNegative],
  });
}

function perCell(value: number | Float64Array, cells: number): Float64Array {
  return typeof value === 'number' ? new Float64Array(cells).fill(value) : value;
}

export interface LinearProblemOptions extends TightBalanceOptions {
  /** Cells; default those of gamma, or 100. */
  readonly size?: number;
  /** [variables, cells]: what a spike of each cell adds to the estimate; default: drawn. */
  readonly gamma?: Matrix;
  /** Cost of spikes, quadratic (default 1e-4) and linear (default 1e-3). */
  readonly mu?: number;
  readonly nu?: number;
}

/** A network whose output follows dx/dt = a·x + input, a [variables, variables]. Fails with `generator/invalid`. */
export function solveLinearProblem(
  a: Matrix,
  options: LinearProblemOptions,
  uniform: UniformSource,
): Result<TightBalanceNetwork> {
  const wrong = refusedProblem(a, options);
  if (wrong !== undefined) return failed(wrong);
  const size = options.size ?? options.gamma?.columns ?? 100;
  const gamma = options.gamma ?? randomGamma(a.rows, size, uniform);
  if (gamma.columns !== size || gamma.rows !== a.rows) {
    const given = `of shape [${gamma.rows}, ${gamma.columns}]`;
    return failed(badArgument('gamma', given, `of shape [${a.rows}, ${size}], as a and net_size say`));
  }
  const { threshold, rest, tauSlow } = { ...defaults, ...options };
  const bounds = { threshold: perCell(threshold, size), rest: perCell(rest, size) };
  const weights = balancedWeights(a, gamma, options, bounds);
  return specifyTightBalance({ ...options, ...weights, ...bounds, tauOutput: tauSlow });
}

function refusedProblem(a: Matrix, { size, mu, nu, ...times }: LinearProblemOptions) {
  if (a.rows !== a.columns) return badArgument('a', `of shape [${a.rows}, ${a.columns}]`, 'a square matrix');
  return (
    refusedArgument({ net_size: [size, whole(1)], mu: [mu, notNegative], nu: [nu, notNegative] }) ?? refusedTimes(times)
  );
}

interface Bounds {
  readonly threshold: Float64Array;
  readonly rest: Float64Array;
}

/** The weights, scaled so that a cell spikes where this lowers the error of the estimate. */
function balancedWeights(a: Matrix, gamma: Matrix, options: LinearProblemOptions, { threshold, rest }: Bounds) {
  const { mu, nu, tauMembrane, tauFast, tauSlow } = { ...defaults, ...options };
  const rate = 1 / tauSlow;
  const { rows: variables, columns: cells } = gamma;
  const scale = threshold.map((value, cell) => {
    const norm = columnNorm(gamma, cell);
    return (value - (rest[cell] as number)) / ((nu * rate + mu * rate * rate + norm * norm) / 2);
  });
  const scaled = (matrix: Matrix): Matrix =>
    createMatrix(
      matrix.rows,
      matrix.columns,
      matrix.values.map((value, place) => value * (scale[Math.floor(place / matrix.columns)] as number)),
    );
  const fast = scaled(addToDiagonal(gram(gamma, gamma), mu * rate * rate));
  const slow = scaled(gram(gamma, multiplyMatrices(addToDiagonal(a, rate), gamma)));
  const reset = threshold.map((value, cell) => value - (fast.values[cell * (cells + 1)] as number));
  const fastWeights = fast.values.map((value, place) =>
    place % (cells + 1) === 0 ? 0 : (-value / tauFast) * tauMembrane,
  );
  const times = (matrix: Matrix, factor: number): Matrix =>
    createMatrix(
      matrix.rows,
      matrix.columns,
      matrix.values.map((value) => value * factor),
    );
  return {
    ...{ fast: createMatrix(cells, cells, fastWeights), slow: times(slow, tauMembrane), reset },
    input: transpose(times(scaled(transpose(gamma)), tauMembrane)),
    output: createMatrix(cells, variables, transpose(gamma).values),
  };
}

function columnNorm({ rows, columns, values }: Matrix, column: number): number {
  let norm = 0;
  for (let row = 0; row < rows; row += 1) norm += Math.abs(values[row * columns + column] as number);
  return norm;
}

/** Normal numbers whose columns have the norm 50 / size (sum of absolute values). */
function randomGamma(variables: number, size: number, uniform: UniformSource): Matrix {
  const draw = normalDraw();
  const gamma = createMatrix(
    variables,
    size,
    Float64Array.from({ length: variables * size }, () => draw(uniform)),
  );
  const norms = Float64Array.from({ length: size }, (_, column) => columnNorm(gamma, column));
  return createMatrix(
    variables,
    size,
    gamma.values.map((value, place) => (value / (norms[place % size] as number) / size) * 50),
  );
}
