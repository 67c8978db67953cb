/** Matrices that never change lie in panels of columns, in the order in which a product reads them. */
import { isWritten, type Written } from '../base/written.ts';
import type { KernelStatement } from '../build/ir/kernels.ts';
import type { Statement } from '../build/ir/types.ts';
import type { Operator, Program, Signal, SignalContents, SignalId } from '../build/program.ts';
import type { PanelShape } from './kernels/dense-panels.ts';
import { packPanels, panelShape, unpackPanels } from './kernels/dense-panels.ts';

/** A signal that lies in panels: `signal` stands for it in the memory of the run. */
export interface PackedMatrix {
  readonly signal: Signal;
  /** Writes contents in the order of the program into those of `signal`. */
  pack(into: SignalContents, values: ArrayLike<number>): void;
  /** Contents of `signal` in the order of the program. */
  unpack(panels: SignalContents): SignalContents;
}

export interface PackedProgram {
  /** Instead of the matrices it has those in panels, at the same places. */
  readonly program: Program;
  /** By the ids in the program given. */
  readonly packed: ReadonlyMap<SignalId, PackedMatrix>;
}

/** Packs constant matrices that are read by nothing but products with a vector, all in the same way. */
export function packMatrices(program: Program): PackedProgram {
  const types: Types = new Map(program.signals.map(({ id, type }) => [id, type]));
  const shapes = new Map<SignalId, PanelShape>();
  const packed = new Map<SignalId, PackedMatrix>();
  for (const signal of program.signals) {
    const { id, role, type, initial } = signal;
    if (role !== 'constant' || (typeof initial === 'object' && isWritten(initial))) continue;
    const readers = program.operators.filter(({ reads }) => reads.includes(id));
    const reading = readingOf(id, readers, types);
    if (reading === undefined) continue;
    const shape = panelShape(type, reading.result, reading.outputs);
    shapes.set(id, shape);
    packed.set(id, packedMatrix(signal, shape, reading));
  }
  if (packed.size === 0) return { program, packed };
  const renamed = (id: SignalId): SignalId => packed.get(id)?.signal.id ?? id;
  const operators = program.operators.map((operator): Operator => {
    if (!operator.reads.some((id) => packed.has(id))) return operator;
    const body = operator.body.map((statement) => {
      const matrix = matrixOf(statement) ?? '';
      const shape = shapes.get(matrix);
      return shape === undefined ? statement : inPanels(statement as KernelStatement, shape, renamed(matrix));
    });
    return { ...operator, reads: operator.reads.map(renamed), body };
  });
  const signals = program.signals.map((signal) => packed.get(signal.id)?.signal ?? signal);
  return { program: { ...program, signals, operators }, packed };
}

interface Product {
  readonly inputs: number;
  readonly outputs: number;
  readonly transposed: boolean;
  readonly result: Signal['type'];
}

/** How the products with a matrix read it, or undefined where something reads it in another way. */
function readingOf(id: SignalId, readers: readonly Operator[], types: Types): Product | undefined {
  let found: Product | undefined;
  for (const statement of readers.flatMap(({ body }) => body)) {
    if (statement.kind !== 'kernel') return undefined;
    const uses = Object.entries(statement.signals).filter(([, signal]) => signal === id);
    if (uses.length === 0) continue;
    const product = productOf(statement, types);
    if (product === undefined || uses.some(([name]) => name !== 'matrix')) return undefined;
    if (found !== undefined && !isSame(found, product)) return undefined;
    found = product;
  }
  return found;
}

type Types = ReadonlyMap<SignalId, Signal['type']>;

function productOf({ kernel, signals, numbers, begin }: KernelStatement, types: Types): Product | undefined {
  const { inputs = 0, outputs = 0, transposed = 0 } = numbers;
  if (begin !== undefined || kernel !== 'dense-product' || signals['vector'] === undefined || inputs * outputs === 0)
    return undefined;
  return { inputs, outputs, transposed: transposed === 1, result: types.get(signals['result'] ?? '') ?? 'f64' };
}

function isSame(left: Product, right: Product): boolean {
  const alike = left.inputs === right.inputs && left.outputs === right.outputs && left.result === right.result;
  return alike && left.transposed === right.transposed;
}

/** A signal for the panels of a matrix, and the ways there and back. */
function packedMatrix(signal: Signal, shape: PanelShape, { inputs, outputs, transposed }: Product): PackedMatrix {
  const { initial, id, name } = signal;
  const stored = { inputs, outputs, transposed };
  const pack = (panels: SignalContents, values: ArrayLike<number>): void => packPanels(panels, values, shape, stored);
  const contents = typeof initial === 'number' || isWritten(initial) ? initial : writing(initial, pack);
  return {
    signal: { ...signal, id: `${id}/panels`, name: `${name}/panels`, initial: contents },
    pack,
    unpack: (panels) => unpackPanels(panels, shape, stored),
  };
}

function writing(values: SignalContents, pack: PackedMatrix['pack']): Written {
  return { length: values.length, write: (into) => pack(into, values) };
}

function matrixOf(statement: Statement): SignalId | undefined {
  return statement.kind === 'kernel' ? statement.signals['matrix'] : undefined;
}

function inPanels(statement: KernelStatement, { columns, lastColumns }: PanelShape, matrix: SignalId): KernelStatement {
  const numbers = { ...statement.numbers, panelColumns: columns, lastColumns, transposed: 0 };
  return { ...statement, signals: { ...statement.signals, matrix }, numbers };
}
