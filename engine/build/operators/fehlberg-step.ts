/**
 * A step of Runge, Kutta and Fehlberg whose length follows an estimate of its error: the stepper rkf45 of the GNU Scientific
 * Library under its control of derivatives (`gsl_odeiv_evolve_apply`, `gsl_odeiv_control_yp_new`).
 */
import {
  add,
  and,
  boolLocal,
  call,
  divide,
  f64,
  greater,
  i32,
  less,
  local,
  maximum,
  minimum,
  multiply,
  notEqual,
  select,
  subtract,
} from '../ir/expressions.ts';
import { assign, letBool, letF64, loop, when } from '../ir/statements.ts';
import type { Expression, Statement } from '../ir/types.ts';

/** A variable that is solved for: a local of its name. */
export interface SolvedVariable {
  readonly name: string;
  /** Absolute error that is allowed. */
  readonly tolerance: number;
}

export interface SolvedSystem {
  readonly variables: readonly SolvedVariable[];
  /** Error that is allowed besides, as a part of what the variable changes by. */
  readonly relative: number;
  /** Length of the interval that is solved over, in the unit of the local `length`, which the last step's length is kept in. */
  readonly interval: number;
  /** Statements that declare `slopeAt(name, stage)` for every variable, of their values at the stage. */
  slopes(stage: number, at: (name: string) => Expression): readonly Statement[];
  /** What follows each step that is taken. */
  readonly taken: readonly Statement[];
}

/** Steps tried in an interval at most: so many times so many. */
const rounds = 64;

/** Factors of the slopes so far at stages 2 to 6. */
const stages: readonly (readonly number[])[] = [
  [1 / 4],
  [3 / 32, 9 / 32],
  [1932 / 2197, -7200 / 2197, 7296 / 2197],
  [8341 / 4104, -32832 / 4104, 29440 / 4104, -845 / 4104],
  [-6080 / 20520, 41040 / 20520, -28352 / 20520, 9295 / 20520, -5643 / 20520],
];
/** Factors of the slopes in the solution, of fifth order. */
const solution = [902880 / 7618050, 0, 3953664 / 7618050, 3855735 / 7618050, -1371249 / 7618050, 277020 / 7618050];
/** What the solution of fourth order differs by. */
const difference = [1 / 360, 0, -128 / 4275, -2197 / 75240, 1 / 50, 2 / 55];
/** The stage at the end of the step. */
const atEnd = 7;

/** The least error that counts, as no logarithm is taken of 0. */
const leastError = 2 ** -1022;
const safety = 0.9;
/** Below it a step grows by its most, which is fivefold. */
const smallError = (safety / 5) ** 6;

const [time, length, tried, worst, factor] = ['time', 'length', 'tried', 'worst', 'factor'].map((name) =>
  local(name),
) as [Expression, Expression, Expression, Expression, Expression];

/** Name of the slope of a variable at a stage. */
export function slopeAt(variable: string, stage: number): string {
  return `slope_${variable}_${stage}`;
}

/** Solves the system over the interval, step by step; at most 4096 steps are tried. The local `length` must be declared. */
export function solveInSteps(system: SolvedSystem): Statement[] {
  const unfinished = less(time, f64(system.interval));
  // Turns that are not needed are left out eight at a time.
  const turns = select(unfinished, i32(8), i32(0));
  const step = when(unfinished, tryStep(system));
  return [
    letF64('time', f64(0)),
    loop('round', 0, rounds / 8, [loop('part', 0, turns, [loop('group', 0, turns, [loop('turn', 0, turns, [step])])])]),
  ];
}

/** One step from `time` of at most `length`, taken or refused for its error. */
function tryStep(system: SolvedSystem): Statement[] {
  const { interval, variables, taken } = system;
  const next = multiply(factor, tried);
  const refused = greater(worst, f64(1.1));
  return [
    letF64('left', subtract(f64(interval), time)),
    letBool('last', greater(length, local('left'))),
    letF64('tried', select(boolLocal('last'), local('left'), length)),
    ...allStages(system),
    letF64('worst', worstError(system)),
    ...lengthening(refused),
    letF64('reached', select(boolLocal('last'), f64(interval), add(time, tried))),
    when(
      // A step that no time passes in is not shortened.
      and(refused, notEqual(add(local('reached'), next), local('reached'))),
      [assign('length', next)],
      [
        assign('time', local('reached')),
        assign('length', select(refused, tried, next)),
        ...variables.map(({ name }) => assign(name, local(stageOf(name, atEnd)))),
        ...taken,
      ],
    ),
  ];
}

function stageOf(name: string, stage: number): string {
  return `${name}_${stage}`;
}

function allStages({ variables, slopes }: SolvedSystem): Statement[] {
  const moved = (stage: number, factors: readonly number[]): Statement[] =>
    variables.map(({ name }) =>
      letF64(stageOf(name, stage), add(local(name), multiply(tried, weighted(name, factors)))),
    );
  const at = (stage: number) => (name: string) => local(stageOf(name, stage));
  return [
    ...slopes(1, (name) => local(name)),
    ...stages.flatMap((factors, index) => [...moved(index + 2, factors), ...slopes(index + 2, at(index + 2))]),
    ...moved(atEnd, solution),
    ...slopes(atEnd, at(atEnd)),
  ];
}

/** Sum of the slopes of a variable with factors, from the first stage on. */
function weighted(name: string, factors: readonly number[]): Expression {
  const terms = factors.flatMap((value, index) =>
    value === 0 ? [] : [multiply(f64(value), local(slopeAt(name, index + 1)))],
  );
  return add(terms[0] ?? f64(0), ...terms.slice(1));
}

/** The greatest error of all variables as a part of what is allowed. */
function worstError({ variables, relative }: SolvedSystem): Expression {
  return variables.reduce<Expression>((least, { name, tolerance }) => {
    const error = call('abs', multiply(tried, weighted(name, difference)));
    const change = call('abs', multiply(tried, local(slopeAt(name, atEnd))));
    return maximum(divide(error, add(multiply(f64(relative), change), f64(tolerance))), least);
  }, f64(leastError));
}

/** `factor` is what the length of the next step is multiplied with: 1/5 to 1 after too great an error, 1 to 5 after a small one. */
function lengthening(refused: Expression): Statement[] {
  const fitting = (order: number): Expression => divide(f64(safety), call('pow', worst, f64(1 / order)));
  const grown = when(
    less(worst, f64(smallError)),
    [assign('factor', f64(5))],
    [assign('factor', maximum(f64(1), minimum(f64(5), fitting(6))))],
  );
  const kept = when(less(worst, f64(0.5)), [grown]);
  return [letF64('factor', f64(1)), when(refused, [assign('factor', maximum(f64(0.2), fitting(5)))], [kept])];
}
