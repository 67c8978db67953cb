/** One kernel by itself: its plain version and its WebAssembly version over the same contents. */
import type { KernelName } from '../../build/ir/kernels.ts';
import type { ElementType, SignalContents } from '../../build/program.ts';
import { expectOk } from '../../base/result.ts';
import { layoutProgram, placeOf, viewOf } from '../layout.ts';
import { createByteWriter } from '../wasm/bytes.ts';
import { createFunctionBody } from '../wasm/function-body.ts';
import { typeBytes } from '../wasm/opcodes.ts';
import type { KernelNumbers } from './implementation.ts';
import { kernelImplementations } from './kernels.ts';

export type KernelContents = Readonly<Record<string, { readonly type: ElementType; readonly values: SignalContents }>>;

/** A kernel bound to its own memory, with the WebAssembly version. */
export function instantiateKernel(name: KernelName, contents: KernelContents, numbers: KernelNumbers) {
  const signals = Object.entries(contents).map(([id, { type, values }]) => ({
    ...{ id, element: '', name: id, type, shape: [values.length], initial: values, unit: '1' },
    role: 'state' as const,
  }));
  const layout = expectOk(layoutProgram({ signals }));
  const memory = new WebAssembly.Memory({ initial: Math.ceil(layout.totalBytes / 65_536) + 1 });
  const places = Object.fromEntries(signals.map(({ id }) => [id, placeOf(layout, id)]));
  const body = createFunctionBody(1);
  kernelImplementations[name].emit(body, { places, numbers, stepLocal: 0 });
  const views = Object.fromEntries(signals.map(({ id }) => [id, viewOf(layout, memory, id)]));
  for (const { id, initial } of signals) views[id]?.set(initial);
  const module = new WebAssembly.Module(moduleOf(body.finish().finish()));
  const { run } = new WebAssembly.Instance(module, { m: { m: memory } }).exports;
  return { views, run: run as unknown as (step: number) => void };
}

/** Contents after `steps` steps by either version. */
export function runKernel(name: KernelName, contents: KernelContents, numbers: KernelNumbers, steps = 1) {
  const wasm = instantiateKernel(name, contents, numbers);
  const plain = Object.fromEntries(Object.entries(contents).map(([id, { values }]) => [id, values.slice()]));
  for (let step = 0; step < steps; step += 1) {
    wasm.run(step);
    kernelImplementations[name].run(plain, numbers, step);
  }
  return { wasm: wasm.views, plain };
}

/** A module whose one function takes the step. */
function moduleOf(code: Uint8Array): Uint8Array<ArrayBuffer> {
  const writer = createByteWriter();
  const section = (id: number, ...bytes: readonly number[]): void => writer.bytes([id, bytes.length, ...bytes]);
  writer.bytes([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  section(1, 1, typeBytes.function, 1, typeBytes.i32, 0);
  section(2, 1, 1, 0x6d, 1, 0x6d, 2, 0, 1);
  section(3, 1, 0);
  section(7, 1, 3, 0x72, 0x75, 0x6e, 0, 0);
  const part = createByteWriter();
  part.unsigned(1);
  part.unsigned(code.length);
  part.bytes(code);
  writer.byte(10);
  writer.sized(part);
  return writer.finish();
}
