/**
 * Clocks of statements that run at regular times. Where the interval is no whole number of steps they run when their time
 * has come: in the step that stands at that time, or before the next one.
 */
import * as ir from './ir/expressions.ts';
import { prefixedLocals } from './ir/rename.ts';
import { assign, letBool, letF64, loop, when } from './ir/statements.ts';
import type { Expression, Statement } from './ir/types.ts';

/** A clock beside that of the element whose step is `timeStepSeconds`. */
export interface RegularClock {
  readonly everySeconds: number;
  readonly timeStepSeconds: number;
}

/** Two clocks stand at one time where they differ by less than this part of the shorter interval, as in Brian. */
const sameTime = 1e-4;

/** More events than this in a step would be no simulation of the step any more. */
export const mostPerStep = 10_000;

/** How many steps lie between two events, where that is a whole number in every run. */
export function wholeSteps(everySeconds: number, timeStepSeconds: number): number | undefined {
  const ratio = everySeconds / timeStepSeconds;
  const steps = Math.round(ratio);
  return steps >= 1 && steps < 2 ** 31 && Math.abs(ratio - steps) <= 1e-13 * ratio ? steps : undefined;
}

/** Whether an event of the clock stands at the time of this step. */
export function isDue(clock: RegularClock): Expression {
  return standsAt(clock, ir.time);
}

/** What happens at the events of a clock; `round` counts what happens between two steps, for random draws. */
export interface RegularEvents {
  readonly clock: RegularClock;
  /** Called once. */
  body(round: Expression): readonly Statement[];
}

/**
 * All events after the time of the step before and before that of this one, in the order of their times; those at one time
 * in the order of the list.
 */
export function eventsBetween(all: readonly RegularEvents[]): readonly Statement[] {
  const name = (part: string, k: number): string => `regular_${part}_${k}`;
  const value = (part: string, k: number): Expression => ir.local(name(part, k));
  const before = ir.multiply(ir.toF64(ir.subtract(ir.step, ir.i32(1))), ir.f64(all[0]?.clock.timeStepSeconds ?? 0));
  const counted = all.flatMap(({ clock }, k) => [
    letF64(name('next', k), ir.maximum(firstFrom(clock, before, 1), ir.f64(0))),
    letF64(name('end', k), firstFrom(clock, ir.time, 0)),
  ]);
  const rounds = all.map((_, k) => ir.maximum(ir.subtract(value('end', k), value('next', k)), ir.f64(0)));
  const times = all.map(({ clock }, k) => {
    const time = ir.multiply(value('next', k), ir.f64(clock.everySeconds));
    return letF64(name('time', k), ir.select(ir.less(value('next', k), value('end', k)), time, ir.f64(Infinity)));
  });
  const due = all.map(({ clock }, k) => {
    const interval = ir.minimum(ir.f64(clock.everySeconds), ir.local('regular_interval'));
    const apart = ir.subtract(value('time', k), ir.local('regular_first'));
    const near = ir.less(ir.divide(apart, interval), ir.f64(sameTime));
    return letBool(name('due', k), ir.and(ir.less(value('next', k), value('end', k)), near));
  });
  const bodies = all.map(({ body }, k) =>
    when(ir.boolLocal(name('due', k)), [
      ...prefixedLocals(body(ir.i32Local('regular_round')), `regular_${k}_`),
      assign(name('next', k), ir.add(value('next', k), ir.f64(1))),
    ]),
  );
  const first = all.map((_, k) => value('time', k)).reduce(ir.minimum);
  const interval = all.reduceRight<Expression>((rest, { clock }, k) => {
    const own = ir.f64(clock.everySeconds);
    return k === all.length - 1 ? own : ir.select(ir.equal(value('time', k), ir.local('regular_first')), own, rest);
  }, ir.f64(1));
  return [
    ...counted,
    loop('regular_round', 0, ir.toI32(rounds.reduce((sum, count) => ir.add(sum, count))), [
      ...times,
      letF64('regular_first', first),
      letF64('regular_interval', interval),
      ...due,
      ...bodies,
    ]),
  ];
}

/** Number of the first event at a time or later; with `beyond` = 1 of the first one after it. */
function firstFrom(clock: RegularClock, time: Expression, beyond: 0 | 1): Expression {
  const parts = ir.divide(time, ir.f64(clock.everySeconds));
  const nearest = ir.add(ir.call('roundHalfEven', parts), ir.f64(beyond));
  return ir.select(standsAt(clock, time), nearest, ir.call('ceil', parts));
}

function standsAt({ everySeconds, timeStepSeconds }: RegularClock, time: Expression): Expression {
  const every = ir.f64(everySeconds);
  const nearest = ir.call('roundHalfEven', ir.divide(time, every));
  const apart = ir.call('abs', ir.subtract(ir.multiply(nearest, every), time));
  return ir.less(ir.divide(apart, ir.f64(Math.min(everySeconds, timeStepSeconds))), ir.f64(sameTime));
}
