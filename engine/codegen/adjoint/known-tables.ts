/** What is known of the whole numbers that constants hold: which synapses belong to which cells. */
import { emptyContents, lengthOf } from '../layout.ts';
import { isWritten, setContents } from '../../base/written.ts';
import type { Program, Signal, SignalContents, SignalId } from '../../build/program.ts';
import type { KnownTables } from './cell-rules.ts';
import { writtenBy } from './signal-flow.ts';

/** Looks at the contents of constants of a program when it is asked. */
export function knownTables({ signals, operators }: Program): KnownTables {
  const written = new Set(operators.flatMap(writtenBy));
  const constants = new Map(
    signals.filter(({ id, role }) => role === 'constant' && !written.has(id)).map((signal) => [signal.id, signal]),
  );
  const answer = (holds: (values: SignalContents) => boolean): ((id: SignalId) => boolean) => {
    const known = new Map<SignalId, boolean>();
    return (id) => {
      const signal = constants.get(id);
      const found = known.get(id) ?? (signal !== undefined && holds(contentsOf(signal)));
      known.set(id, found);
      return found;
    };
  };
  return {
    isDistinct: answer((values) => new Set<number>(values).size === values.length),
    isAscending: answer((values) =>
      values.every((value, place) => place === 0 || value >= (values[place - 1] as number)),
    ),
  };
}

function contentsOf({ type, shape, initial }: Signal): SignalContents {
  if (typeof initial === 'object' && !isWritten(initial)) return initial;
  const values = emptyContents(type, lengthOf(shape));
  setContents(values, initial);
  return values;
}
