/** Lays a connection that has a synapse model: both ends, its synapses in order, its signals and operators. */
import { hash32 } from '../../base/hash.ts';
import { streamKey } from '../../base/random.ts';
import { expectOk, type Result } from '../../base/result.ts';
import type { ValidatedConnection } from '../../model/validated.ts';
import { name } from '../../equations/make-tree.ts';
import { parseExpression } from '../../equations/parser.ts';
import { substitute } from '../../equations/substitute.ts';
import { noSpan, type StatementTree } from '../../equations/tree.ts';
import { dimensionless, dimensionOf, type Dimension } from '../../units/dimension.ts';
import {
  addSignal,
  delayStepSeconds,
  elementAssembly,
  noteDraft,
  sourceSize,
  type Assembly,
  type ElementAssembly,
} from '../assembly.ts';
import { defined } from '../../base/assert.ts';
import type { SignalId } from '../ir/types.ts';
import { unmade, type SynapseLists } from '../library-kind.ts';
import { spikeListOf } from '../operators/spike-list.ts';
import type { PopulationAccess, PopulationVariable } from '../population/access.ts';
import type { SynapseDefinition, SynapseEnd, SynapsePathway, SynapseSite } from './definition.ts';
import { expandSynapses, type SynapseSignals } from './expand-synapses.ts';
import type { CellSlice, ModelPathway, SynapseModel } from './synapse-model.ts';

/** What making a synapse takes besides it: pairs, their order, the draft of a variable. */
const draftBytesPerSynapse = 32;

/** The synapses a connector made; in an outline only how many there may be. */
export interface MadeSynapses {
  readonly count: number;
  readonly lists: SynapseLists | undefined;
}

/** Adds the synapses of a connection to the assembly. */
export function laySynapses(
  assembly: Assembly,
  connection: ValidatedConnection,
  model: SynapseModel,
  made: MadeSynapses,
): Result<SynapseSignals> {
  const { to, id } = connection.record;
  const timeStepSeconds = delayStepSeconds(assembly, connection);
  const source = endOf(sourceAccess(assembly, connection), model.sourceSlice);
  const effect = portEffect(elementAssembly(assembly, to.element), to.port, model.weight);
  const target = endOf(effect.access, model.targetSlice);
  const lists = made.lists === undefined || model.asListed === true ? made.lists : bySource(made.lists, source.cells);
  const definition: SynapseDefinition = {
    ...model,
    name: model.name ?? id,
    weight: { name: weightName, dimension: model.weight, values: weightsOf(assembly, lists) },
    source,
    target,
    count: made.count,
    sources: lists?.sources ?? new Int32Array(),
    targets: lists?.targets ?? new Int32Array(),
    pathways: model.pathways.map((pathway) => pathwayOf(pathway, timeStepSeconds, effect.statements)),
  };
  noteDraft(assembly, id, made.count * draftBytesPerSynapse);
  assembly.synapses += made.count;
  return expandSynapses(siteOf(assembly, id, timeStepSeconds), definition);
}

function endOf(access: PopulationAccess, slice: CellSlice | undefined): SynapseEnd {
  return { access, first: slice?.first ?? 0, cells: slice?.cells ?? access.cells, sliced: slice !== undefined };
}

/** The cells a connection starts from; the events of `spike` are those of its output port, where that spikes. */
function sourceAccess(assembly: Assembly, connection: ValidatedConnection): PopulationAccess {
  const { element, port } = connection.record.from;
  const source = elementAssembly(assembly, element);
  const output = source.outputs.get(port);
  const spikes = output?.type === 'spikes' ? (output.own ?? output.signal) : source.population?.spikes;
  if (source.population !== undefined) return { ...withRefractory(source, source.population), spikes };
  return { ...nothing, cells: sourceSize(assembly, connection), spikes };
}

/** With what the refractory rule keeps of every cell, to be read only. */
function withRefractory(element: ElementAssembly, access: PopulationAccess): PopulationAccess {
  const kept = [...refractoryNames].flatMap(([name, kind]) => {
    const signal = element.states.get(name);
    return signal === undefined || access.variables.has(name)
      ? []
      : [[name, { ...kind, signal, shared: false, held: false, writable: false }] as const];
  });
  return kept.length === 0 ? access : { ...access, variables: new Map([...access.variables, ...kept]) };
}

const refractoryNames: ReadonlyMap<string, Pick<PopulationVariable, 'type' | 'dimension'>> = new Map([
  ['not_refractory', { type: 'boolean', dimension: dimensionless }],
  ['lastspike', { type: 'float', dimension: dimensionOf({ s: 1 }) }],
]);

/** Name by which synapses know their weight. */
const weightName = 'w';

/** The cells of a target with what a spike of weight `w` at the port does to them. */
interface PortEffect {
  readonly access: PopulationAccess;
  readonly statements: readonly StatementTree[];
}

