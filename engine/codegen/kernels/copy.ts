/** Kernel `copy`: a row of one signal into a row of another of the same type, the rows chosen by the step. */
import { defined } from '../../base/assert.ts';
import { elementBytes } from '../layout.ts';
import { memoryCopy, opcodes } from '../wasm/opcodes.ts';
import { assemble } from './assembler.ts';
import type { KernelImplementation, KernelUse } from './implementation.ts';

export const copy: KernelImplementation = {
  run({ from, to }, { length = 0, fromRows = 1, toRows = 1, from: first = 0, to: last = length }, step) {
    const source = defined(from, 'from');
    const start = (step % fromRows) * length;
    defined(to, 'to').set(source.subarray(start + first, start + last), (step % toRows) * length + first);
  },
  emit(body, { places, numbers, stepLocal }: KernelUse) {
    const { length = 0, fromRows = 1, toRows = 1, from: first = 0, to: last = length } = numbers;
    const [from, to] = [defined(places['from'], 'from'), defined(places['to'], 'to')];
    const size = elementBytes[from.type];
    const asm = assemble(body);
    const row = (offset: number, rows: number): void => {
      asm.i32((offset + first * size) | 0);
      if (rows === 1) return;
      asm.get(stepLocal);
      asm.i32(rows);
      asm.op(opcodes.i32Remainder);
      asm.i32(length * size);
      asm.op(opcodes.i32Multiply, opcodes.i32Add);
    };
    row(to.offset, toRows);
    row(from.offset, fromRows);
    asm.i32((last - first) * size);
    asm.op(opcodes.extended, memoryCopy, 0, 0);
    asm.end();
  },
};
