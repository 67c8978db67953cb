/** The exported function: steps one after the other, until done or asked to stop. */
import type { PacedRegion } from '../ir/value.ts';
import type { MemoryLayout } from '../layout.ts';
import { placeOf } from '../layout.ts';
import { stopSignal } from '../recording.ts';
import { controlSignal, controlWords } from '../threads/control.ts';
import type { FunctionBody } from './function-body.ts';
import { createFunctionBody } from './function-body.ts';
import type { ModuleCode } from './module.ts';
import { opcodes, typeBytes } from './opcodes.ts';

/** Indices of functions. */
export interface Functions {
  /** The first one made from operators. */
  readonly first: number;
  /** Waits for all threads, where there are several. */
  readonly wait: number;
}

/** How many regions of one pace follow each other. */
function samePaced(regions: readonly PacedRegion[]): readonly { every: number; count: number }[] {
  const runs: { every: number; count: number }[] = [];
  for (const { every } of regions) {
    const last = runs.at(-1);
    if (last?.every === every) last.count += 1;
    else runs.push({ every, count: 1 });
  }
  return runs;
}

/** Calls functions with the number of the step, or, in each step that is one of theirs, with that of their own. */
function callPaced(
  body: FunctionBody,
  every: number,
  { first, count }: { readonly first: number; readonly count: number },
  pushStep: () => void,
): void {
  if (every > 1) {
    pushStep();
    body.i32(every);
    body.plain(opcodes.i32Remainder, opcodes.i32IsZero, opcodes.if, typeBytes.empty);
  }
  for (let index = first; index < first + count; index += 1) {
    pushStep();
    if (every > 1) {
      body.i32(every);
      body.plain(opcodes.i32Divide);
    }
    body.indexed(opcodes.call, index);
  }
  if (every > 1) body.plain(opcodes.end);
}

/** `run(firstStep, count)`: calls the functions of the operators for step after step and returns how many. */
export function runBody(
  { prologue, step, part }: ModuleCode,
  layout: MemoryLayout,
  functions: Functions,
): FunctionBody {
  const body = createFunctionBody(2);
  const [firstStep, count] = [0, 1];
  const done = body.acquire('i32');
  const get = (local: number): void => body.indexed(opcodes.localGet, local);
  const wait = (): void => body.indexed(opcodes.call, functions.wait);
  for (let index = 0; index < prologue.length; index += 1) {
    get(firstStep);
    body.indexed(opcodes.call, functions.first + index);
  }
  if (part !== undefined) wait();
  body.plain(opcodes.loop, typeBytes.empty);
  get(done);
  get(count);
  body.plain(opcodes.i32Less, opcodes.if, typeBytes.empty);
  let index = functions.first + prologue.length;
  step.forEach((regions, segment) => {
    if (segment > 0) wait();
    for (const { every, count: alike } of samePaced(regions)) {
      callPaced(body, every, { first: index, count: alike }, () => {
        get(firstStep);
        get(done);
        body.plain(opcodes.i32Add);
      });
      index += alike;
    }
  });
  get(done);
  body.i32(1);
  body.plain(opcodes.i32Add);
  body.indexed(opcodes.localSet, done);
  const stop = placeOf(layout, stopSignal).offset;
  const agreed = part === undefined ? stop : placeOf(layout, controlSignal).offset + 4 * controlWords.stops;
  // The first thread says it before all wait, so that all see the same, and go on or stop together.
  if (part?.thread === 0) {
    body.i32(0);
    body.i32(0);
    body.access(opcodes.i32Load, 2, stop);
    body.access(opcodes.i32Store, 2, agreed);
  }
  if (part !== undefined) wait();
  body.i32(0);
  body.access(opcodes.i32Load, 2, agreed);
  body.plain(opcodes.i32IsZero);
  body.indexed(opcodes.branchIf, 1);
  body.plain(opcodes.end, opcodes.end);
  get(done);
  return body;
}
