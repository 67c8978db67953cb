/** Common sub-expressions: what was computed already, and elements that were just loaded or stored, are taken again. */
import type { ElementType, SignalId } from '../../build/program.ts';
import { touchedBy } from '../ir/access.ts';
import { rewriteRegion } from '../ir/rewrite.ts';
import type { Region, Value } from '../ir/value.ts';
import { constant, constantOf, makeValue } from '../ir/value.ts';
import { simplifyValue } from './simplify.ts';

/** Types of the elements of all signals. */
export type ElementTypes = (signal: SignalId) => ElementType;

/** The region with every value computed once where it is in reach, simplified along the way. */
export function share(region: Region, typeOf: ElementTypes): Region {
  const table = createTable();
  return rewriteRegion(region, {
    value(candidate, place) {
      let made: Value | undefined;
      const simple = simplifyValue(candidate, (value) => (made = value));
      if (simple !== candidate && simple !== made) return simple;
      const known = table.findOrNote(simple);
      if (known !== undefined) return known;
      return simple === candidate ? simple : place(simple);
    },
    store({ signal, index, value }) {
      table.overwrite(signal);
      noteStored(table, typeOf(signal), signal, index, value);
    },
    kernel: (item) => table.overwriteAll(touchedBy([item]).writes),
    enterLoop(loop) {
      table.overwriteAll(touchedBy(loop.body).writes);
      table.open();
    },
    leaveLoop(loop) {
      table.close();
      table.overwriteAll(touchedBy(loop.body).writes);
    },
    enterSide(_, side) {
      if (side === 'else') table.close();
      table.open();
    },
    leaveBranch(branch) {
      table.close();
      table.overwriteAll(touchedBy([branch]).writes);
    },
  });
}

/** A load after the store gives the stored value, where the signal keeps all of its bits. */
function noteStored(table: ValueTable, element: ElementType, signal: SignalId, index: Value, value: Value): void {
  const kept = element === value.type || (isCondition(value) && element !== 'f64' && element !== 'f32');
  if (kept) table.note(makeValue({ kind: 'load', signal }, value.type, [index], value.lanes), value);
}

/** 0 or 1: fits into any whole number. */
function isCondition({ type, operation, inputs }: Value): boolean {
  return type === 'i32' && operation.kind === 'convert' && inputs[0]?.type === 'bool';
}

interface ValueTable {
  /** What is known to be the same; undefined when there is nothing yet: then `value` is known from now on. */
  findOrNote(value: Value): Value | undefined;
  /** `value` is known from now on as `same`, unless it was known before. */
  note(value: Value, same: Value): void;
  overwrite(signal: SignalId): void;
  overwriteAll(signals: Iterable<SignalId>): void;
  /** What is noted between `open` and `close` is forgotten by the latter. */
  open(): void;
  close(): void;
}

/** Values by what they compute; loads also by the state of their signal. */
function createTable(): ValueTable {
  const entries = new Map<string, Value>();
  const constants = new Map<string, number>();
  const versions = new Map<SignalId, number>();
  const opened: string[][] = [];
  let version = 0;

  const nameOf = (value: Value): string => {
    const fixed = constantOf(value);
    if (fixed === undefined) return String(value.id);
    const key = `${value.type}${Object.is(fixed, -0) ? '-0' : fixed}x${value.lanes}`;
    const number = constants.get(key) ?? constant(value.type, fixed).id;
    constants.set(key, number);
    return `c${number}`;
  };
  const keyOf = (value: Value): string => {
    const { operation, type, lanes, inputs } = value;
    const state = operation.kind === 'load' ? (versions.get(operation.signal) ?? 0) : 0;
    const names = inputs.map(nameOf);
    if (isCommutative(value)) names.sort();
    return `${Object.values(operation).join(' ')} ${type} ${lanes} ${state} ${names.join(' ')}`;
  };
  const add = (value: Value, same: Value): Value | undefined => {
    const key = keyOf(value);
    const known = entries.get(key);
    if (known !== undefined) return known;
    entries.set(key, same);
    opened.at(-1)?.push(key);
    return undefined;
  };
  const overwrite = (signal: SignalId): void => {
    version += 1;
    versions.set(signal, version);
  };
  return {
    findOrNote: (value) => add(value, value),
    note: (value, same) => void add(value, same),
    overwrite,
    overwriteAll(signals) {
      for (const signal of signals) overwrite(signal);
    },
    open: () => void opened.push([]),
    close() {
      for (const key of opened.pop() ?? []) entries.delete(key);
    },
  };
}

/** Whether both orders of the inputs give the same bits. */
function isCommutative({ operation }: Value): boolean {
  if (operation.kind !== 'binary') return false;
  return ['add', 'multiply', 'equal', 'notEqual', 'and', 'or'].includes(operation.operator);
}
