/** Look of a wire: what its line, its end and its label tell about the connection. */
import type { ConnectionRecord, SpikeloomDocument } from '../../engine/model/document.ts';
import { connectionKindOf } from '../../engine/model/connection-kind.ts';
import { kindOf, type KindCatalogue, type KindDescriptor } from '../../engine/model/kind.ts';
import type { ParameterValue } from '../../engine/model/value.ts';
import { toSi } from '../../engine/units/convert.ts';
import { formatQuantity, significant } from '../../engine/units/format-quantity.ts';

export interface WireLook {
  /** Pixels: grows with the logarithm of the total weight. */
  readonly thickness: number;
  /** Negative weights, or a port of that name: ends in a dot and takes the inhibitory colour. */
  readonly inhibitory: boolean;
  readonly delayed: boolean;
  /** From an element to itself: a double line. */
  readonly recurrent: boolean;
  readonly label: string;
}

interface Figures {
  readonly synapses: number | undefined;
  readonly delay: number | undefined;
}

/** Conductances inhibit with positive weights: the port tells. */
const inhibitoryPort = /^(?:inh|gaba)/iu;

const thinnest = 1.5;
const thickest = 4.5;

export function wireLook(
  document: SpikeloomDocument,
  catalogue: KindCatalogue,
  connection: ConnectionRecord,
): WireLook {
  const kind = connectionKindOf(catalogue, document.elements, connection);
  const weight = numberOf(kind, connection, 'weight') ?? meanOf(connection.parameters['weight']);
  const delay = numberOf(kind, connection, 'delay');
  const synapses = expectedSynapses(document, catalogue, connection);
  return {
    thickness: thicknessOf((synapses ?? 1) * relativeWeight(kind, weight)),
    inhibitory: (weight !== undefined && weight < 0) || inhibitoryPort.test(connection.to.port),
    delayed: delay !== undefined && delay > 0,
    recurrent: connection.from.element === connection.to.element,
    label: labelOf(kind, connection, { synapses, delay }),
  };
}

/** Ten times the total weight is half a pixel thicker. */
function thicknessOf(totalWeight: number): number {
  return Math.min(Math.max(thinnest + 0.5 * Math.log10(Math.max(totalWeight, 1e-3)), thinnest), thickest);
}

/** The weight of one synapse in units of the connector's default, so that currents and voltages compare. */
function relativeWeight(kind: KindDescriptor | undefined, weight: number | undefined): number {
  const usual = kind === undefined ? undefined : numberOf(kind, { parameters: {} }, 'weight');
  return weight === undefined || usual === undefined || usual === 0 ? 1 : Math.abs(weight / usual);
}

function labelOf(kind: KindDescriptor | undefined, connection: ConnectionRecord, figures: Figures): string {
  const parts = [
    shown(figures.synapses, (count) => countOf(Math.round(count))),
    shown(numberOf(kind, connection, 'probability'), (probability) => `p ${significant(probability)}`),
    shown(numberOf(kind, connection, 'weight'), (weight) => shownWeight(weight, unitOfWeight(kind))),
    shown(figures.delay, (delay) => (delay > 0 ? formatQuantity(delay, 's') : '')),
  ].filter((part) => part !== '');
  return parts.length > 0 ? parts.join(' · ') : (kind?.title ?? connection.kind);
}

function shown(value: number | undefined, words: (value: number) => string): string {
  return value === undefined ? '' : words(value);
}

function unitOfWeight(kind: KindDescriptor | undefined): string | undefined {
  return kind?.parameters.find((parameter) => parameter.name === 'weight')?.unit;
}

function countOf(synapses: number): string {
  return `${synapses.toLocaleString('en')} ${synapses === 1 ? 'synapse' : 'synapses'}`;
}

function shownWeight(value: number, unit: string | undefined): string {
  return unit === undefined || unit === '' || unit === '1' ? `w ${significant(value)}` : formatQuantity(value, unit);
}

/** Mean number of synapses the connector will make; undefined for plain wires and connectors it is not known of. */
function expectedSynapses(
  document: SpikeloomDocument,
  catalogue: KindCatalogue,
  connection: ConnectionRecord,
): number | undefined {
  const sources = cellsOf(document, catalogue, connection.from.element);
  const targets = cellsOf(document, catalogue, connection.to.element);
  if (sources === undefined || targets === undefined) return undefined;
  const kind = connectionKindOf(catalogue, document.elements, connection);
  const read = (name: string): number | undefined => numberOf(kind, connection, name);
  const name = connection.kind.split('/').at(-1);
  if (name === 'one-to-one') return Math.min(sources, targets);
  if (name === 'all-to-all') return sources * targets;
  const probability = read('probability');
  if (probability !== undefined) return sources * targets * probability;
  const inDegree = read('in_degree');
  return inDegree === undefined ? undefined : targets * inDegree;
}

/** Number of cells an element was asked to have: its `size` or `units`; undefined when it follows from its inputs. */
export function cellsOf(document: SpikeloomDocument, catalogue: KindCatalogue, element: string): number | undefined {
  const record = document.elements[element];
  const kind = kindOf(catalogue, record);
  return record === undefined ? undefined : (numberOf(kind, record, 'size') ?? numberOf(kind, record, 'units'));
}

/** A scalar parameter in SI units, the default where the record says nothing; undefined when it is none or not a scalar. */
function numberOf(
  kind: KindDescriptor | undefined,
  record: { readonly parameters: Readonly<Record<string, ParameterValue>> },
  name: string,
): number | undefined {
  const specification = kind?.parameters.find((parameter) => parameter.name === name);
  if (specification === undefined) return undefined;
  const value = record.parameters[name];
  if (value === undefined)
    return typeof specification.default === 'number' ? inSi(specification.default, specification.unit) : undefined;
  if (typeof value === 'number') return value;
  if (typeof value === 'object' && value !== null && 'value' in value) return inSi(value.value, value.unit);
  return undefined;
}

/** The middle of values that are drawn: the sign and size of most of them. */
function meanOf(value: ParameterValue | undefined): number | undefined {
  if (typeof value !== 'object' || value === null || !('distribution' in value)) return undefined;
  const argument = (name: string): number | undefined => {
    const found = value.arguments[name];
    return found === undefined ? undefined : inSi(found.value, found.unit);
  };
  const [low, high] = [argument('low'), argument('high')];
  return argument('mean') ?? (low === undefined || high === undefined ? undefined : (low + high) / 2);
}

function inSi(value: number, unit: string | undefined): number | undefined {
  if (unit === undefined) return value;
  const converted = toSi({ value, unit });
  return converted.ok ? converted.value.value : undefined;
}
