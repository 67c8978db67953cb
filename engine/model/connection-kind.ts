/** The kind of a connection as it is at its target port: the weight has the unit that the port asks for. */
import { dimensionOfUnit } from '../units/convert.ts';
import { equalDimensions } from '../units/dimension.ts';
import type { ConnectionRecord, ElementRecord } from './document.ts';
import { kindOf, type KindCatalogue, type KindDescriptor, type ParameterSpec } from './kind.ts';
import { findRecord } from './records.ts';

/** Name of the parameter of connectors that follows the unit of the port. */
const weightName = 'weight';

/** The form of the kind of a connection, given its parameters and what it leads to; undefined for unknown kinds. */
export function connectionKindOf(
  catalogue: Pick<KindCatalogue, 'find'>,
  elements: Readonly<Record<string, ElementRecord>>,
  connection: ConnectionRecord,
): KindDescriptor | undefined {
  const kind = kindOf(catalogue, connection);
  const target = kindOf(catalogue, findRecord(elements, connection.to.element));
  const unit = target?.inputs.find(({ name }) => name === connection.to.port)?.unit;
  return kind === undefined || unit === undefined ? kind : withWeightUnit(kind, unit);
}

/** Forms by kind and unit: the same object each time. */
const forms = new WeakMap<KindDescriptor, Map<string, KindDescriptor>>();

function withWeightUnit(kind: KindDescriptor, unit: string): KindDescriptor {
  const weight = kind.parameters.find(({ name }) => name === weightName);
  if (weight === undefined || sameDimension(weight.unit ?? '1', unit)) return kind;
  const known = forms.get(kind) ?? new Map<string, KindDescriptor>();
  forms.set(kind, known);
  const form = known.get(unit) ?? {
    ...kind,
    parameters: kind.parameters.map((spec) => (spec === weight ? weighted(spec, unit) : spec)),
  };
  known.set(unit, form);
  return form;
}

function sameDimension(left: string, right: string): boolean {
  return equalDimensions(dimensionOfUnit(left), dimensionOfUnit(right));
}

/** Units in which weights are typed first, by the unit of the port. */
const shownUnits: Readonly<Record<string, string>> = { V: 'mV', A: 'nA', S: 'nS', F: 'pF' };

function weighted(spec: ParameterSpec, unit: string): ParameterSpec {
  const description =
    'What one spike brings to the target, as its port takes it. One for all, or one per synapse by source and target.';
  return { ...spec, unit: shownUnits[unit] ?? unit, description };
}
