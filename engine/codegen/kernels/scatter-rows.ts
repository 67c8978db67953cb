/** Kernel `scatter-rows`: adds the weights of the synapses of every listed source to their targets, one after the other. */
import { defined } from '../../base/assert.ts';
import type { SignalPlace } from '../layout.ts';
import { shiftOf } from '../layout.ts';
import { opcodes } from '../wasm/opcodes.ts';
import type { Assembler } from './assembler.ts';
import { assemble } from './assembler.ts';
import type { KernelImplementation, KernelNumbers, KernelUse, KernelViews } from './implementation.ts';

/** Synapses handled in one turn of the inner loop. */
const unrolled = 4;

export const scatterRows: KernelImplementation = {
  run(views, numbers, step) {
    const { listRows = 1, listLength = 0, delay = 0, width = 1, offset = 0 } = numbers;
    const list = defined(views['list'], 'list');
    const starts = defined(views['starts'], 'starts');
    const turn = (step + listRows - delay) % listRows;
    const count = views['count']?.[turn] as number;
    for (let position = 0; position < count; position += 1) {
      const row = (list[turn * listLength + position] as number) * width + offset;
      scatterRow(views, numbers, starts[row] as number, starts[row + 1] as number);
    }
  },
  emit(body, use) {
    const asm = assemble(body);
    const [position, count] = [asm.local('i32'), asm.local('i32')];
    const [synapse, end, start] = [asm.local('i32'), asm.local('i32'), asm.local('i32')];
    const { width = 1, offset = 0 } = use.numbers;
    const starts = place(use, 'starts').offset + offset * 4;
    const list = asm.local('i32');
    openList(asm, use, list, count);
    asm.i32(0);
    asm.set(position);
    asm.whileLess(position, count, () => {
      asm.scaled(position, 2);
      asm.get(list);
      asm.op(opcodes.i32Add);
      body.access(opcodes.i32Load, 2, place(use, 'list').offset);
      asm.i32(width);
      asm.op(opcodes.i32Multiply);
      asm.set(start);
      asm.scaled(start, 2);
      body.access(opcodes.i32Load, 2, starts);
      asm.set(synapse);
      asm.scaled(start, 2);
      body.access(opcodes.i32Load, 2, starts + 4);
      asm.set(end);
      emitRow(asm, use, synapse, end);
      asm.increase(position, 1);
    });
    asm.end();
  },
};

/** Sets `list` to the byte address of the list that is due, within its signal, and `count` to its length. */
function openList(asm: Assembler, use: KernelUse, list: number, count: number): void {
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

function scatterRow(views: KernelViews, { weight = 0, scale = 1 }: KernelNumbers, from: number, to: number): void {
  const { weights, mask } = views;
  const targets = defined(views['targets'], 'targets');
  const target = defined(views['target'], 'target');
  const round = target instanceof Float32Array ? Math.fround : (value: number) => value;
  const factor = weights instanceof Int8Array ? scale : 1;
  for (let synapse = from; synapse < to; synapse += 1) {
    const cell = targets[synapse] as number;
    if (mask?.[cell] === 0) continue;
    const value = weights === undefined ? weight : (weights[synapse] as number) * factor;
    target[cell] = (target[cell] as number) + round(value);
  }
}

/** Synapses from local `synapse` to local `end`: four per turn, then one by one. */
function emitRow(asm: Assembler, use: KernelUse, synapse: number, end: number): void {
  const most = asm.local('i32');
  const kept = asm.local(place(use, 'target').type === 'f32' ? 'f32' : 'f64');
  const pointers = { target: asm.local('i32'), weight: asm.local('i32'), cell: asm.local('i32'), kept };
  asm.get(synapse);
  asm.get(end, synapse);
  asm.op(opcodes.i32Subtract);
  asm.i32(-unrolled);
  asm.op(opcodes.i32And, opcodes.i32Add);
  asm.set(most);
  const turn = (synapses: number): void => {
    asm.scaled(synapse, shiftOf(place(use, 'targets').type));
    asm.set(pointers.target);
    if (use.places['weights'] !== undefined) {
      asm.scaled(synapse, shiftOf(use.places['weights'].type));
      asm.set(pointers.weight);
    }
    for (let part = 0; part < synapses; part += 1) emitSynapse(asm, use, pointers, part);
    asm.increase(synapse, synapses);
  };
  asm.whileLess(synapse, most, () => turn(unrolled));
  asm.whileLess(synapse, end, () => turn(1));
}

interface Pointers {
  readonly target: number;
  readonly weight: number;
  readonly cell: number;
  /** What the target held before. */
  readonly kept: number;
}

/** target[cell] += weight, or what is there again where the mask is 0. */
function emitSynapse(asm: Assembler, use: KernelUse, { target, weight, cell, kept }: Pointers, part: number): void {
  const { body } = asm;
  const targets = place(use, 'targets');
  const sink = place(use, 'target');
  const single = sink.type === 'f32';
  const shift = shiftOf(targets.type);
  asm.get(target);
  body.access(
    targets.type === 'u16' ? opcodes.i32Load16Unsigned : opcodes.i32Load,
    shift,
    targets.offset + (part << shift),
  );
  asm.set(cell);
  const address = (): void => asm.scaled(cell, shiftOf(sink.type));
  const loadSink = (): void => {
    address();
    body.access(single ? opcodes.f32Load : opcodes.f64Load, shiftOf(sink.type), sink.offset);
  };
  const { mask } = use.places;
  address();
  loadSink();
  if (mask !== undefined) asm.tee(kept);
  emitWeight(asm, use, weight, part, single);
  asm.op(single ? opcodes.f32Add : opcodes.f64Add);
  if (mask !== undefined) {
    asm.get(kept, cell);
    body.access(opcodes.i32Load8Unsigned, 0, mask.offset);
    asm.op(opcodes.select);
  }
  body.access(single ? opcodes.f32Store : opcodes.f64Store, shiftOf(sink.type), sink.offset);
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
  if (weights.type === 'f32') {
    body.access(opcodes.f32Load, shift, offset);
    if (!single) asm.op(opcodes.f64PromoteF32);
    return;
  }
  if (weights.type === 'f64') body.access(opcodes.f64Load, shift, offset);
  else {
    body.access(opcodes.i32Load8Signed, shift, offset);
    asm.op(opcodes.f64ConvertI32);
    asm.f64(scale);
    asm.op(opcodes.f64Multiply);
  }
  if (single) asm.op(opcodes.f32DemoteF64);
}
