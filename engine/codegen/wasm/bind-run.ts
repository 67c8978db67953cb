/** A module of a program bound to memory. */
import type { StepFunction } from '../compiled.ts';
import { imports } from './function-types.ts';
import { importModule } from './module.ts';

/** The exported function of a module over a memory. */
export function bindRun(module: WebAssembly.Module, memory: WebAssembly.Memory): StepFunction {
  const given = Object.fromEntries(imports.map(({ name, implementation }) => [name, implementation]));
  const { run } = new WebAssembly.Instance(module, { [importModule]: { ...given, memory } }).exports;
  return run as unknown as StepFunction;
}
