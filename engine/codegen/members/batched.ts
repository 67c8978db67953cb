/**
 * A program for a batch: what each member has for itself lies side by side, [members, …]; weights and other constants are
 * shared. Every member computes the very bits of a run of its own.
 */
import { assert } from '../../base/assert.ts';
import { keptIfShort, setContents, writtenTo, type NumericContents, type Written } from '../../base/written.ts';
import type { Program, ProgramProbe, Signal } from '../../build/program.ts';
import { emptyContents } from '../layout.ts';
import { operatorOverMembers } from './member-operators.ts';
import { memberSignals, type MemberChoice, type MemberSignals } from './which-signals.ts';

/**
 * The program for so many members. Probes record the rows of all members one after the other: channel m·n + c is channel c
 * of member m. Initial contents are the same for all but where a signal says otherwise. Readouts that learn during the run are not for batches.
 */
export function batched(program: Program, choice: MemberChoice): Program {
  const { members } = choice;
  if (members === 1) return program;
  assert(program.readouts.length === 0 && program.members === undefined, 'a program of one member without readouts');
  const recorded = program.probes.map(({ signal }) => signal);
  const signals = memberSignals(program, { ...choice, own: [...(choice.own ?? []), ...recorded] });
  return {
    ...program,
    members,
    signals: program.signals.map((signal) => (signals.isOwn(signal.id) ? sideBySide(signal, signals) : signal)),
    operators: program.operators.map((operator) => operatorOverMembers(operator, signals)),
    probes: program.probes.map((probe) => ofAllMembers(probe, signals)),
    ...(program.settling === undefined
      ? {}
      : { settling: program.settling.map((operator) => operatorOverMembers(operator, signals)) }),
  };
}

/** A signal with the contents of every member, one after the other. */
function sideBySide(signal: Signal, { members, lengthOf }: MemberSignals): Signal {
  const { ring: _, turning, ...others } = signal;
  const base = turning === undefined ? others : { ...others, turning: turning + 1 };
  const length = lengthOf(signal.id);
  const { initial, ofMembers } = signal;
  if (ofMembers?.length === members * length) return { ...base, shape: [members, ...signal.shape], initial: ofMembers };
  const contents = typeof initial === 'number' ? initial : repeated(initial, length, members);
  return { ...base, shape: [members, ...signal.shape], initial: contentsOf(signal, contents) };
}

/** Only constants may be made where they are wanted: states are written again when a run begins anew. */
function contentsOf({ role, type }: Signal, contents: Written | number): Signal['initial'] {
  if (typeof contents === 'number') return contents;
  const room = (length: number): NumericContents => emptyContents(type, length);
  return role === 'constant' ? keptIfShort(contents, room) : writtenTo(room(contents.length), contents);
}

function repeated(contents: NumericContents | Written, length: number, members: number): Written {
  return {
    length: members * length,
    write(into) {
      setContents(into.subarray(0, length), contents);
      for (let member = 1; member < members; member += 1) into.copyWithin(member * length, 0, length);
    },
  };
}

function ofAllMembers(probe: ProgramProbe, { members, lengthOf }: MemberSignals): ProgramProbe {
  const { cells } = probe;
  if (cells === null) return probe;
  const length = lengthOf(probe.signal);
  const places = Array.from({ length: members }, (_, member) => cells.map((cell) => member * length + cell));
  return { ...probe, cells: places.flat() };
}
