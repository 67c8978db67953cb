/** Matrices with rows and columns exchanged, for products that go back through constants: their rows are read as they lie. */
import { defined } from '../../base/assert.ts';
import type { Program, Signal, SignalId } from '../../build/program.ts';
import { writtenBy } from './signal-flow.ts';

export interface TurnedMatrices {
  /** A matrix [inputs, outputs] that nothing writes, as [outputs, inputs]; undefined where something does. */
  turnedOf(matrix: SignalId, inputs: number, outputs: number): SignalId | undefined;
  /** What was asked for. */
  signals(): readonly Signal[];
  /** Ids of the turned matrices by those of the constants. */
  ids(): ReadonlyMap<SignalId, SignalId>;
}

export function createTurnedMatrices(program: Program): TurnedMatrices {
  const turned = new Map<SignalId, Signal>();
  const written = new Set(program.operators.flatMap(writtenBy));
  return {
    turnedOf(matrix, inputs, outputs) {
      if (written.has(matrix)) return undefined;
      const id = `turned/${matrix}`;
      const signal = defined(
        program.signals.find((candidate) => candidate.id === matrix),
        `signal ${matrix}`,
      );
      turned.set(matrix, { ...signal, id, name: id, shape: [outputs, inputs], initial: 0, role: 'constant' });
      return id;
    },
    signals: () => [...turned.values()],
    ids: () => new Map([...turned].map(([matrix, { id }]) => [matrix, id])),
  };
}