/** The handler of the port, or the sum that receives its weights, under a name that nobody can write. */
function portEffect(target: ElementAssembly, port: string, weight: Dimension): PortEffect {
  const access =
    target.population === undefined
      ? { ...nothing, cells: target.cells, spikes: spikesOf(target) }
      : withRefractory(target, target.population);
  const handler = access.handlers.get(port);
  if (handler !== undefined) return { access, statements: handler };
  const sum = target.receivers.get(port)?.events;
  if (sum === undefined) return { access, statements: [] };
  const received = {
    signal: sum,
    type: 'float',
    dimension: weight,
    shared: false,
    held: false,
    writable: true,
  } as const;
  return {
    access: { ...access, variables: new Map([...access.variables, ['_received', received]]) },
    statements: [
      { target: '_received_post', targetSpan: noSpan, operator: '+=', expression: name(weightName), span: noSpan },
    ],
  };
}

const nothing = {
  variables: new Map(),
  subexpressions: new Map(),
  spikes: undefined,
  events: new Map(),
  notRefractory: undefined,
  handlers: new Map(),
} as const;

/** With delays in whole steps (delay / time step rounded to the nearest, halves up) and the effect of the port. */
function pathwayOf(
  { delaySeconds = 0, delivers, ...pathway }: ModelPathway,
  timeStepSeconds: number,
  effect: readonly StatementTree[],
): SynapsePathway {
  const steps = (delay: number): number => Math.trunc(delay / timeStepSeconds + 0.5);
  const delaySteps = typeof delaySeconds === 'number' ? steps(delaySeconds) : Int32Array.from(delaySeconds, steps);
  return { ...pathway, delaySteps, before: delivers === undefined ? [] : effectOf(effect, delivers) };
}

function spikesOf({ outputs }: ElementAssembly): SignalId | undefined {
  const output = [...outputs.values()].find(({ type }) => type === 'spikes');
  return output?.own ?? output?.signal;
}

/** The effect of the port for a weight that is an expression; it comes from the library, so it can be read. */
function effectOf(effect: readonly StatementTree[], weight: string): readonly StatementTree[] {
  const value = expectOk(parseExpression(weight));
  const weighted = (text: string) => (text === weightName ? value : undefined);
  return effect.map((statement) => ({ ...statement, expression: substitute(statement.expression, weighted) }));
}

/** One number where all weights agree. */
function weightsOf({ outline }: Assembly, lists: SynapseLists | undefined): number | Float64Array {
  const weights = lists?.weights ?? unmade;
  const first = weights[0] ?? 0;
  return !outline && weights.every((weight) => weight === first) ? first : weights;
}

/** The lists sorted by source; synapses of one source keep their order. */
function bySource(lists: SynapseLists, cells: number): SynapseLists {
  const { sources, targets, weights } = lists;
  if (sources.every((source, place) => place === 0 || source >= (sources[place - 1] as number))) return lists;
  const next = new Int32Array(cells + 1);
  for (const source of sources) next[source + 1] = (next[source + 1] as number) + 1;
  for (let cell = 1; cell <= cells; cell += 1) next[cell] = (next[cell] as number) + (next[cell - 1] as number);
  const sorted = {
    sources: new Int32Array(sources.length),
    targets: new Int32Array(sources.length),
    weights: new Float64Array(weights.length),
  };
  sources.forEach((source, synapse) => {
    const place = next[source] as number;
    next[source] = place + 1;
    sorted.sources[place] = source;
    sorted.targets[place] = targets[synapse] as number;
    sorted.weights[place] = weights[synapse] as number;
  });
  return sorted;
}

function synapseStates({ synapseStates: all }: Assembly, connection: string): Map<string, SignalId> {
  const states = all.get(connection) ?? new Map<string, SignalId>();
  all.set(connection, states);
  return states;
}

function siteOf(assembly: Assembly, id: string, timeStepSeconds: number): SynapseSite {
  const { seed } = assembly.model;
  return {
    id,
    timeStepSeconds,
    outline: assembly.outline,
    signal: ({ name: own, shape, initial, role, type = 'f64', unit = '1' }) =>
      addSignal(assembly, { id: `${id}/${own}`, element: id, name: own, shape, initial, role, type, unit }),
    operator: ({ name: own, slot = 'groups', reads = [], sets = [], adds = [], updates = [], ...rest }) =>
      void assembly.operators.push({
        ...rest,
        id: `${id}/${own}`,
        element: id,
        slot,
        reads,
        sets,
        adds,
        updates,
        readsUpdated: [],
      }),
    spikeList: (mask, cells) => spikeListOf(assembly, mask, id, cells),
    roleOf: (signal) => defined(assembly.signals.get(signal), `signal ${signal}`).role,
    probes: (target) => assembly.model.probes.some((probe) => probe.element === id && probe.target === target),
    state: (target, signal) => void synapseStates(assembly, id).set(target, signal),
    stream: (purpose) => streamKey(seed, hash32(`${id}/${purpose}`)),
  };
}
