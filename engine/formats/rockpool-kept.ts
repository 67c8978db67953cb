/** What an element keeps of the file of Rockpool it was read from: its class, the order of its entries, and those that its parameters alone would say otherwise. */
import type { ElementRecord } from '../model/document.ts';
import { longestText } from '../model/value.ts';
import type { LayerValue } from './rockpool-network.ts';
import { equalValues } from './rockpool-values.ts';

type Kept = NonNullable<ElementRecord['kept']>;

/** Names under which class and order are kept; no entry of Rockpool begins so. */
const className = ':class';
const order = ':order';

/** The class that an element was read from. */
export function keptClass({ kept }: ElementRecord): string | undefined {
  const text = kept?.[className];
  const value = text === undefined ? undefined : parsed(text);
  return typeof value === 'string' ? value : undefined;
}

/** The order of the entries of its dictionary. */
export function keptOrder({ kept }: ElementRecord): readonly string[] | undefined {
  const text = kept?.[order];
  const value = text === undefined ? undefined : parsed(text);
  if (!Array.isArray(value)) return undefined;
  return (value as readonly LayerValue[]).filter((key) => typeof key === 'string');
}

/** Entries as they stood in the file. */
export function keptEntries({ kept = {} }: ElementRecord): Readonly<Record<string, LayerValue>> {
  const entries = Object.entries(kept).filter(([name]) => name !== className && name !== order);
  return Object.fromEntries(
    entries.flatMap(([name, text]) => {
      const value = parsed(text);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** The record with its class. */
export function keepClass(record: ElementRecord, name: string): ElementRecord {
  return { ...record, kept: { ...record.kept, [className]: JSON.stringify(name) } };
}

/** The record with the order of entries, and with those of the file that would be written otherwise; what is too long is not kept. */
export function keepEntries(
  record: ElementRecord,
  file: { readonly keys: readonly string[]; readonly values: Readonly<Record<string, LayerValue>> },
  written: { readonly keys: readonly string[]; readonly values: Readonly<Record<string, LayerValue | undefined>> },
): ElementRecord {
  const kept: Record<string, string> = { ...record.kept };
  const keep = (name: string, value: LayerValue): void => {
    const text = JSON.stringify(value);
    if (text.length <= longestText && name.length <= 64) kept[name] = text;
  };
  if (!equalValues(file.keys, written.keys)) keep(order, file.keys);
  for (const [key, value] of Object.entries(file.values))
    if (!equalValues(value, written.values[key] ?? null)) keep(key, value);
  return Object.keys(kept).length === 0 ? record : { ...record, kept: kept satisfies Kept };
}

function parsed(text: string): LayerValue | undefined {
  try {
    return JSON.parse(text) as LayerValue;
  } catch {
    return undefined;
  }
}
