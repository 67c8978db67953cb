/** Signals that threads need besides those of the program. */
import type { ElementType, Signal, SignalId } from '../../build/program.ts';

/** A signal that no run has to remember. */
export function threadSignal(id: SignalId, type: ElementType, length: number): Signal {
  return { id, element: '', name: id, type, shape: [length], initial: 0, unit: '1', role: 'transient' };
}
