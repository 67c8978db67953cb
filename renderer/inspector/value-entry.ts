/** Values that differ from cell to cell as people type them: "1, 2, 3 mV", "normal(-60 mV, 5 mV)". */
import { problem } from '../../engine/base/problem.ts';
import { collect, failed, mapResult, type Result } from '../../engine/base/result.ts';
import type { ArrayRecord } from '../../engine/model/document.ts';
import type { KindCatalogue, ParameterSpec } from '../../engine/model/kind.ts';
import type { ParameterValue } from '../../engine/model/value.ts';
import { printQuantity } from '../../engine/units/quantity.ts';
import { readQuantity } from './quantity-entry.ts';

/** A value as text that `readValue` takes back, except arrays, which are shown by shape and origin. */
export function valueText(value: ParameterValue, arrays: Readonly<Record<string, ArrayRecord>>): string {
  if (value === null) return '';
  if (typeof value !== 'object') return String(value);
  if ('value' in value) return printQuantity(value);
  if ('values' in value)
    return value.values
      .map((each, index) =>
        index === value.values.length - 1 ? printQuantity({ value: each, unit: value.unit }) : String(each),
      )
      .join(', ');
  if ('distribution' in value)
    return `${value.distribution}(${Object.values(value.arguments).map(printQuantity).join(', ')})`;
  const record = arrays[value.array];
  return record === undefined ? 'missing numbers' : `${record.shape.join(' × ')} numbers`;
}

/** The text as a value of the parameter; a list or distribution only where it may differ from cell to cell. */
export function readValue(
  text: string,
  spec: ParameterSpec,
  unit: string,
  catalogue: KindCatalogue,
): Result<ParameterValue> {
  const drawn = /^\s*([a-z-]+)\s*\(([^()]*)\)\s*$/i.exec(text);
  if (spec.perCell !== true || (drawn === null && !/[,;]\s/.test(text.trim()))) return readQuantity(text, spec, unit);
  const parts = (drawn?.[2] ?? text).split(/[,;]\s*/).filter((part) => part !== '');
  if (drawn === null) return readList(parts, spec, unit);
  return readDistribution(drawn[1]?.toLowerCase() ?? '', parts, spec, { unit, catalogue });
}

/** All values in the unit of the last one that has a unit. */
function readList(parts: readonly string[], spec: ParameterSpec, unit: string): Result<ParameterValue> {
  const shared = /[a-zµΩ%][^\d]*$/i.exec(parts.at(-1)?.trim() ?? '')?.[0].trim() ?? unit;
  const values = collect(parts.map((part) => readQuantity(part, spec, shared)));
  if (values.ok && values.value.some((each) => each.unit !== shared)) {
    return failed(
      problem('units/syntax', 'The values of a list share one unit.', {
        hint: 'Write the unit once, at the end: 1, 2, 3 mV.',
      }),
    );
  }
  return mapResult(values, (all) => ({ values: all.map((each) => each.value), unit: shared }));
}

function readDistribution(
  name: string,
  parts: readonly string[],
  spec: ParameterSpec,
  { unit, catalogue }: { readonly unit: string; readonly catalogue: KindCatalogue },
): Result<ParameterValue> {
  const names = catalogue.distributionArguments?.(name);
  if (names === undefined)
    return failed(
      problem('model/parameter-type', `There is no distribution called ${name}.`, {
        hint: 'Write normal(mean, deviation) or uniform(low, high).',
      }),
    );
  if (names.length !== parts.length)
    return failed(problem('model/parameter-type', `${name} needs ${names.length} values: ${names.join(', ')}.`));
  const { minimum: _minimum, maximum: _maximum, exclusiveMinimum: _exclusive, ...free } = spec;
  const values = collect(parts.map((part) => readQuantity(part, free, unit)));
  return mapResult(values, (all) => ({
    distribution: name,
    arguments: Object.fromEntries(all.map((each, index) => [names[index] ?? '', each])),
  }));
}
