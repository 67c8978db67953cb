/** The WebAssembly target: one thread, double precision. */
import type { CompiledProgram, CompileRequest, StepFunction } from '../compiled.ts';
import { sharedFunctions } from '../functions.ts';
import { emitModule } from './module-emitter.ts';

/** Emits and compiles a module; `shared` tells whether its memory will be shared. */
export function compileWasm(request: CompileRequest, shared: boolean): CompiledProgram {
  const { program, operators, layout } = request;
  const { bytes, imports } = emitModule({ operators, layout, timeStepSeconds: program.timeStepSeconds, shared });
  const module = new WebAssembly.Module(bytes);
  return {
    target: 'wasm',
    program,
    operators,
    layout,
    codeBytes: bytes.length,
    instantiate(memory): StepFunction {
      const functions = Object.fromEntries(imports.map((name) => [name, sharedFunctions[name]]));
      const instance = new WebAssembly.Instance(module, { env: { memory, ...functions } });
      return instance.exports['run'] as StepFunction;
    },
  };
}
