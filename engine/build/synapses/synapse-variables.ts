/** What synapses hold: variables of their equations, parameters, weights, and the cells at their ends. */
import type { Definition, ValueType } from '../../equations/model-equations.ts';
import type { SignalId } from '../ir/types.ts';
import { defined } from '../../base/assert.ts';
import { unitOfDimension } from '../../units/dimension.ts';
import { partsOf, type LaidTable } from '../population/timed-table.ts';
import { unmade } from '../library-kind.ts';
import type { CheckedSynapses } from './check-synapses.ts';
import type { Side, SynapseDefinition, SynapseSite } from './definition.ts';
import type { SynapseContext, SynapseVariable } from './synapse-scope.ts';

/** Adds the signals of all variables; a number that all synapses share and nobody writes needs none. */
export function createContext(
  site: SynapseSite,
  definition: SynapseDefinition,
  checked: CheckedSynapses,
): SynapseContext {
  const variables = new Map<string, SynapseVariable>();
  const fixed = new Map<string, number>();
  const written = writtenNames(checked);
  const add = (request: VariableRequest): void => {
    const { name, given } = request;
    const free = !written.has(name) && !site.probes(name);
    if (typeof given === 'number' && free && request.type === 'float') fixed.set(name, given);
    else variables.set(name, addVariable(site, definition, request, written.has(name)));
  };
  for (const entry of checked.parameters) add(requestOf(definition, entry));
  const { weight } = definition;
  const declared = checked.parameters.some((entry) => entry.name === weight?.name);
  if (weight !== undefined && !declared) add({ ...plain, name: weight.name, given: weight.values });
  const kept = [...checked.states, ...checked.held.map((held) => held.definition)];
  for (const entry of kept)
    variables.set(entry.name, addVariable(site, definition, requestOf(definition, entry), true));
  const lastUpdate =
    checked.eventDriven.equations.length === 0
      ? undefined
      : site.signal({ name: 'lastupdate', shape: lengthOf(definition), initial: 0, role: 'state', unit: 's' });
  const { constants } = checked;
  const tables = layTables(site, definition, checked.tables);
  return { site, definition, constants, variables, fixed, tables, lastUpdate, cellsAt: endLookup(site, definition) };
}

/** The tables over time as constant signals. */
function layTables(
  site: SynapseSite,
  { tables }: SynapseDefinition,
  checked: CheckedSynapses['tables'],
): ReadonlyMap<string, LaidTable> {
  const laid = [...checked.values()].map(({ name, intervalSeconds, dimension }) => {
    const { shape, values } = defined(tables?.values[name], `values of ${name}`);
    const [rows = 1, columns] = shape;
    const signal = site.signal({
      name: `table_${name}`,
      shape: [values.length],
      initial: site.outline ? unmade : values,
      role: 'constant',
      unit: unitOfDimension(dimension),
    });
    const parts = partsOf(intervalSeconds, site.timeStepSeconds);
    return [name, { signal, rows, columns, parts, interval: intervalSeconds }] as const;
  });
  return new Map(laid);
}

const plain = { type: 'float', shared: false, unit: '1' } as const;

interface VariableRequest {
  readonly name: string;
  readonly type: ValueType;
  readonly shared: boolean;
  readonly unit: string;
  readonly given: number | Float64Array;
}

function requestOf(definition: SynapseDefinition, entry: Definition): VariableRequest {
  const { name, type, flags, unitText } = entry;
  const weight = definition.weight?.name === name ? definition.weight.values : undefined;
  const given = definition.initial.get(name) ?? weight ?? 0;
  return { name, type, shared: flags.includes('shared'), unit: unitText, given };
}

/** Names that any statement writes. */
function writtenNames(checked: CheckedSynapses): ReadonlySet<string> {
  const blocks = [...checked.pathways, ...checked.regular];
  return new Set(blocks.flatMap(({ statements }) => statements.map(({ target }) => target)));
}

const storage = { float: 'f64', integer: 'i32', boolean: 'u8' } as const;

function addVariable(
  site: SynapseSite,
  definition: SynapseDefinition,
  { name, type, shared, unit, given }: VariableRequest,
  changes: boolean,
): SynapseVariable {
  const signal = site.signal({
    name,
    shape: shared ? [1] : lengthOf(definition),
    initial: typeof given === 'number' ? given : contents(site, given, storage[type]),
    role: changes ? 'state' : 'constant',
    type: storage[type],
    unit,
  });
  return { signal, type, shared };
}

function contents(site: SynapseSite, values: Float64Array, type: 'f64' | 'i32' | 'u8') {
  if (site.outline) return unmade;
  if (values.length === 0) return 0;
  if (type === 'f64') return values;
  return type === 'i32' ? Int32Array.from(values) : Uint8Array.from(values);
}

function lengthOf({ count }: SynapseDefinition): number[] {
  return [Math.max(1, count)];
}

/** Vectors of the cells at the ends, counted in their populations, made when first asked for. */
function endLookup(site: SynapseSite, definition: SynapseDefinition): (side: Side) => SignalId {
  const made = new Map<Side, SignalId>();
  return (side) => {
    const known = made.get(side);
    if (known !== undefined) return known;
    const signal = addEnds(site, definition, side);
    made.set(side, signal);
    return signal;
  };
}

function addEnds(site: SynapseSite, definition: SynapseDefinition, side: Side): SignalId {
  const { first } = side === 'pre' ? definition.source : definition.target;
  const cells = side === 'pre' ? definition.sources : definition.targets;
  const absolute = first === 0 ? cells : cells.map((cell) => cell + first);
  return site.signal({
    name: side === 'pre' ? 'sources' : 'targets',
    shape: lengthOf(definition),
    initial: site.outline ? unmade : definition.count === 0 ? 0 : absolute,
    role: 'constant',
    type: 'i32',
  });
}
