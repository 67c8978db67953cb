/** Kernel `scatter-rows`: adds the weights of the synapses of every listed source to their targets, one after the other. */
import { defined } from '../../base/assert.ts';
import type { SignalPlace } from '../layout.ts';
import { shiftOf } from '../layout.ts';
import { opcodes } from '../wasm/opcodes.ts';
import type { Assembler } from './assembler.ts';
import { assemble } from './assembler.ts';
import type { KernelImplementation, KernelNumbers, KernelUse, KernelViews } from './implementation.ts';
import { rowTables, touchRow, touchStart } from './touch-rows.ts';

/** Synapses handled in one turn of the inner loop. */
const unrolled = 4;
/** Bytes of a target as a shift. */
const targetShift = 1;
/** Rows that are brought into the caches before they are added: enough to have many lines under way at a time. */
const rowsAhead = 16;

export const scatterRows: KernelImplementation = {
  run(views, numbers, step) {
    const { listRows = 1, listLength = 0, delay = 0 } = numbers;
    const list = defined(views['list'], 'list');
    const turn = (step + listRows - delay) % listRows;
    const count = views['count']?.[turn] as number;
    for (let position = 0; position < count; position += 1) {
      scatterSource(views, numbers, list[turn * listLength + position] as number);
    }
  },
  emit(body, use) {
    const asm = assemble(body);
    const locals = {
      ...{ position: asm.local('i32'), count: asm.local('i32'), list: asm.local('i32') },
      ...{ row: asm.local('i32'), base: asm.local('i32'), lastBase: asm.local('i32') },
    };
    openList(asm, use, locals);
    asm.i32(0);
    asm.set(locals.position);
    asm.whileLess(locals.position, locals.count, () => emitGroup(asm, use, locals));
    asm.end();
  },
};

/** Touches the rows of some sources, where they begin first of all, then adds them. */
function emitGroup(asm: Assembler, use: KernelUse, locals: Locals): void {
  const { position, count, row } = locals;
  const [ahead, end] = [asm.local('i32'), asm.local('i32')];
  asm.get(position);
  asm.i32(rowsAhead);
  asm.op(opcodes.i32Add);
  asm.tee(end);
  asm.get(count, end, count);
  asm.op(opcodes.i32Less, opcodes.select);
  asm.set(end);
  for (const touch of [touchStart, touchRow]) {
    asm.get(position);
    asm.set(ahead);
    asm.whileLess(ahead, end, () => {
      openSource(asm, use, locals, ahead);
      touch(asm, use, row);
      asm.increase(ahead, 1);
    });
  }
  asm.whileLess(position, end, () => {
    emitSource(asm, use, locals);
    asm.increase(position, 1);
  });
}

function scatterSource(views: KernelViews, numbers: KernelNumbers, source: number): void {
  const { width = 1, offset = 0, blocks = 1, blockCells = 0, firstBlock = 0, endBlock = blocks } = numbers;
  const starts = defined(views['starts'], 'starts');
  const { firsts = starts, ends = starts.subarray(1) } = views;
  const first = (source * width + offset) * blocks;
  for (let block = firstBlock; block < endBlock; block += 1) {
    const range = { from: firsts[first + block] as number, to: ends[first + block] as number };
    scatterRow(views, numbers, range, block * blockCells);
  }
}

function scatterRow(
  views: KernelViews,
  { weight = 0, scale = 1 }: KernelNumbers,
  { from, to }: { readonly from: number; readonly to: number },
  firstCell: number,
): void {
  const { weights, mask } = views;
  const [targets, target] = [defined(views['targets'], 'targets'), defined(views['target'], 'target')];
  const round = target instanceof Float32Array ? Math.fround : (value: number) => value;
  const factor = weights instanceof Int8Array ? round(scale) : 1;
  for (let synapse = from; synapse < to; synapse += 1) {
    const cell = firstCell + (targets[synapse] as number);
    const drops = mask?.[cell] === 0;
    const [sink, place] = drops ? [defined(views['dropped'], 'dropped'), 0] : [target, cell];
    const value = weights === undefined ? weight : (weights[synapse] as number) * factor;
    sink[place] = (sink[place] as number) + round(value);
  }
}

