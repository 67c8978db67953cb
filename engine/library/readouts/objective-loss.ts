/** The loss of an objective as a run computes it, step by step. */
import {
  add,
  and,
  call,
  divide,
  f64,
  greater,
  i32,
  i32Local,
  less,
  load,
  loadI32,
  local,
  maximum,
  minimum,
  multiply,
  negate,
  not,
  select,
  step,
  subtract,
  toF64,
  toI32,
} from '../../build/ir/expressions.ts';
import { accumulate, assign, letF64, letI32, loop, store, when } from '../../build/ir/statements.ts';
import type { Expression, SignalId, Statement } from '../../build/ir/types.ts';
import type { ElementBuilder } from '../../build/library-kind.ts';

export type ObjectiveLoss = 'squared' | 'binary' | 'classes' | 'spike-count';

/** Steps that count: `from` ≤ step < `until`. */
export interface ScoredSteps {
  readonly from: number;
  readonly until: number;
}

/** The target: a signal, or a number where nothing is connected. */
interface Target {
  readonly signals: readonly SignalId[];
  readonly value: Expression;
}

const channel = i32Local('c');

/** Adds the operators that compute the outputs `error` and `loss`. */
export function expandLoss(builder: ElementBuilder, loss: ObjectiveLoss, window: ScoredSteps): void {
  if (loss === 'classes') expandClasses(builder, window);
  else if (loss === 'spike-count') expandSums(builder, window);
  else expandMean(builder, loss, window);
}

function targetOf(builder: ElementBuilder): Target {
  if (builder.inputSize('target') === 0) return { signals: [], value: f64(builder.number('wanted')) };
  const signal = builder.input('target');
  return { signals: [signal], value: load(signal, channel) };
}

function outputs(builder: ElementBuilder): { readonly error: SignalId; readonly loss: SignalId } {
  const one = { shape: [1], initial: 0, role: 'transient' } as const;
  const made = { error: builder.signal({ ...one, name: 'error' }), loss: builder.signal({ ...one, name: 'loss' }) };
  builder.output('error', made.error);
  builder.output('loss', made.loss);
  return made;
}

function isScored({ from, until }: ScoredSteps): Expression {
  return and(not(less(step, i32(from))), less(step, i32(until)));
}

/** Scored steps up to this one. */
function countSoFar({ from, until }: ScoredSteps): Expression {
  return toF64(maximumI32(subtract(minimumI32(add(step, i32(1)), i32(until)), i32(from)), i32(0)));
}

function minimumI32(left: Expression, right: Expression): Expression {
  return select(less(left, right), left, right);
}

function maximumI32(left: Expression, right: Expression): Expression {
  return select(less(left, right), right, left);
}

/** Losses that are means over the scored steps. */
function expandMean(builder: ElementBuilder, loss: 'squared' | 'binary', window: ScoredSteps): void {
  const channels = builder.inputSize('prediction');
  const prediction = builder.input('prediction');
  const target = targetOf(builder);
  const { error, loss: result } = outputs(builder);
  const total = builder.signal({ name: 'total', shape: [1], initial: 0, role: 'state' });
  const p = load(prediction, channel);
  const ofChannel = loss === 'squared' ? squared(p, target.value) : binary(p, target.value);
  builder.operator({
    ...{ name: 'error', reads: [prediction, ...target.signals], sets: [error] },
    body: [
      store(error, 0, f64(0)),
      loop('c', 0, channels, [accumulate(error, 0, ofChannel)]),
      store(error, 0, divide(load(error), f64(channels))),
    ],
  });
  const sum = add(load(total), select(isScored(window), load(error), f64(0)));
  builder.operator({
    ...{ name: 'loss', reads: [error, total], sets: [result] },
    body: [letF64('count', countSoFar(window)), store(result, 0, divide(sum, maximum(local('count'), f64(1))))],
  });
  builder.operator({
    ...{ name: 'keep', slot: 'end', reads: [error], updates: [total] },
    body: [store(total, 0, sum)],
  });
}

function squared(prediction: Expression, target: Expression): Expression {
  const difference = subtract(prediction, target);
  return multiply(difference, difference);
}

/** log(1 + e^p) − t·p, which overflows for no p. */
function binary(p: Expression, target: Expression): Expression {
  const size = maximum(p, negate(p));
  const softplus = add(maximum(p, f64(0)), call('log1p', call('exp', negate(size))));
  return subtract(softplus, multiply(target, p));
}

