/** Closed forms for linear equations whose coefficients are only known during the run: each alone, or driven by such. */
import { defined } from '../base/assert.ts';
import { add, binary, call, divide, multiply, name, number, select, subtract } from '../equations/make-tree.ts';
import type { Tree } from '../equations/tree.ts';
import type { LinearRow } from './linear-system.ts';
import { assign, atStage, oldState, timeStep, type StepBuilder } from './stages.ts';

/** Why the rows have no closed form here, as the end of a sentence; undefined when they have. */
export function chainRefusal(rows: readonly LinearRow[]): string | undefined {
  const odd = rows.find((row) => sources(row, rows).some((source) => sources(source, rows).length > 0));
  if (odd === undefined) return undefined;
  return `the coefficients change during the run, and ${odd.equation.variable} follows from variables that follow from others`;
}

/** Rows of the other variables that a row reads. */
function sources(row: LinearRow, rows: readonly LinearRow[]): readonly LinearRow[] {
  return rows.filter((other) => other !== row && row.coefficients.has(other.equation.variable));
}

/** What is known of a row at the old state: b, and a·dt where there is an a. */
interface Solved {
  readonly row: LinearRow;
  readonly drive: Tree | undefined;
  readonly rate: Tree | undefined;
  /** exp(a·dt) and (exp(a·dt) − 1)/(a·dt). */
  readonly decay: Tree;
  readonly mean: Tree;
}

/** Adds the assignments of the new values, under `_new_` and the name of the variable. */
export function chainedStep(step: StepBuilder, rows: readonly LinearRow[]): void {
  const solved = new Map(rows.map((row) => [row, solve(step, row)]));
  for (const row of rows) {
    const own = defined(solved.get(row), 'a row');
    const { variable, activeWhile } = row.equation;
    let value: Tree = own.rate === undefined ? name(variable) : multiply(name(variable), own.decay);
    if (own.drive !== undefined) value = add(value, multiply(multiply(timeStep, own.mean), own.drive));
    for (const source of sources(row, rows))
      value = add(value, contribution(step, own, defined(solved.get(source), 'a source')));
    assign(
      step,
      `_new_${variable}`,
      activeWhile === undefined ? value : select(name(activeWhile), value, name(variable)),
    );
  }
}

function solve(step: StepBuilder, row: LinearRow): Solved {
  const { variable } = row.equation;
  const now = (tree: Tree): Tree => atStage(step, tree, 'start', oldState);
  const drive = row.drive === undefined ? undefined : assign(step, `_b_${variable}`, now(row.drive));
  const factor = row.coefficients.get(variable);
  if (factor === undefined) return { row, drive, rate: undefined, decay: number(1), mean: number(1) };
  const rate = assign(step, `_a_${variable}`, multiply(now(factor), timeStep));
  const decay = assign(step, `_e_${variable}`, call('exp', rate));
  return { row, drive, rate, decay, mean: assign(step, `_m_${variable}`, call('exprel', rate)) };
}

/**
 * What the source y adds to x over the step, with y' = c·y + d: m·dt·(y·D + …), where D is the divided difference of exp
 * between both rates. A source that is held stays as it is.
 */
function contribution(step: StepBuilder, own: Solved, source: Solved): Tree {
  const { variable } = own.row.equation;
  const { variable: other, activeWhile } = source.row.equation;
  const factor = defined(own.row.coefficients.get(other), 'a coefficient');
  const strength = assign(
    step,
    `_s_${variable}_${other}`,
    multiply(atStage(step, factor, 'start', oldState), timeStep),
  );
  const still = multiply(name(other), own.mean);
  const moving = assign(
    step,
    `_y_${variable}_${other}`,
    source.rate === undefined ? rising(own, source) : swaying(own, source),
  );
  return multiply(strength, activeWhile === undefined ? moving : select(name(activeWhile), moving, still));
}

/** y grows evenly: y·mean + d·dt·(mean − 1)/(a·dt), the last part ½ at a = 0. */
function rising(own: Solved, { row, drive }: Solved): Tree {
  const start = multiply(name(row.equation.variable), own.mean);
  return drive === undefined ? start : add(start, multiply(multiply(drive, timeStep), secondMean(own)));
}

function secondMean({ rate, mean }: Solved): Tree {
  if (rate === undefined) return number(0.5);
  return select(binary('==', rate, number(0)), number(0.5), divide(subtract(mean, number(1)), rate));
}

/** y decays towards −d/c: (y + d/c)·D − (d/c)·mean. */
function swaying(own: Solved, source: Solved): Tree {
  const y = name(source.row.equation.variable);
  const rate = defined(source.rate, 'a rate');
  const between = dividedDifference(own.rate ?? number(0), rate);
  if (source.drive === undefined) return multiply(y, between);
  const rest = divide(multiply(source.drive, timeStep), rate);
  const exactly = subtract(multiply(add(y, rest), between), multiply(rest, own.mean));
  return select(binary('==', rate, number(0)), rising(own, source), exactly);
}

/** (exp(p) − exp(q))/(p − q), as exp of the larger times the mean of exp over the (negative) difference. */
function dividedDifference(p: Tree, q: Tree): Tree {
  const [low, high] = [call('min', p, q), call('max', p, q)];
  return multiply(call('exp', high), call('exprel', subtract(low, high)));
}
