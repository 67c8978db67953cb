/** ValidatedModel → Program: elements expanded, connections laid, operators ordered, probes resolved. */
import { defined } from '../base/assert.ts';
import { problem } from '../base/problem.ts';
import type { Result } from '../base/result.ts';
import { andThen, failed, mapResult, ok } from '../base/result.ts';
import type { ValidatedModel } from '../model/validated.ts';
import type { Assembly, ElementAssembly } from './assembly.ts';
import { connectionName, nameOf } from './assembly.ts';
import { batchOf, learnsAlone, outlineOfBatch } from './batch.ts';
import { createElementBuilder } from './element-builder.ts';
import type { Library } from './library-kind.ts';
import { learnsAtRunStep, letSpikesLeave, pacedOperators } from './paces.ts';
import { resolveProbes } from './probes.ts';
import type { Program, ProgramElement } from './program.ts';
import { layProjections } from './projections.ts';
import { schedule } from './schedule.ts';
import type { SizeTable } from './sizes.ts';
import { connectionsTo, elementKind, resolveSizes } from './sizes.ts';
import { stateVariables } from './state-variables.ts';
import { layWires } from './wires.ts';

/** A program with what the build learnt about its size. */
export interface BuiltProgram {
  readonly program: Program;
  readonly cells: number;
  readonly synapses: number;
}

/** What a program would be without its contents: enough to tell how much memory it takes. */
export interface Outline {
  /** Without operators; contents of signals may be `unmade`. */
  readonly program: Program;
  /** Names of elements and connections for people, by id. */
  readonly names: ReadonlyMap<string, string>;
  /** Most bytes that making one array of an element or connection takes besides it, by id. */
  readonly drafts: ReadonlyMap<string, number>;
}

/** Says whether a program of these sizes may be built. */
export type Admission = (outline: Outline) => Result<unknown>;

/** The sizes of the program of a model, told without making anything that grows with the network. */
export function outlineProgram(model: ValidatedModel, library: Library): Result<Outline> {
  return andThen(assemble(model, library, true), (assembly) =>
    andThen(resolveProbes(assembly), (probes) => {
      const names = new Map(model.elements.map(({ record }) => [record.id, record.name]));
      for (const connection of model.connections) names.set(connection.record.id, connectionName(assembly, connection));
      return ok({ program: outlineOfBatch(toProgram(assembly, [], probes)), names, drafts: assembly.drafts });
    }),
  );
}

export interface BuildOptions {
  /**
   * Numbers that all cells of an element share and that are to be trained, `element/name`: each is a signal,
   * `element/value_name`, even where it is 0, 1 or −1, whose terms and factors otherwise fall away.
   */
  readonly trained?: Iterable<string>;
  /** Cells that could be computed at events only are computed at every step: the same to rounding, and differentiable. */
  readonly everyStep?: boolean;
}

/** Builds the program of a validated model; every Problem names the element it sits at. Warnings of the model stay with the model. */
export function buildProgram(
  model: ValidatedModel,
  library: Library,
  options: BuildOptions = {},
): Result<BuiltProgram> {
  const assembled = assemble(model, library, false, options);
  if (!assembled.ok) return assembled;
  const assembly = assembled.value;
  const ordered = schedule(pacedOperators(assembly, assembly.operators), (id) => nameOf(assembly, id));
  if (!ordered.ok) return ordered;
  const probes = resolveProbes(assembly);
  if (!probes.ok) return probes;
  const program = toProgram(assembly, ordered.value, probes.value);
  const cells = [...assembly.elements.values()].reduce((sum, element) => sum + element.cells, 0);
  return ok({ program, cells, synapses: assembly.synapses }, assembled.problems);
}

/** Elements expanded and connections laid, not yet in order. */
function assemble(
  model: ValidatedModel,
  library: Library,
  outline: boolean,
  { trained = [], everyStep = false }: BuildOptions = {},
): Result<Assembly> {
  return andThen(countSteps(model), (steps) =>
    andThen(resolveSizes(model, library), (sizes) =>
      andThen(batchOf(model, sizes), (batch) => {
        const given = { model, library, steps, batch, sizes, outline, trained: new Set(trained), everyStep };
        const assembly = createAssembly(given);
        return mapResult(
          andThen(expandAll(assembly), () => learnsAlone(assembly)),
          () => assembly,
        );
      }),
    ),
  );
}

