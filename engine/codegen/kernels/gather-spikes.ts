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
  run(views, { cells = 0 }) {
    const [mask, list, count] = [views['mask'], views['list'], views['count']].map((view) => defined(view, 'signal'));
    let found = 0;
    for (let cell = 0; cell < cells; cell += 1) {
      if (mask?.[cell] !== 0) (list as Int32Array)[found++] = cell;
    }
    (count as Int32Array)[0] = found;
  },
  emit(body, use) {
    const { cells = 0 } = use.numbers;
    const asm = assemble(body);
    const [cell, end, found] = [asm.local('i32'), asm.local('i32'), asm.local('i32')];
    const place = { use, cell, found };
    const [wideEnd, narrowEnd] = [cells - (cells % wide), cells - (cells % narrow)];
    for (const local of [cell, found]) {
      asm.i32(0);
      asm.set(local);
    }
    const upTo = (limit: number, repeat: () => void): void => {
      asm.i32(limit);
      asm.set(end);
      asm.whileLess(cell, end, repeat);
    };
    if (wideEnd > 0) {
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
    if (cells > narrowEnd) scalar(asm, place, cells - narrowEnd);
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
}

function loadMask(asm: Assembler, { use, cell }: Place, part: number): void {
  asm.get(cell);
  asm.body.simdAccess(vector.v128Load, 0, defined(use.places['mask'], 'mask').offset + part);
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
function scalar(asm: Assembler, { use, cell, found }: Place, count: number): void {
  const [mask, list] = [defined(use.places['mask'], 'mask'), defined(use.places['list'], 'list')];
  const [position, end] = [asm.local('i32'), asm.local('i32')];
  asm.get(cell);
  asm.tee(position);
  asm.i32(count);
  asm.op(opcodes.i32Add);
  asm.set(end);
  asm.op(opcodes.loop, typeBytes.empty);
  asm.get(position);
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
