/** Dense product of a matrix kept in panels: some columns of all rows side by side, so that it is read in one stream and sums stay in registers. */
import { defined } from '../../base/assert.ts';
import type { ElementType } from '../../build/program.ts';
import type { SignalView } from '../layout.ts';
import { shiftOf } from '../layout.ts';
import { opcodes } from '../wasm/opcodes.ts';
import { vectorOpcodes } from '../wasm/vector-opcodes.ts';
import type { DenseEmitter } from './dense-arithmetic.ts';
import { arithmeticOf, loadVectorAt } from './dense-arithmetic.ts';
import type { KernelNumbers } from './implementation.ts';
import { emitWeights, weightsAtOnce } from './dense-weights.ts';

/** Panels of a matrix: all have `columns` columns but the last, which has what is left. */
export interface PanelShape {
  readonly panels: number;
  readonly columns: number;
  readonly lastColumns: number;
}

/** Vectors summed side by side: as many loads and sums as the registers hold. */
const vectorsOfPanel = 6;

/** The panels of a matrix with so many outputs, for a product into results of a type. */
export function panelShape(matrix: ElementType, result: ElementType, outputs: number): PanelShape {
  const { lanes } = arithmeticOf(result);
  const unit = weightsAtOnce(matrix, lanes);
  const columns = Math.floor((vectorsOfPanel * lanes) / unit) * unit;
  const panels = Math.ceil(outputs / columns);
  return { panels, columns, lastColumns: outputs - (panels - 1) * columns };
}

/** The panels that the numbers of a product speak of; undefined where the matrix lies otherwise. */
export function panelsOf({ outputs = 0, panelColumns = 0, lastColumns = 0 }: KernelNumbers): PanelShape | undefined {
  if (panelColumns === 0) return undefined;
  return { panels: Math.ceil(outputs / panelColumns), columns: panelColumns, lastColumns };
}

/** Where an entry lies in panels. */
export function placeInPanels(shape: PanelShape, inputs: number, row: number, column: number): number {
  const panel = Math.floor(column / shape.columns);
  const width = panel === shape.panels - 1 ? shape.lastColumns : shape.columns;
  return panel * shape.columns * inputs + row * width + (column - panel * shape.columns);
}

/** How a matrix lies otherwise. */
export interface StoredMatrix {
  readonly inputs: number;
  readonly outputs: number;
  /** [outputs, inputs] instead of [inputs, outputs]. */
  readonly transposed: boolean;
}

/** Writes a matrix into panels. */
export function packPanels(
  panels: SignalView,
  values: ArrayLike<number>,
  shape: PanelShape,
  stored: StoredMatrix,
): void {
  eachEntry(shape, stored, (place, source) => void (panels[place] = values[source] as number));
}

/** The matrix as it lies otherwise. */
export function unpackPanels(panels: SignalView, shape: PanelShape, stored: StoredMatrix): SignalView {
  const values = panels.slice();
  eachEntry(shape, stored, (place, source) => void (values[source] = panels[place] as number));
  return values;
}

/** Every entry by its place in panels, ascending, and its place otherwise. */
function eachEntry(
  shape: PanelShape,
  { inputs, outputs, transposed }: StoredMatrix,
  visit: (place: number, source: number) => void,
): void {
  const [rowStride, columnStride] = transposed ? [1, inputs] : [outputs, 1];
  let place = 0;
  for (let first = 0; first < outputs; first += shape.columns) {
    const end = Math.min(outputs, first + shape.columns);
    for (let row = 0; row < inputs; row += 1) {
      for (let column = first; column < end; column += 1, place += 1)
        visit(place, row * rowStride + column * columnStride);
    }
  }
}

/** result[j] (+)= Σ x[i]·W[i, j] for the outputs from `from` (the first of a panel) to `to` (the first of one, or the end). */
export function emitPanels(emitter: DenseEmitter, shape: PanelShape, from: number, to: number): void {
  const { asm, lanes } = emitter;
  const first = from / shape.columns;
  const whole = Math.min(Math.floor(to / shape.columns), shape.panels - 1);
  const [panel, pointer, target] = [asm.local('i32'), asm.local('i32'), asm.local('i32')];
  if (first < whole) {
    asm.count({ index: panel, from: () => asm.i32(first), to: () => asm.i32(whole) }, () => {
      emitPanel(emitter, shape, { panel, pointer, target }, shape.columns, shape.columns / lanes);
    });
  }
  if (from >= to || to <= whole * shape.columns) return;
  asm.i32(whole);
  asm.set(panel);
  const columns = whole === shape.panels - 1 ? shape.lastColumns : shape.columns;
  emitPanel(emitter, shape, { panel, pointer, target }, columns, Math.ceil((to - whole * shape.columns) / lanes));
}

/** Locals of a panel: its number, the byte address of its row within the matrix, that of its results. */
interface Panel {
  readonly panel: number;
  readonly pointer: number;
  readonly target: number;
}

