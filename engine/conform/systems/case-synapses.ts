/** Synapses of a reference network: lists, slices and models as connections of a model. */
import { defined } from '../../base/assert.ts';
import { ok } from '../../base/result.ts';
import { afterSlot, beforeSlot } from '../../build/population/equation-expansion.ts';
import type { ConnectorKind, SynapseLists } from '../../build/library-kind.ts';
import type { Slot } from '../../build/program.ts';
import type { RegularStatements, SynapseTables } from '../../build/synapses/definition.ts';
import type { CellSlice, ModelPathway, SynapseModel } from '../../build/synapses/synapse-model.ts';
import type { ValidatedConnection } from '../../model/validated.ts';
import { BadCase, numberOf, recordOf } from '../case-access.ts';
import type { CaseRecord, CaseValue } from '../reference-case.ts';
import { isRecord } from '../reference-case.ts';
import {
  constantsText,
  methodId,
  optionalRecord,
  regularCases,
  text,
  valuesOf,
  wholeNumbers,
} from './equation-cases.ts';

/** A synapses object of a case. */
export interface CaseSynapses {
  readonly connection: ValidatedConnection;
  readonly lists: SynapseLists;
  readonly model: SynapseModel;
}

/** The connector of all synapses of a case; `find` gives those of a connection. */
export function caseConnector(find: (connection: string) => CaseSynapses): ConnectorKind {
  return {
    id: 'conform/synapses',
    family: 'connectors',
    title: 'Synapses of a case',
    summary: 'Synapses as they are listed.',
    keywords: [],
    parameters: [],
    inputs: [],
    outputs: [],
    states: [],
    equations: [],
    source: 'catalogue of equations',
    connect: ({ connection }) => ok(find(connection.id).lists),
    mostSynapses: ({ connection }) => find(connection.id).lists.sources.length,
    hasSynapseModel: () => true,
    synapses: ({ connection }) => ok(find(connection.id).model),
  };
}

/** Reads one entry of `synapses`; `connector` is the kind of its connection. */
export function readSynapses(
  given: CaseRecord,
  constants: CaseRecord,
  connector: ConnectorKind,
  tables: SynapseTables,
): CaseSynapses {
  const name = text(given['name'] ?? 'synapses');
  const sources = wholeNumbers(given['i'], `i of ${name}`);
  const targets = wholeNumbers(given['j'], `j of ${name}`);
  const [from, sourceSlice] = readEnd(given['from']);
  const [to, targetSlice] = readEnd(given['to']);
  const pathways = readPathways(given);
  const model: SynapseModel = {
    name,
    model: text(given['model']),
    method: methodId(given['method']),
    constants: constantsText({ ...constants, ...optionalRecord(given['constants']) }),
    weight: [0, 0, 0, 0, 0, 0, 0],
    asListed: true,
    tables,
    pathways,
    regular: readRegular(given['run_regularly']),
    initial: new Map([...initialOf(given['initial']), ...initialOf(given['parameters'])]),
    ...(sourceSlice === undefined ? {} : { sourceSlice }),
    ...(targetSlice === undefined ? {} : { targetSlice }),
  };
  const record = {
    id: name,
    kind: connector.id,
    from: { element: from, port: 'spikes' },
    to: { element: to, port: 'synapses' },
    parameters: {},
  };
  // The populations look at these texts for what of them is written.
  const texts = [model.model, ...pathways.map(({ code }) => code), ...(model.regular ?? []).map(({ code }) => code)];
  const parameters = Object.fromEntries(texts.map((code, index) => [`text_${index}`, code]));
  return {
    connection: { record, kind: connector, parameters },
    lists: { sources, targets, weights: new Float64Array(sources.length) },
    model,
  };
}

/** The name of a population, or a slice of it. */
function readEnd(value: CaseValue | undefined): readonly [string, CellSlice | undefined] {
  if (typeof value === 'string') return [value, undefined];
  const slice = recordOf(value, 'an end of synapses');
  const first = numberOf(slice['start'], 'start');
  return [text(slice['population']), { first, cells: numberOf(slice['stop'], 'stop') - first }];
}

function initialOf(value: CaseValue | undefined): readonly (readonly [string, number | Float64Array])[] {
  return Object.entries(valuesOf(optionalRecord(value))).map(([name, found]) => [
    name,
    typeof found === 'number' ? found : found.values,
  ]);
}

function readPathways(given: CaseRecord): readonly ModelPathway[] {
  const sides = ['pre', 'post'] as const;
  return sides.flatMap((side) => {
    const code = given[`on_${side}`];
    const named = isRecord(code) ? Object.entries(code) : typeof code === 'string' ? [[side, { code }] as const] : [];
    return named.map(([name, entry]) =>
      readPathway(given, side, name, typeof entry === 'string' ? { code: entry } : recordOf(entry, name)),
    );
  });
}

function readPathway(given: CaseRecord, side: 'pre' | 'post', name: string, entry: CaseRecord): ModelPathway {
  const delay = entry['delay'] ?? delayOf(given['delay'], name);
  const event = optionalRecord(given['on_event'])[name];
  return {
    name,
    side,
    code: text(entry['code']),
    path: `parameters.on_${side}`,
    ...(delay === undefined ? {} : { delaySeconds: secondsOf(delay, name) }),
    ...(typeof entry['order'] === 'number' ? { order: entry['order'] } : {}),
    ...(typeof event === 'string' ? { event } : {}),
  };
}

/** A delay of the whole object belongs to the pathway `pre`, unless it names its pathways. */
function delayOf(delay: CaseValue | undefined, pathway: string): CaseValue | undefined {
  if (isRecord(delay)) return delay[pathway];
  return pathway === 'pre' ? delay : undefined;
}

function secondsOf(value: CaseValue, pathway: string): number | Float64Array {
  const found = defined(valuesOf({ [pathway]: value })[pathway], 'a delay');
  return typeof found === 'number' ? found : found.values;
}

function readRegular(value: CaseValue | undefined): readonly RegularStatements[] {
  return regularCases(value).map(({ code, everySeconds, when, order }) => ({
    code,
    path: 'parameters.every_step',
    everySeconds,
    ...placeOf(when, order),
  }));
}

/** Slot and order of a moment: `before_` and `after_` stand before and after all orders of the slot. */
export function placeOf(when: string, order: number): { readonly slot: Slot; readonly order: number } {
  const [, side, name] = /^(?:(before|after)_)?(\w+)$/u.exec(when) ?? [];
  const slot = (['start', 'groups', 'thresholds', 'synapses', 'resets', 'end'] as const).find((each) => each === name);
  if (slot === undefined) throw new BadCase(`${when} is no slot`);
  const shift = side === 'before' ? beforeSlot : side === 'after' ? afterSlot : 0;
  return { slot, order: order + shift };
}
