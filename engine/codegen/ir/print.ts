/** Regions as text for people (`explain`): one line per item, values numbered in order of appearance. */
import type { Item, Region, Value } from './value.ts';

/** The lines of a region, `depth` steps indented. */
export function printRegion(region: Region, depth = 0, names = new Map<Value, string>()): string[] {
  return region.flatMap((item) => printItem(item, depth, names));
}

function nameOf(value: Value, names: Map<Value, string>): string {
  const { operation } = value;
  if (operation.kind === 'constant') return Object.is(operation.value, -0) ? '-0' : String(operation.value);
  if (operation.kind === 'step') return 'step';
  const known = names.get(value) ?? `%${names.size}`;
  names.set(value, known);
  return known;
}

function typeText({ type, lanes }: Value): string {
  return lanes === 1 ? type : `${type}x${lanes}`;
}

function operationText({ operation, inputs }: Value, names: Map<Value, string>): string {
  const list = inputs.map((input) => nameOf(input, names)).join(', ');
  switch (operation.kind) {
    case 'load':
      return `${operation.signal}[${list}]`;
    case 'binary':
      return `${operation.operator} ${list}`;
    case 'call':
      return `${operation.function}(${list})`;
    case 'draw':
      return `${operation.draw}(${operation.key}, ${list})`;
    default:
      return `${operation.kind} ${list}`;
  }
}

function printItem(item: Item, depth: number, names: Map<Value, string>): string[] {
  const indent = '  '.repeat(depth);
  const name = (value: Value): string => nameOf(value, names);
  const inside = (region: Region): string[] => printRegion(region, depth + 1, names);
  switch (item.kind) {
    case 'value':
      return [`${indent}${name(item.value)}: ${typeText(item.value)} = ${operationText(item.value, names)}`];
    case 'store':
      return [`${indent}${item.signal}[${name(item.index)}] = ${name(item.value)}`];
    case 'kernel':
      return [`${indent}kernel ${item.statement.kernel} ${Object.values(item.statement.signals).join(', ')}`];
    case 'loop': {
      const by = item.lanes === 1 ? '' : ` by ${item.lanes}`;
      const head = `${indent}for ${name(item.index)} = ${name(item.from)} to ${name(item.to)}${by}`;
      const carried = item.carried.map(
        ({ parameter, initial }) => `${indent}  carry ${name(parameter)} from ${name(initial)}`,
      );
      const body = inside(item.body);
      const next = item.carried.map((one) => `${indent}  next ${name(one.next)}, at the end ${name(one.result)}`);
      return [head, ...carried, ...body, ...next];
    }
    case 'if': {
      const head = `${indent}if ${name(item.condition)}`;
      const then = inside(item.then);
      const other = item.else.length === 0 ? [] : [`${indent}else`, ...inside(item.else)];
      const merges = item.merges.map(
        (merge) => `${indent}${name(merge.result)} = ${name(merge.then)} or else ${name(merge.else)}`,
      );
      return [head, ...then, ...other, ...merges];
    }
  }
}