/** One panel of so many columns, of which some vectors are wanted, for all members of a batch. */
function emitPanel(emitter: DenseEmitter, shape: PanelShape, locals: Panel, columns: number, vectors: number): void {
  const { asm, use, matrix, result } = emitter;
  const { inputs = 0, outputs = 0, members = 1 } = use.numbers;
  const { panel, pointer, target } = locals;
  const place = (local: number, bytes: number): void => {
    asm.get(panel);
    asm.i32(bytes);
    asm.op(opcodes.i32Multiply);
    asm.set(local);
  };
  const sums = Array.from({ length: vectors }, () => asm.local('v128'));
  place(target, shape.columns << shiftOf(result.type));
  const product = (first: number | undefined): void => {
    place(pointer, (shape.columns * inputs) << shiftOf(matrix.type));
    emitSums(emitter, sums, { ...locals, first }, columns);
  };
  if (members === 1) return product(undefined);
  const first = asm.local('i32');
  const bytes = inputs << shiftOf(defined(emitter.vector, 'vector').type);
  asm.count({ index: first, from: () => asm.i32(0), to: () => asm.i32(members * bytes), by: bytes }, () => {
    product(first);
    asm.increase(target, outputs << shiftOf(result.type));
  });
}

interface MemberPanel extends Panel {
  /** Local with the byte address of the vector of a member within those of all; undefined where there is one. */
  readonly first: number | undefined;
}

/**
 * The sums of a panel. What is read beyond the last column is the rest of a vector: signals begin on cache lines and
 * another one follows. It is written, too, unless the results of another member follow.
 */
function emitSums(emitter: DenseEmitter, sums: readonly number[], panel: MemberPanel, columns: number): void {
  const { asm, use, result, lanes } = emitter;
  const { target, pointer, first } = panel;
  sums.forEach((sum, part) => {
    if (use.numbers['accumulate'] !== 1) asm.body.i32x4(0);
    else {
      asm.get(target);
      asm.body.simdAccess(vectorOpcodes.v128Load, shiftOf(result.type), result.offset + part * 16);
    }
    asm.set(sum);
  });
  emitRows(emitter, sums, { pointer, first }, columns);
  sums.forEach((sum, part) => {
    const wanted = first === undefined ? lanes : Math.min(lanes, columns - part * lanes);
    emitStore(emitter, { target, sum, part }, wanted);
  });
}

/** Stores a vector of results, or its first lanes. */
function emitStore(
  { asm, result, lanes }: DenseEmitter,
  { target, sum, part }: { readonly target: number; readonly sum: number; readonly part: number },
  wanted: number,
): void {
  const shift = shiftOf(result.type);
  if (wanted === lanes) {
    asm.get(target, sum);
    return asm.body.simdAccess(vectorOpcodes.v128Store, shift, result.offset + part * 16);
  }
  const store = result.type === 'f64' ? vectorOpcodes.v128Store64Lane : vectorOpcodes.v128Store32Lane;
  for (let lane = 0; lane < wanted; lane += 1) {
    asm.get(target, sum);
    asm.body.simdAccess(store, shift, result.offset + part * 16 + (lane << shift), lane);
  }
}

/** Adds all rows of a panel to the sums. */
function emitRows(
  emitter: DenseEmitter,
  sums: readonly number[],
  { pointer, first }: Pick<MemberPanel, 'pointer' | 'first'>,
  columns: number,
): void {
  const { asm, use, matrix, add, multiply } = emitter;
  const vector = defined(emitter.vector, 'vector');
  const [element, factor] = [asm.local('i32'), asm.local('v128')];
  const bytes = (use.numbers['inputs'] ?? 0) << shiftOf(vector.type);
  const start = (ahead: number): void => {
    if (first === undefined) return asm.i32(ahead);
    asm.get(first);
    asm.i32(ahead);
    asm.op(opcodes.i32Add);
  };
  asm.count({ index: element, from: () => start(0), to: () => start(bytes), by: 1 << shiftOf(vector.type) }, () => {
    loadFactor(emitter, element);
    asm.set(factor);
    const weights = emitWeights(emitter, pointer, sums.length);
    sums.forEach((sum, part) => {
      asm.get(sum);
      weights(part);
      asm.get(factor);
      asm.simd(multiply);
      asm.simd(add);
      asm.set(sum);
    });
    asm.increase(pointer, columns << shiftOf(matrix.type));
  });
}

/** Pushes the element of the vector at a byte address within it, in all lanes. */
function loadFactor(emitter: DenseEmitter, element: number): void {
  const { asm, matrix, result, splat } = emitter;
  const vector = defined(emitter.vector, 'vector');
  if (vector.type === result.type && matrix.type !== 'i8') {
    asm.get(element);
    const instruction = vector.type === 'f64' ? vectorOpcodes.v128Load64Splat : vectorOpcodes.v128Load32Splat;
    asm.body.simdAccess(instruction, shiftOf(vector.type), vector.offset);
    return;
  }
  asm.get(element);
  loadVectorAt(emitter);
  asm.simd(splat);
}
