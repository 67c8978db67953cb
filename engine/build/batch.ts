/** The batch of a network: stimuli say for how many members they have an input each, and all that say so have to agree. */
import { problem } from '../base/problem.ts';
import { failed, ok, type Result } from '../base/result.ts';
import type { ValidatedModel } from '../model/validated.ts';
import { nameOf, type Assembly } from './assembly.ts';
import type { Batch, Program, ProgramProbe, Signal } from './program.ts';
import type { SizeTable } from './sizes.ts';

/** Name of the parameter of stimuli that holds the size. */
const parameter = 'members';

/** The batch that the stimuli ask for; undefined where every one has one member. Sizes of 1 go with any other. */
export function batchOf({ elements }: ValidatedModel, sizes: SizeTable): Result<Batch | undefined> {
  const membersOf = (id: string): number => sizes.get(id)?.members ?? 1;
  const several = elements.map(({ record }) => record).filter(({ id }) => membersOf(id) > 1);
  const [first] = several;
  if (first === undefined) return ok(undefined);
  const members = membersOf(first.id);
  const other = several.find(({ id }) => membersOf(id) !== members);
  if (other === undefined) {
    const alike = elements.filter(({ record, kind }) => kind.family === 'stimuli' && membersOf(record.id) === 1);
    return ok({ members, alike: new Set(alike.map(({ record }) => record.id)) });
  }
  const message = `"${other.name}" has a batch size of ${membersOf(other.id)}, but "${first.name}" one of ${members}.`;
  return failed(
    problem('model/parameter-range', message, {
      hint: `Set it to ${members}, or to 1, which gives all ${members} members the same.`,
      at: { element: other.id, path: `parameters.${parameter}` },
    }),
  );
}

/** Refuses batches of networks with a readout that is trained while the network runs. */
export function learnsAlone(assembly: Assembly): Result<void> {
  const { batch, readouts, elements } = assembly;
  const [readout] = readouts;
  if (batch === undefined || readout === undefined) return ok(undefined);
  const stimulus = [...elements.values()].find(({ members }) => members > 1)?.element.record;
  const message = `"${stimulus?.name ?? ''}" has a batch size of ${batch.members}, but "${nameOf(assembly, readout.element)}" learns while the network runs, which it can do for one member only.`;
  return failed(
    problem('model/parameter-range', message, {
      hint: 'Set the batch size to 1, or remove the readout and train on what a run recorded.',
      at: { element: stimulus?.id ?? readout.element, path: `parameters.${parameter}` },
    }),
  );
}

/** The outline of a program as it will be run: what each member has for itself is as many times as large. */
export function outlineOfBatch(program: Program): Program {
  const { batch, signals, probes } = program;
  if (batch === undefined) return program;
  const { members } = batch;
  const lengths = new Map(signals.map(({ id, shape }) => [id, lengthOf(shape)]));
  const places = (probe: ProgramProbe): readonly number[] | null => {
    const length = lengths.get(probe.signal) ?? 0;
    return (
      probe.cells?.flatMap((cell) => Array.from({ length: members }, (_, member) => member * length + cell)) ?? null
    );
  };
  return {
    ...program,
    members,
    signals: signals.map((signal) => (isOfMember(signal) ? { ...signal, shape: [members, ...signal.shape] } : signal)),
    probes: probes.map((probe) => ({ ...probe, cells: places(probe) })),
  };
}

/** Numbers of cells may come to lie beside the cells of all members; what is in rows is shared. */
function isOfMember({ role, shape, ofMembers }: Signal): boolean {
  return role !== 'constant' || ofMembers !== undefined || shape.length < 2;
}

function lengthOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}
