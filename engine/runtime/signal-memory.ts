/** The signals of a run as typed arrays over its memory. */
import { defined } from '../base/assert.ts';
import { isWritten, setContents } from '../base/written.ts';
import type { SignalId } from '../build/program.ts';
import type { CompiledProgram } from '../codegen/compiled.ts';
import type { SignalView } from '../codegen/layout.ts';
import { viewOf } from '../codegen/layout.ts';

export interface SignalMemory {
  /** The signal itself, not a copy. */
  view(id: SignalId): SignalView;
  /** A copy of the contents, in the order of the program that was built. */
  read(id: SignalId): SignalView;
  write(id: SignalId, values: ArrayLike<number>): void;
  /** Number of elements. */
  lengthOf(id: SignalId): number;
  readNumber(id: SignalId): number;
  writeNumber(id: SignalId, value: number): void;
  /** Writes the initial contents of every signal; into `fresh` memory, which is all zeros, only those that are not zero. */
  initialise(fresh?: 'fresh'): void;
}

/** Views over `memory`, which has to be at least as large as the layout says. */
export function createSignalMemory(compiled: CompiledProgram, memory: WebAssembly.Memory): SignalMemory {
  const views = new Map<SignalId, SignalView>();
  for (const id of compiled.layout.places.keys()) views.set(id, viewOf(compiled.layout, memory, id));
  const view = (id: SignalId): SignalView => defined(views.get(id), `signal ${id}`);
  const packed = (id: SignalId) => compiled.packed.get(id);
  return {
    view,
    read(id) {
      const matrix = packed(id);
      return matrix === undefined ? view(id).slice() : matrix.unpack(view(matrix.signal.id));
    },
    write(id, values) {
      const matrix = packed(id);
      if (matrix === undefined) view(id).set(values);
      else matrix.pack(view(matrix.signal.id), values);
    },
    lengthOf: (id) => view(packed(id)?.signal.id ?? id).length,
    readNumber: (id) => view(id)[0] ?? 0,
    writeNumber: (id, value) => {
      view(id)[0] = value;
    },
    initialise(fresh) {
      for (const signal of compiled.program.signals) {
        const contents = view(signal.id);
        if (fresh !== undefined && Object.is(signal.initial, 0)) continue;
        // What is written are constants: they still stand where memory is not fresh, and are long in the making.
        if (fresh === undefined && typeof signal.initial === 'object' && isWritten(signal.initial)) continue;
        setContents(contents, signal.initial);
      }
    },
  };
}

/** Writes what one member of a batch has of a signal, or all of it; contents of one member go to all where none is named. */
export function writeMembers(signals: SignalMemory, id: SignalId, values: ArrayLike<number>, member?: number): void {
  if (member !== undefined) return signals.view(id).set(values, member * values.length);
  if (values.length === signals.lengthOf(id)) return signals.write(id, values);
  const all = signals.view(id);
  for (let first = 0; first < all.length; first += values.length) all.set(values, first);
}