/** A state of sums, and what it becomes in this step; before a scored step it stays as it is. */
function sums(
  builder: ElementBuilder,
  window: ScoredSteps,
  next: (before: Expression) => Expression,
  more: SignalId[],
) {
  const channels = builder.inputSize('prediction');
  const kept = builder.signal({ name: 'sums', shape: [channels], initial: 0, role: 'state' });
  const now = builder.signal({ name: 'sums_now', shape: [channels], initial: 0, role: 'transient' });
  const before = load(kept, channel);
  builder.operator({
    ...{ name: 'sums', reads: [kept, ...more], sets: [now] },
    body: [loop('c', 0, channels, [store(now, channel, select(isScored(window), next(before), before))])],
  });
  builder.operator({
    ...{ name: 'keep', slot: 'end', reads: [now], updates: [kept] },
    body: [loop('c', 0, channels, [store(kept, channel, load(now, channel))])],
  });
  return now;
}

/** Mean over channels of (Σ prediction − Σ target)². */
function expandSums(builder: ElementBuilder, window: ScoredSteps): void {
  const channels = builder.inputSize('prediction');
  const prediction = builder.input('prediction');
  const target = targetOf(builder);
  const { error, loss } = outputs(builder);
  const connected = target.signals.length > 0;
  const excess = (before: Expression): Expression => {
    const added = add(before, load(prediction, channel));
    return connected ? subtract(added, target.value) : added;
  };
  const now = sums(builder, window, excess, [prediction, ...target.signals]);
  const wanted = connected ? f64(0) : target.value;
  const difference = subtract(load(now, channel), wanted);
  builder.operator({
    ...{ name: 'error', reads: [now], sets: [error] },
    body: [
      store(error, 0, f64(0)),
      loop('c', 0, channels, [accumulate(error, 0, multiply(difference, difference))]),
      store(error, 0, divide(load(error), f64(channels))),
    ],
  });
  asLoss(builder, error, loss, window);
}

/** The error is what the loss would be if the run ended now. */
function asLoss(builder: ElementBuilder, error: SignalId, loss: SignalId, window: ScoredSteps): void {
  const begun = greater(countSoFar(window), f64(0));
  builder.operator({
    ...{ name: 'loss', reads: [error], sets: [loss] },
    body: [store(loss, 0, select(begun, load(error), f64(0)))],
  });
}

/** −log softmax(o)[class]; the greatest o, rounded, is taken off first, so that nothing overflows. */
function expandClasses(builder: ElementBuilder, window: ScoredSteps): void {
  const channels = builder.inputSize('prediction');
  const prediction = builder.input('prediction');
  const { error, loss } = outputs(builder);
  const decay = f64(builder.number('decay'));
  const next = (before: Expression): Expression => add(multiply(before, decay), load(prediction, channel));
  const now = sums(builder, window, next, [prediction]);
  const integer = { shape: [1], initial: 0, role: 'transient', type: 'i32' } as const;
  const level = builder.signal({ ...integer, name: 'level' });
  const label = labelOf(builder, channels, builder.signal({ ...integer, name: 'label' }));
  builder.operator({
    ...{ name: 'level', reads: [now], sets: [level] },
    body: [
      letF64('most', load(now, 0)),
      loop('c', 0, channels, [assign('most', maximum(load(now, channel), local('most')))]),
      store(level, 0, toI32(local('most'))),
    ],
  });
  const share = call('exp', subtract(load(now, channel), toF64(loadI32(level))));
  const logarithm = add(toF64(loadI32(level)), call('log', load(error)));
  builder.operator({
    ...{ name: 'error', reads: [now, level, label], sets: [error] },
    body: [
      store(error, 0, f64(0)),
      loop('c', 0, channels, [accumulate(error, 0, share)]),
      store(error, 0, subtract(logarithm, load(now, loadI32(label)))),
    ],
  });
  asLoss(builder, error, loss, window);
}

/** The class that the target names: by its number, or by the greatest of a channel for each class. */
function labelOf(builder: ElementBuilder, channels: number, label: SignalId): SignalId {
  const target = targetOf(builder);
  const body = builder.inputSize('target') > 1 ? greatest(target, channels, label) : numbered(target, channels, label);
  builder.operator({ name: 'label', reads: target.signals, sets: [label], body });
  return label;
}

function numbered({ signals, value }: Target, channels: number, label: SignalId): Statement[] {
  const [signal] = signals;
  const given = signal === undefined ? value : load(signal, 0);
  return [store(label, 0, toI32(maximum(minimum(given, f64(channels - 1)), f64(0))))];
}

function greatest({ value }: Target, channels: number, label: SignalId): Statement[] {
  return [
    letI32('best', i32(0)),
    letF64('most', f64(-Infinity)),
    loop('c', 0, channels, [when(greater(value, local('most')), [assign('most', value), assign('best', channel)])]),
    store(label, 0, i32Local('best')),
  ];
}
