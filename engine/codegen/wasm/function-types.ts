/** Signatures, imports and helper functions of an emitted module, by index. */
import type { FunctionName } from '../../build/ir/types.ts';
import type { WasmType } from './opcodes.ts';
import { opcodes } from './opcodes.ts';

export interface FunctionType {
  readonly parameters: readonly WasmType[];
  readonly results: readonly WasmType[];
}

/** All signatures; the key is used in this folder, the position in the module. */
export const functionTypes = {
  unary: { parameters: ['f64'], results: ['f64'] },
  binary: { parameters: ['f64', 'f64'], results: ['f64'] },
  integer: { parameters: ['i32', 'i32'], results: ['i32'] },
  vectorUnary: { parameters: ['v128'], results: ['v128'] },
  vectorBinary: { parameters: ['v128', 'v128'], results: ['v128'] },
  drawVector: { parameters: ['i32', 'i32', 'v128'], results: ['v128'] },
  drawCount: { parameters: ['i32', 'i32', 'i32', 'f64'], results: ['f64'] },
  operators: { parameters: ['i32'], results: [] },
  run: { parameters: ['i32', 'i32'], results: ['i32'] },
  nothing: { parameters: [], results: [] },
} as const satisfies Record<string, FunctionType>;

export type FunctionTypeName = keyof typeof functionTypes;

/** Position of a signature in the type section. */
export function typeIndex(name: FunctionTypeName): number {
  return Object.keys(functionTypes).indexOf(name);
}

/** Functions that are a single instruction with the same bits. */
export const nativeFunctions: Readonly<Partial<Record<FunctionName, number>>> = {
  sqrt: opcodes.f64Sqrt,
  floor: opcodes.f64Floor,
  ceil: opcodes.f64Ceil,
  trunc: opcodes.f64Trunc,
  abs: opcodes.f64Abs,
  roundHalfEven: opcodes.f64Nearest,
};

export interface ImportedFunction {
  readonly name: string;
  readonly type: FunctionTypeName;
  readonly implementation: (...values: number[]) => number;
}

/** Functions from outside, in the order of their indices. */
export const imports: readonly ImportedFunction[] = [
  { name: 'remainder', type: 'binary', implementation: (left, right) => (left as number) % (right as number) },
];

const importIndices: ReadonlyMap<string, number> = new Map(imports.map(({ name }, index) => [name, index]));

/** Index of a function from outside. */
export function importIndex(name: 'remainder'): number {
  return importIndices.get(name) as number;
}

/** Helper functions emitted into every module, right after the imports. */
export const helperNames = ['divideI32', 'remainderI32'] as const;

/** Index of a helper function. */
export function helperIndex(name: (typeof helperNames)[number]): number {
  return imports.length + helperNames.indexOf(name);
}

/** Index of the first function made from operators. */
export const firstOperatorFunction = imports.length + helperNames.length;
