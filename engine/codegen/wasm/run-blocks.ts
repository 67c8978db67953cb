/** The exported function where threads do blocks of steps: all of them ahead, then the first one what is left of each step. */
import type { SignalId } from '../../build/ir/types.ts';
import type { Region } from '../ir/value.ts';
import type { MemoryLayout } from '../layout.ts';
import { placeOf } from '../layout.ts';
import { stopSignal } from '../recording.ts';
import { controlSignal, controlWords } from '../threads/control.ts';
import type { FunctionBody } from './function-body.ts';
import { createFunctionBody } from './function-body.ts';
import type { ModuleCode } from './module.ts';
import { opcodes, typeBytes } from './opcodes.ts';
import type { Functions } from './run-body.ts';

/** A buffer that has to have room for every step of a block. */
export interface Room {
  /** Signal with the number of entries, or with one for each member of a batch. */
  readonly count: SignalId;
  readonly capacity: number;
  /** Most entries of a step. */
  readonly perStep: number;
}

export interface BlockCode {
  /** Most steps of a block. */
  readonly steps: number;
  /** Functions for each step of a block when all threads have done it. */
  readonly late: readonly Region[];
  /** A block has no more steps than all of these have room for: at least one, else the run has stopped. */
  readonly rooms: readonly Room[];
}

interface Locals {
  readonly firstStep: number;
  readonly count: number;
  readonly done: number;
  readonly at: number;
  readonly end: number;
}

/** `run(firstStep, count)`, as `runBody` has it. Blocks are cut where the count ends. */
export function runBlocksBody(
  { prologue, step, part }: ModuleCode,
  block: BlockCode,
  layout: MemoryLayout,
  functions: Functions,
): FunctionBody {
  const body = createFunctionBody(2);
  const locals = {
    ...{ firstStep: 0, count: 1 },
    ...{ done: body.acquire('i32'), at: body.acquire('i32'), end: body.acquire('i32') },
  };
  const leads = part?.thread === 0;
  const get = (local: number): void => body.indexed(opcodes.localGet, local);
  const wait = (): void => body.indexed(opcodes.call, functions.wait);
  prologue.forEach((_, index) => {
    get(locals.firstStep);
    body.indexed(opcodes.call, functions.first + index);
  });
  if (leads) sayBlock(body, block, layout, locals);
  wait();
  body.plain(opcodes.loop, typeBytes.empty);
  get(locals.done);
  loadWord(body, layout, 'block');
  body.plain(opcodes.i32Add);
  body.indexed(opcodes.localSet, locals.end);
  const ahead = functions.first + prologue.length;
  const count = step.flat().length;
  callForSteps(body, locals, ahead, count);
  wait();
  callForSteps(body, locals, ahead + count, block.late.length);
  get(locals.end);
  body.indexed(opcodes.localSet, locals.done);
  // The first thread says before all wait how they go on, so that all see the same.
  if (leads) {
    sayStop(body, layout);
    sayBlock(body, block, layout, locals);
  }
  wait();
  loadWord(body, layout, 'stops');
  body.plain(opcodes.i32IsZero);
  get(locals.done);
  get(locals.count);
  body.plain(opcodes.i32Less, opcodes.i32And);
  body.indexed(opcodes.branchIf, 0);
  body.plain(opcodes.end);
  get(locals.done);
  return body;
}

/** Calls functions for every step of the block, step after step. */
function callForSteps(body: FunctionBody, locals: Locals, first: number, functions: number): void {
  if (functions === 0) return;
  const { firstStep, done, at, end } = locals;
  body.indexed(opcodes.localGet, done);
  body.indexed(opcodes.localSet, at);
  body.plain(opcodes.loop, typeBytes.empty);
  for (let index = first; index < first + functions; index += 1) {
    body.indexed(opcodes.localGet, firstStep);
    body.indexed(opcodes.localGet, at);
    body.plain(opcodes.i32Add);
    body.indexed(opcodes.call, index);
  }
  body.indexed(opcodes.localGet, at);
  body.i32(1);
  body.plain(opcodes.i32Add);
  body.indexed(opcodes.localTee, at);
  body.indexed(opcodes.localGet, end);
  body.plain(opcodes.i32Less);
  body.indexed(opcodes.branchIf, 0);
  body.plain(opcodes.end);
}

function addressOf(layout: MemoryLayout, word: keyof typeof controlWords): number {
  return placeOf(layout, controlSignal).offset + 4 * controlWords[word];
}

function loadWord(body: FunctionBody, layout: MemoryLayout, word: keyof typeof controlWords): void {
  body.i32(0);
  body.access(opcodes.i32Load, 2, addressOf(layout, word));
}

function sayStop(body: FunctionBody, layout: MemoryLayout): void {
  body.i32(0);
  body.i32(0);
  body.access(opcodes.i32Load, 2, placeOf(layout, stopSignal).offset);
  body.access(opcodes.i32Store, 2, addressOf(layout, 'stops'));
}

/** Says how many steps the next block has: the least of what is allowed, left to do, and recordings have room for. */
function sayBlock(body: FunctionBody, block: BlockCode, layout: MemoryLayout, { count, done, at, end }: Locals): void {
  const [least, next] = [at, end];
  const takeLess = (): void => {
    body.indexed(opcodes.localTee, next);
    body.indexed(opcodes.localGet, least);
    body.indexed(opcodes.localGet, next);
    body.indexed(opcodes.localGet, least);
    body.plain(opcodes.i32Less, opcodes.select);
    body.indexed(opcodes.localSet, least);
  };
  body.i32(block.steps);
  body.indexed(opcodes.localSet, least);
  body.indexed(opcodes.localGet, count);
  body.indexed(opcodes.localGet, done);
  body.plain(opcodes.i32Subtract);
  takeLess();
  for (const { count: entries, capacity, perStep } of block.rooms) {
    const { offset, length } = placeOf(layout, entries);
    for (let member = 0; member < length; member += 1) {
      body.i32(capacity);
      body.i32(0);
      body.access(opcodes.i32Load, 2, offset + 4 * member);
      body.plain(opcodes.i32Subtract);
      body.i32(perStep);
      body.plain(opcodes.i32Divide);
      takeLess();
    }
  }
  body.i32(0);
  body.indexed(opcodes.localGet, least);
  body.access(opcodes.i32Store, 2, addressOf(layout, 'block'));
}
