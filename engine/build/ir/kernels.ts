/** Kernels: the hot loops that every target has ready-made, with the signals and numbers that each one takes. */
import type { ElementType, Signal } from '../program.ts';
import type { SignalId, Statement } from './types.ts';

export type KernelName = 'copy' | 'gather-spikes';

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
const anyType: readonly ElementType[] = ['f64', 'f32', 'i32', 'u16', 'i8', 'u8'];

/**
 * All kernels. What they do, element by element and in this order:
 * - `copy`: row step mod `toRows` of `to` becomes row step mod `fromRows` of `from`; rows have `length` elements.
 * - `gather-spikes`: `list` gets the indices of the non-zero entries of `mask`, ascending; `count` their number.
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
