/** Kernel `copy`: a row of one signal into a row of another of the same type, the rows chosen by the step. */
import { defined } from '../../base/assert.ts';
import { elementBytes } from '../layout.ts';
import { memoryCopy, opcodes } from '../wasm/opcodes.ts';
import { assemble } from './assembler.ts';
import type { KernelImplementation, KernelUse } from './implementation.ts';

export const copy: KernelImplementation = {
  run({ from, to }, { length = 0, fromRows = 1, toRows = 1 }, step) {
    const source = defined(from, 'from');
    const start = (step % fromRows) * length;
    defined(to, 'to').set(source.subarray(start, start + length), (step % toRows) * length);
  },
  emit(body, { places, numbers, stepLocal }: KernelUse) {
    const { length = 0, fromRows = 1, toRows = 1 } = numbers;
    const [from, to] = [defined(places['from'], 'from'), defined(places['to'], 'to')];
    const bytes = length * elementBytes[from.type];
    const asm = assemble(body);
    const row = (offset: number, rows: number): void => {
      asm.i32(offset | 0);
      if (rows === 1) return;
      asm.get(stepLocal);
      asm.i32(rows);
      asm.op(opcodes.i32Remainder);
      asm.i32(bytes);
      asm.op(opcodes.i32Multiply, opcodes.i32Add);
    };
    row(to.offset, toRows);
    row(from.offset, fromRows);
    asm.i32(bytes);
    asm.op(opcodes.extended, memoryCopy, 0, 0);
    asm.end();
  },
};