interface Locals {
  readonly position: number;
  readonly count: number;
  /** Byte address of the list that is due, within its signal. */
  readonly list: number;
  /** Byte address of the start of a row, within its signal. */
  readonly row: number;
  /** First cell of the block, and of the last block. */
  readonly base: number;
  readonly lastBase: number;
}

function openList(asm: Assembler, use: KernelUse, { list, count }: Locals): void {
  const { listRows = 1, listLength = 0, delay = 0 } = use.numbers;
  if (listRows === 1) asm.i32(0);
  else {
    asm.get(use.stepLocal);
    asm.i32(listRows - delay);
    asm.op(opcodes.i32Add);
    asm.i32(listRows);
    asm.op(opcodes.i32RemainderUnsigned);
  }
  asm.set(list);
  asm.scaled(list, 2);
  asm.body.access(opcodes.i32Load, 2, place(use, 'count').offset);
  asm.set(count);
  asm.get(list);
  asm.i32(listLength * 4);
  asm.op(opcodes.i32Multiply);
  asm.set(list);
}

function place(use: KernelUse, name: string): SignalPlace {
  return defined(use.places[name], name);
}

/** Sets `row` to the place of the first row of the source at a place of the list. */
function openSource(asm: Assembler, use: KernelUse, { list, row }: Locals, position: number): void {
  const { width = 1, blocks = 1 } = use.numbers;
  asm.scaled(position, 2);
  asm.get(list);
  asm.op(opcodes.i32Add);
  asm.body.access(opcodes.i32Load, 2, place(use, 'list').offset);
  asm.i32(width * blocks * 4);
  asm.op(opcodes.i32Multiply);
  asm.set(row);
}

/** The rows of one source, one for each block. */
function emitSource(asm: Assembler, use: KernelUse, locals: Locals): void {
  const { position, row, base, lastBase } = locals;
  const { blocks = 1, blockCells = 0, firstBlock = 0, endBlock = blocks } = use.numbers;
  openSource(asm, use, locals, position);
  if (blocks === 1) return emitRow(asm, use, row, undefined);
  if (firstBlock > 0) asm.increase(row, 4 * firstBlock);
  for (const [local, block] of [[base, firstBlock] as const, [lastBase, endBlock] as const]) {
    asm.i32(block * blockCells);
    asm.set(local);
  }
  asm.whileLess(base, lastBase, () => {
    emitRow(asm, use, row, base);
    asm.increase(row, 4);
    asm.increase(base, blockCells);
  });
}

/**
 * Synapses of one row: four per turn, then one by one. The end is told in bytes of targets. `base` has the first cell of
 * the block; undefined = 0.
 */
function emitRow(asm: Assembler, use: KernelUse, row: number, base: number | undefined): void {
  const [target, end, weight, cell] = [asm.local('i32'), asm.local('i32'), asm.local('i32'), asm.local('i32')];
  const most = asm.local('i32');
  const { weights } = use.places;
  const weightShift = weights === undefined ? 0 : shiftOf(weights.type);
  const { firsts, ends } = rowTables(use);
  asm.get(row);
  asm.body.access(opcodes.i32Load, 2, firsts);
  asm.tee(target);
  asm.i32(weightShift);
  asm.op(opcodes.i32ShiftLeft);
  asm.set(weight);
  asm.scaled(target, targetShift);
  asm.set(target);
  asm.get(row);
  asm.body.access(opcodes.i32Load, 2, ends);
  asm.i32(targetShift);
  asm.op(opcodes.i32ShiftLeft);
  asm.set(end);
  asm.get(target, end, target);
  asm.op(opcodes.i32Subtract);
  asm.i32(-(unrolled << targetShift));
  asm.op(opcodes.i32And, opcodes.i32Add);
  asm.set(most);
  const turn = (synapses: number): void => {
    for (let part = 0; part < synapses; part += 1) emitSynapse(asm, use, { target, weight, cell, base }, part);
    asm.increase(target, synapses << targetShift);
    if (weights !== undefined) asm.increase(weight, synapses << weightShift);
  };
  asm.whileLess(target, most, () => turn(unrolled));
  asm.whileLess(target, end, () => turn(1));
}

