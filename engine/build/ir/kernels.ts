/** Kernels: the hot loops that every target has ready-made, with the signals and numbers that each one takes. */
import type { ElementType, Signal } from '../program.ts';
import type { SignalId, Statement } from './types.ts';

export type KernelName = 'copy' | 'gather-spikes' | 'scatter-rows' | 'dense-product' | 'poisson-counts' | 'convolve';

/** A signal that a kernel takes. */
export interface KernelSignal {
  readonly types: readonly ElementType[];
  readonly access: 'read' | 'write';
  /** May be left out. Default false. */
  readonly optional?: boolean;
}

/** What a kernel takes. */
export interface KernelSignature {
  readonly signals: Readonly<Record<string, KernelSignal>>;
  readonly numbers: readonly string[];
}

export type KernelStatement = Extract<Statement, { kind: 'kernel' }>;

const reads = (...types: ElementType[]): KernelSignal => ({ types, access: 'read' });
const writes = (...types: ElementType[]): KernelSignal => ({ types, access: 'write' });
const maybe = (signal: KernelSignal): KernelSignal => ({ ...signal, optional: true });
const anyType: readonly ElementType[] = ['f64', 'f32', 'i32', 'u16', 'i8', 'u8'];

/**
 * All kernels. What they do, element by element and in this order:
 * - `copy`: row step mod `toRows` of `to` becomes row step mod `fromRows` of `from`; rows have `length` elements. `from`
 *   and `to` leave all but these elements of the row as they are.
 * - `gather-spikes`: `list` gets the indices of the non-zero entries of `mask`, ascending; `count` their number. `from` (a
 *   multiple of 16) and `to` look at these cells alone. Of a mask of several `rows`, that of step mod `rows` is taken.
 * - `scatter-rows`: `list` and `count` are rings of `listRows` lists of `listLength`; that of `delay` steps ago is taken
 *   (delay ≤ listRows; a full turn is the row of this step). For each source in it, for each block b of `blocks`,
 *   r = (source·width + offset)·blocks + b, for k from starts[r] to starts[r + 1], cell = b·blockCells + targets[k]:
 *   target[cell] += weight (weights[k], for i8 times `scale` in the precision of the target; the number `weight` without
 *   weights); where `mask` is given and 0 at that cell, dropped[0] += weight instead. A thread may be given `firsts`, read instead of starts[r], and `ends`,
 *   instead of starts[r + 1], and only the blocks from `firstBlock` to `endBlock`.
 * - `dense-product`: result[j] = (accumulate ? result[j] : 0) + Σ vector[i]·W[i, j], i ascending; `transposed`: W is stored
 *   [outputs, inputs]. Weights of i8: (vector[i]·scale)·W. With `list` and `count` instead of `vector`: the sum of the rows
 *   in the list (each times `scale` for i8), in its order. `from` and `to` leave all but these results as they are. With
 *   `members`, vector and result are those of so many members of a batch, one after the other. A compiler may keep W in
 *   panels of `panelColumns` columns, the last of `lastColumns` (0 = none).
 * - `poisson-counts`: counts[i] = Poisson number of stream `key`, step and i, from `columns` columns and a tail of `tailLevels`
 *   thresholds; see `operators/poisson-counts.ts`. `from` (a multiple of 16) and `to` leave all but these cells as they are,
 *   but for the rest of 16 behind the last.
 * - `convolve`: result[o, y, x] = bias[o] + Σ input[c, y·strideY + ky − paddingY, …]·weights[o, c, ky, kx], c, ky, kx ascending,
 *   without the places outside.
 */
export const kernelSignatures: Readonly<Record<KernelName, KernelSignature>> = {
  copy: {
    signals: { from: reads(...anyType), to: writes(...anyType) },
    numbers: ['length', 'fromRows', 'toRows'],
  },
  'gather-spikes': {
    signals: { mask: reads('u8'), list: writes('i32'), count: writes('i32') },
    numbers: ['cells'],
  },
  'scatter-rows': {
    signals: {
      list: reads('i32'),
      count: reads('i32'),
      starts: reads('i32'),
      firsts: maybe(reads('i32')),
      ends: maybe(reads('i32')),
      targets: reads('u16'),
      weights: maybe(reads('f64', 'f32', 'i8')),
      mask: maybe(reads('u8')),
      dropped: maybe(writes('f64', 'f32')),
      target: writes('f64', 'f32'),
    },
    numbers: ['weight', 'scale', 'listRows', 'listLength', 'delay', 'width', 'offset', 'blocks', 'blockCells'],
  },
  'dense-product': {
    signals: {
      vector: maybe(reads('f64', 'f32')),
      list: maybe(reads('i32')),
      count: maybe(reads('i32')),
      matrix: reads('f64', 'f32', 'i8'),
      result: writes('f64', 'f32'),
    },
    numbers: ['inputs', 'outputs', 'transposed', 'accumulate', 'scale'],
  },
  'poisson-counts': {
    signals: { table: reads('i32'), counts: writes('u16') },
    numbers: ['cells', 'key', 'columns', 'tailLevels'],
  },
  convolve: {
    signals: {
      input: reads('f64', 'f32'),
      weights: reads('f64', 'f32'),
      bias: maybe(reads('f64', 'f32')),
      result: writes('f64', 'f32'),
    },
    numbers: [
      ...['inputChannels', 'height', 'width', 'outputChannels', 'kernelHeight', 'kernelWidth'],
      ...['strideY', 'strideX', 'paddingY', 'paddingX'],
    ],
  },
};

/** A kernel statement. */
export function kernel(
  name: KernelName,
  signals: Readonly<Record<string, SignalId>>,
  numbers: Readonly<Record<string, number>>,
): KernelStatement {
  return { kind: 'kernel', kernel: name, signals, numbers };
}

/** What the check of a kernel has to know about its operator. */
export interface KernelScope {
  readonly signals: ReadonlyMap<SignalId, Signal>;
  readonly readable: ReadonlySet<SignalId>;
  readonly writable: ReadonlySet<SignalId>;
  report(message: string): void;
}

/** Reports what a kernel statement lacks, has too much, or may not touch. */
export function checkKernel(statement: KernelStatement, scope: KernelScope): void {
  const signature = kernelSignatures[statement.kernel];
  for (const [name, wanted] of Object.entries(signature.signals)) {
    const id = statement.signals[name];
    if (id !== undefined) checkSignal(`${name} of ${statement.kernel}`, id, wanted, scope);
    else if (wanted.optional !== true) scope.report(`${statement.kernel} lacks the signal ${name}`);
  }
  for (const name of Object.keys(statement.signals)) {
    if (signature.signals[name] === undefined) scope.report(`${statement.kernel} takes no signal ${name}`);
  }
  for (const name of signature.numbers) {
    if (statement.numbers[name] === undefined) scope.report(`${statement.kernel} lacks the number ${name}`);
  }
}

function checkSignal(where: string, id: SignalId, wanted: KernelSignal, scope: KernelScope): void {
  const signal = scope.signals.get(id);
  if (signal === undefined) scope.report(`${where} is the unknown signal ${id}`);
  else if (!wanted.types.includes(signal.type)) scope.report(`${where} cannot be ${id} of type ${signal.type}`);
  const allowed = wanted.access === 'write' ? scope.writable : scope.readable;
  if (!allowed.has(id)) scope.report(`${where} ${wanted.access}s ${id} without declaring it`);
}