function toProgram(assembly: Assembly, operators: Program['operators'], probes: Program['probes']): Program {
  const { model } = assembly;
  return {
    name: model.name,
    ...(assembly.batch === undefined ? {} : { batch: assembly.batch }),
    timeStepSeconds: model.timeStepSeconds,
    steps: assembly.steps,
    seed: model.seed,
    signals: [...assembly.signals.values()],
    operators,
    probes,
    readouts: assembly.readouts,
    ...(assembly.objectives.length === 0 ? {} : { objectives: assembly.objectives }),
    settling: pacedOperators(assembly, assembly.settling),
    states: stateVariables(assembly),
    elements: [...assembly.elements.values()].map(describeElement),
    connections: model.connections.map((connection) => ({
      id: connection.record.id,
      name: connectionName(assembly, connection),
    })),
  };
}

/** Whole steps of the run: duration / time step, rounded when within 1e-4 of a step, else up (as Brian2 counts). */
function countSteps(model: ValidatedModel): Result<number | undefined> {
  if (model.durationSeconds === undefined) return ok(undefined);
  const ratio = model.durationSeconds / model.timeStepSeconds;
  const nearest = Math.round(ratio);
  const steps = Math.abs(ratio - nearest) < 1e-4 ? nearest : Math.ceil(ratio);
  if (steps >= 1 && steps <= Number.MAX_SAFE_INTEGER) return ok(steps);
  const reason =
    steps > 1 ? 'needs more steps than can be counted' : `is not at least one time step of ${model.timeStepSeconds} s`;
  return failed(
    problem('run/duration', `The duration of ${model.durationSeconds} s ${reason}.`, {
      hint: `Set a ${steps > 1 ? 'shorter' : 'longer'} duration, or none for an open-ended run.`,
      at: { path: 'run.duration' },
    }),
  );
}

function createAssembly({
  sizes,
  ...given
}: Pick<Assembly, 'model' | 'library' | 'steps' | 'batch' | 'outline' | 'trained' | 'everyStep'> & {
  readonly sizes: SizeTable;
}): Assembly {
  const { model, library } = given;
  const elements = new Map<string, ElementAssembly>();
  for (const element of model.elements) {
    const { id } = element.record;
    const size = defined(sizes.get(id), `no sizes of ${id}`);
    elements.set(id, {
      element,
      kind: elementKind(library, element),
      outputSizes: size.outputs,
      cells: size.cells,
      members: size.members,
      incoming: connectionsTo(model, id),
      outputs: new Map(),
      states: new Map(),
      receivers: new Map(),
      population: undefined,
      inputPorts: new Set(),
      aheadPorts: new Set(),
    });
  }
  return {
    ...given,
    signals: new Map(),
    drafts: new Map(),
    operators: [],
    settling: [],
    readouts: [],
    objectives: [],
    elements,
    atRunStep: new Set(),
    synapseStates: new Map(),
    synapses: 0,
  };
}

function expandAll(assembly: Assembly): Result<void> {
  const problems = [];
  for (const element of assembly.elements.values()) {
    const expanded = element.kind.expand(createElementBuilder(assembly, element));
    if (!expanded.ok) return expanded;
    problems.push(...expanded.problems);
  }
  const learning = learnsAtRunStep(assembly);
  if (!learning.ok) return learning;
  for (const element of assembly.elements.values()) letSpikesLeave(assembly, element);
  for (const element of assembly.elements.values()) {
    layWires(assembly, element);
    const laid = layProjections(assembly, element);
    if (!laid.ok) return laid;
    problems.push(...laid.problems);
  }
  return ok(undefined, problems);
}

function describeElement(assembly: ElementAssembly): ProgramElement {
  const { record, kind, pace } = assembly.element;
  const [port, spikes] = [...assembly.outputs].find(([, output]) => output.type === 'spikes') ?? [];
  const counted = port ?? kind.outputs[0]?.name;
  const size = counted === undefined ? assembly.cells : (assembly.outputSizes[counted] ?? 0);
  return {
    id: record.id,
    name: record.name,
    kind: kind.id,
    size,
    spikes: spikes?.signal,
    ...(pace === undefined ? {} : { pace }),
  };
}
