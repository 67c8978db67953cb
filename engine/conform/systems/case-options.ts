/** Optional arguments of a case under the names of the engine; what the case leaves out or has as null stays out. */
import { arrayOf } from '../case-access.ts';
import { isNumericArray, type CaseRecord, type CaseValue } from '../reference-case.ts';

/** The entries that are not undefined, for options that may be left out. */
export type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Leaves out what is undefined. */
export function present<T extends Readonly<Record<string, unknown>>>(entries: T): Present<T> {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as Present<T>;
}

/** Reads of the parameters of a case. */
export interface OptionReader {
  number(name: string): number | undefined;
  boolean(name: string): boolean | undefined;
  text(name: string): string | undefined;
  list(name: string): readonly number[] | undefined;
  /** The case has the key, with null. */
  isNull(name: string): boolean;
}

/** A reader of these parameters. */
export function optionsOf(given: CaseRecord): OptionReader {
  const of = (name: string): CaseValue | undefined => given[name];
  return {
    number(name) {
      const value = of(name);
      return typeof value === 'number' ? value : undefined;
    },
    boolean(name) {
      const value = of(name);
      return typeof value === 'boolean' ? value : typeof value === 'number' ? value !== 0 : undefined;
    },
    text(name) {
      const value = of(name);
      return typeof value === 'string' ? value : undefined;
    },
    list(name) {
      const value = of(name);
      return Array.isArray(value) || isNumericArray(value) ? Array.from(arrayOf(value, name).values) : undefined;
    },
    isNull: (name) => of(name) === null,
  };
}
