/** Moments of a step at which statements run: `every 2*ms in before_groups order 1:` (rule E36 of SPEC.md). */
import { problem, type Problem, type Span } from '../base/problem.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { nearestName } from '../base/nearest-name.ts';
import type { Constant } from './constants-text.ts';
import type { Evaluation } from './evaluate.ts';
import { parseExpression } from './parser.ts';
import { positiveTime } from './tables-text.ts';
import { keepOnly, type TextBlock } from './text-blocks.ts';

/** Slots of a step that statements may choose, each also with `before_` and `after_`. */
export const stepSlots = ['start', 'groups', 'thresholds', 'synapses', 'resets', 'end'] as const;
export type StepSlot = (typeof stepSlots)[number];

export interface Moment {
  /** undefined = in every step. */
  readonly everySeconds: number | undefined;
  readonly slot: StepSlot;
  readonly side: 'before' | 'in' | 'after';
  /** Within the slot; lower first. */
  readonly order: number;
}

/** The moment that a heading names; nothing means every step, in slot `start`. */
export function readMoment(
  block: TextBlock,
  constants: ReadonlyMap<string, Constant>,
  call: Evaluation['call'],
): Result<Moment> {
  const { heading, headingSpan } = block;
  const parts = /^(.*?)(?:(?:^|\s)in\s+(\w+))?(?:(?:^|\s)order\s+(-?\d+))?$/su.exec(heading);
  const [, interval = '', slotText = 'start', orderText = '0'] = parts ?? [];
  const found = readSlot(slotText);
  if (found === undefined) return failed(unknownSlot(slotText, wordSpan(block, slotText)));
  const moment = { ...found, order: Number(orderText) };
  if (interval.trim() === '' || interval.trim() === 'step') return ok({ ...moment, everySeconds: undefined });
  const tree = parseExpression(padded(interval, headingSpan.start));
  const seconds = tree.ok ? positiveTime(tree.value, constants, call, 'The interval') : tree;
  return seconds.ok ? ok({ ...moment, everySeconds: seconds.value }) : seconds;
}

function unknownSlot(text: string, span: Span): Problem {
  const names = stepSlots.flatMap((slot) => [slot, `before_${slot}`, `after_${slot}`]);
  const near = nearestName(text, names);
  return problem('equations/unknown-name', `"${text}" is no part of a step.`, {
    hint: near === undefined ? `Its parts are ${stepSlots.join(', ')}.` : `Did you mean ${near}?`,
    at: { span },
  });
}

function wordSpan({ heading, headingSpan }: TextBlock, word: string): Span {
  const start = headingSpan.start + heading.lastIndexOf(word);
  return { start, end: start + word.length };
}

/** The text at the place where it stands, so that spans are true. */
function padded(text: string, start: number): string {
  return keepOnly(' '.repeat(start) + text, start, start + text.length);
}

function readSlot(text: string): Pick<Moment, 'slot' | 'side'> | undefined {
  const [, side, name] = /^(?:(before|after)_)?(\w+)$/u.exec(text) ?? [];
  const slot = stepSlots.find((candidate) => candidate === name);
  return slot && { slot, side: side === 'before' || side === 'after' ? side : 'in' };
}