interface Pointers {
  readonly target: number;
  readonly weight: number;
  readonly cell: number;
  readonly base: number | undefined;
}

/** target[cell] += weight, or dropped[0] += weight where the mask is 0. */
function emitSynapse(asm: Assembler, use: KernelUse, pointers: Pointers, part: number): void {
  const { body } = asm;
  const { target, weight, cell, base } = pointers;
  const sink = place(use, 'target');
  const single = sink.type === 'f32';
  const shift = shiftOf(sink.type);
  asm.get(target);
  body.access(opcodes.i32Load16Unsigned, targetShift, place(use, 'targets').offset + (part << targetShift));
  if (base !== undefined) {
    asm.get(base);
    asm.op(opcodes.i32Add);
  }
  asm.set(cell);
  asm.scaled(cell, shift);
  const { mask } = use.places;
  if (mask !== undefined) chooseAddress(asm, use, mask, cell);
  asm.set(cell);
  // A chosen address is a whole one.
  const offset = mask === undefined ? sink.offset : 0;
  asm.get(cell, cell);
  body.access(single ? opcodes.f32Load : opcodes.f64Load, shift, offset);
  emitWeight(asm, use, weight, part, single);
  asm.op(single ? opcodes.f32Add : opcodes.f64Add);
  body.access(single ? opcodes.f32Store : opcodes.f64Store, shift, offset);
}

/** Makes of bytes from the start of the target, on the stack, an address: that of `dropped` where the mask is 0. No branch: few are dropped, at random. */
function chooseAddress(asm: Assembler, use: KernelUse, mask: SignalPlace, cell: number): void {
  asm.i32(place(use, 'target').offset);
  asm.op(opcodes.i32Add);
  asm.i32(place(use, 'dropped').offset);
  asm.get(cell);
  asm.body.access(opcodes.i32Load8Unsigned, 0, mask.offset);
  asm.op(opcodes.select);
}

/** Pushes a weight in the precision of the target. */
function emitWeight(asm: Assembler, use: KernelUse, pointer: number, part: number, single: boolean): void {
  const { body } = asm;
  const { weights } = use.places;
  const { weight = 0, scale = 1 } = use.numbers;
  if (weights === undefined) return single ? body.f32(weight) : body.f64(weight);
  const shift = shiftOf(weights.type);
  const offset = weights.offset + (part << shift);
  asm.get(pointer);
  if (weights.type === 'i8') {
    body.access(opcodes.i32Load8Signed, shift, offset);
    return single ? scaleSingle(asm, scale) : scaleDouble(asm, scale);
  }
  const stored = weights.type === 'f32' ? 'single' : 'double';
  body.access(stored === 'single' ? opcodes.f32Load : opcodes.f64Load, shift, offset);
  convert(asm, stored, single ? 'single' : 'double');
}

function convert(asm: Assembler, from: 'single' | 'double', to: 'single' | 'double'): void {
  if (from !== to) asm.op(to === 'single' ? opcodes.f32DemoteF64 : opcodes.f64PromoteF32);
}

function scaleSingle(asm: Assembler, scale: number): void {
  asm.op(opcodes.f32ConvertI32);
  asm.body.f32(scale);
  asm.op(opcodes.f32Multiply);
}

function scaleDouble(asm: Assembler, scale: number): void {
  asm.op(opcodes.f64ConvertI32);
  asm.f64(scale);
  asm.op(opcodes.f64Multiply);
}
