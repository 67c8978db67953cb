/** WebAssembly, as every host has it: the part the engine uses. Apart from the other globals because Node's types lack only this one. */

declare namespace WebAssembly {
  type ValueType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128' | 'funcref' | 'externref';
  type ExportValue = Memory | Global | CallableFunction;
  type Exports = Record<string, ExportValue>;
  type Imports = Record<string, Record<string, ExportValue | number>>;
  type Source = ArrayBuffer | ArrayBufferView;

  interface MemoryDescriptor {
    /** Pages of 64 KiB. */
    readonly initial: number;
    /** Pages of 64 KiB; required when shared. */
    readonly maximum?: number;
    readonly shared?: boolean;
  }

  interface GlobalDescriptor {
    readonly value: ValueType;
    readonly mutable?: boolean;
  }

  interface Memory {
    readonly buffer: ArrayBuffer | SharedArrayBuffer;
    /** Grows by so many pages; returns the earlier number of pages. */
    grow(pages: number): number;
  }

  interface Global {
    value: number | bigint;
  }

  interface Module {
    readonly [Symbol.toStringTag]: string;
  }

  interface Instance {
    readonly exports: Exports;
  }

  interface InstantiatedSource {
    readonly module: Module;
    readonly instance: Instance;
  }

  const Memory: { prototype: Memory; new (descriptor: MemoryDescriptor): Memory };
  const Global: { prototype: Global; new (descriptor: GlobalDescriptor, value?: number | bigint): Global };
  const Module: { prototype: Module; new (bytes: Source): Module };
  const Instance: { prototype: Instance; new (module: Module, imports?: Imports): Instance };
  const CompileError: ErrorConstructor;
  const LinkError: ErrorConstructor;
  const RuntimeError: ErrorConstructor;

  function validate(bytes: Source): boolean;
  function compile(bytes: Source): Promise<Module>;
  function instantiate(bytes: Source, imports?: Imports): Promise<InstantiatedSource>;
  function instantiate(module: Module, imports?: Imports): Promise<Instance>;
}
