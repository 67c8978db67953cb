/** Kernel `gather-spikes`: a mask of bytes becomes the list of cells that are set; 64 empty cells cost one look. */
import { defined } from '../../base/assert.ts';
import { opcodes, typeBytes } from '../wasm/opcodes.ts';
import type { Assembler } from './assembler.ts';
import { vectorOpcodes as vector } from '../wasm/vector-opcodes.ts';
import { assemble } from './assembler.ts';
import type { KernelImplementation, KernelUse } from './implementation.ts';

/** Cells looked at in one step of the loop, those whose bits make up a number, and those of one vector. */
const [wide, half, narrow] = [64, 32, 16];

export const gatherSpikes: KernelImplementation = {
  run(views, { cells = 0, rows = 1, from = 0, to = cells }, step) {
    const [mask, list, count] = [views['mask'], views['list'], views['count']].map((view) => defined(view, 'signal'));
    const base = (step % rows) * cells;
    let found = 0;
    for (let cell = from; cell < to; cell += 1) {
      if (mask?.[base + cell] !== 0) (list as Int32Array)[found++] = cell;
    }
    (count as Int32Array)[0] = found;
  },
  emit(body, use) {
    const { cells = 0, rows = 1, from = 0, to = cells } = use.numbers;
    const asm = assemble(body);
    const [cell, end, found] = [asm.local('i32'), asm.local('i32'), asm.local('i32')];
    const place = { use, cell, found, base: rows === 1 ? undefined : baseOfRow(asm, use, rows) };
    const [wideEnd, narrowEnd] = [to - ((to - from) % wide), to - ((to - from) % narrow)];
    asm.i32(from);
    asm.set(cell);
    asm.i32(0);
    asm.set(found);
    const upTo = (limit: number, repeat: () => void): void => {
      asm.i32(limit);
      asm.set(end);
      asm.whileLess(cell, end, repeat);
    };
    if (wideEnd > from) {
      upTo(wideEnd, () => {
        for (let part = 0; part < wide; part += narrow) loadMask(asm, place, part);
        asm.simd(vector.v128Or);
        asm.simd(vector.v128Or);
        asm.simd(vector.v128Or);
        asm.simd(vector.v128AnyTrue);
        asm.when(() => [0, half].forEach((first) => eachSet(asm, place, [first, first + narrow])));
        asm.increase(cell, wide);
      });
    }
    if (narrowEnd > wideEnd) {
      upTo(narrowEnd, () => {
        eachSet(asm, place, [0]);
        asm.increase(cell, narrow);
      });
    }
    if (to > narrowEnd) scalar(asm, place, to - narrowEnd);
    asm.i32(0);
    asm.get(found);
    asm.body.access(opcodes.i32Store, 2, defined(use.places['count'], 'count').offset);
    asm.end();
  },
};

interface Place {
  readonly use: KernelUse;
  readonly cell: number;
  readonly found: number;
  /** First entry of the row; undefined = 0. */
  readonly base: number | undefined;
}

/** A local with the first entry of the row of the step. */
function baseOfRow(asm: Assembler, { numbers, stepLocal }: KernelUse, rows: number): number {
  const base = asm.local('i32');
  asm.get(stepLocal);
  asm.i32(rows);
  asm.op(opcodes.i32RemainderUnsigned);
  asm.i32(numbers['cells'] ?? 0);
  asm.op(opcodes.i32Multiply);
  asm.set(base);
  return base;
}

/** Pushes the address of the entry of a cell, within the mask. */
function entryOf(asm: Assembler, { base }: Place, cell: number): void {
  asm.get(cell);
  if (base === undefined) return;
  asm.get(base);
  asm.op(opcodes.i32Add);
}

function loadMask(asm: Assembler, place: Place, part: number): void {
  entryOf(asm, place, place.cell);
  asm.body.simdAccess(vector.v128Load, 0, defined(place.use.places['mask'], 'mask').offset + part);
}

/** The cells that are set among 16 or 32 beginning with `cell` + the first part: one turn for each, by the bits of a number. */
function eachSet(asm: Assembler, place: Place, parts: readonly number[]): void {
  const { use, cell, found } = place;
  const bits = asm.local('i32');
  parts.forEach((part, position) => {
    loadMask(asm, place, part);
    asm.body.i32x4(0);
    asm.simd(vector.i8x16Equal);
    asm.simd(vector.i8x16BitMask);
    if (position === 0) return;
    asm.i32(narrow);
    asm.op(opcodes.i32ShiftLeft, opcodes.i32Or);
  });
  asm.i32(parts.length === 1 ? 0xffff : -1);
  asm.op(opcodes.i32ExclusiveOr);
  asm.tee(bits);
  asm.when(() => {
    asm.op(opcodes.loop, typeBytes.empty);
    asm.scaled(found, 2);
    asm.get(cell, bits);
    asm.op(opcodes.i32CountTrailingZeros, opcodes.i32Add);
    asm.i32(parts[0] as number);
    asm.op(opcodes.i32Add);
    asm.body.access(opcodes.i32Store, 2, defined(use.places['list'], 'list').offset);
    asm.increase(found, 1);
    asm.get(bits, bits);
    asm.i32(1);
    asm.op(opcodes.i32Subtract, opcodes.i32And);
    asm.tee(bits);
    asm.body.indexed(opcodes.branchIf, 0);
    asm.op(opcodes.end);
  });
}

/** The last cells, `cell` and those behind it, one after the other. */
function scalar(asm: Assembler, place: Place, count: number): void {
  const { use, cell, found } = place;
  const [mask, list] = [defined(use.places['mask'], 'mask'), defined(use.places['list'], 'list')];
  const [position, end] = [asm.local('i32'), asm.local('i32')];
  asm.get(cell);
  asm.tee(position);
  asm.i32(count);
  asm.op(opcodes.i32Add);
  asm.set(end);
  asm.op(opcodes.loop, typeBytes.empty);
  entryOf(asm, place, position);
  asm.body.access(opcodes.i32Load8Unsigned, 0, mask.offset);
  asm.when(() => {
    asm.scaled(found, 2);
    asm.get(position);
    asm.body.access(opcodes.i32Store, 2, list.offset);
    asm.increase(found, 1);
  });
  asm.increase(position, 1);
  asm.get(position, end);
  asm.op(opcodes.i32Less);
  asm.body.indexed(opcodes.branchIf, 0);
  asm.op(opcodes.end);
}
