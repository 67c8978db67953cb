/** Changes inside JSON: its tree (values, names, lists, kinds of value) and its text, where JSON.stringify would be too honest. */
import type { Dice } from './dice.test-support.ts';

type Group = Record<string, unknown>;

/** A member of the tree: its holder and the name or index. */
interface Member {
  readonly holder: Group | unknown[];
  readonly key: string;
}

/** Text that stands for itself in the JSON text: what no value can say. */
const raw = (text: string): string => `\u0001${text}\u0002`;

const oddNumbers: readonly unknown[] = [
  0,
  -0,
  1,
  -1,
  0.5,
  1e308,
  -1e308,
  5e-324,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  2 ** 53 - 1,
  64,
  65,
  4097,
  100_001,
  raw('1e400'),
  raw('-1e400'),
  raw('9007199254740993'),
  raw('-0'),
  raw('1E+2'),
  raw('NaN'),
  raw('01'),
  raw('100000000000000000000'),
];
const oddTexts: readonly string[] = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202e',
  '\u00e4\u0308',
  'x'.repeat(65),
  'x'.repeat(201),
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  '../x',
  'arrays/x.npy',
  'float64',
  'float32',
  'uint8',
  'int32',
  'spikeloom',
  'AAAA',
  'AAAAAAAA8D8=',
  'AB==',
  '=',
  'connectors/wire',
  'neurons/lif',
];
const oddValues: readonly unknown[] = [
  null,
  true,
  false,
  [],
  {},
  [[]],
  [0],
  { value: 1, unit: 'ms' },
  { value: 1 },
  { array: 'x', unit: '' },
  { values: [1], unit: '' },
  { distribution: 'normal', arguments: {} },
  raw('undefined'),
  raw(''),
  raw('[[[[['),
];

/** The JSON text of the tree after some changes; the tree itself is changed. */
export function mutatedJson(dice: Dice, tree: Group, changes: number): string {
  for (let change = 0; change < changes; change += 1) mutateTree(dice, tree);
  const text = JSON.stringify(tree).replace(/"\\u0001(.*?)\\u0002"/g, '$1');
  return dice.chance(0.15) ? mutatedText(dice, text) : text;
}

/** A member somewhere in the tree: as likely near the top as far below. */
function memberOf(dice: Dice, tree: Group): Member | undefined {
  let holder: Group | unknown[] = tree;
  for (;;) {
    const keys = Object.keys(holder);
    if (keys.length === 0) return undefined;
    const key = dice.pick(keys);
    const value = (holder as Group)[key];
    if (typeof value !== 'object' || value === null || dice.chance(0.2)) return { holder, key };
    if (Object.keys(value).length === 0) return { holder, key };
    holder = value as Group | unknown[];
  }
}

const changes: readonly ((dice: Dice, member: Member, tree: Group) => void)[] = [
  (dice, { holder, key }) => set(holder, key, dice.pick(oddNumbers)),
  (dice, { holder, key }) => set(holder, key, dice.pick(oddTexts)),
  (dice, { holder, key }) => set(holder, key, dice.pick(oddValues)),
  (dice, { holder, key }) => set(holder, key, tweaked(dice, (holder as Group)[key])),
  (dice, { holder, key }) => set(holder, key, tweaked(dice, (holder as Group)[key])),
  (_dice, { holder, key }) => {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else Reflect.deleteProperty(holder, key);
  },
  (dice, { holder, key }) => {
    const value = (holder as Group)[key];
    if (Array.isArray(holder)) holder.push(...Array.from({ length: dice.pick([1, 2, 70]) }, () => value));
    else define(holder, dice.pick([...oddTexts, `${key}2`, key.toUpperCase()]), value);
  },
  (dice, { holder, key }, tree) => {
    const other = memberOf(dice, tree);
    if (other === undefined) return;
    // A value in two places, as far as JSON has such a thing: a copy, so that nothing contains itself.
    set(holder, key, structuredClone((other.holder as Group)[other.key]));
  },
  (dice, { holder, key }) => {
    let value = (holder as Group)[key];
    for (let depth = dice.pick([1, 2, 30, 70]); depth > 0; depth -= 1)
      value = dice.chance(0.5) ? [value] : { a: value };
    set(holder, key, value);
  },
  (dice, { holder, key }) => {
    if (Array.isArray(holder)) return void holder.reverse();
    const value = holder[key];
    Reflect.deleteProperty(holder, key);
    // The same member at the end, perhaps under another name.
    define(holder, dice.chance(0.5) ? key : dice.pick(oddTexts), value);
  },
];

function mutateTree(dice: Dice, tree: Group): void {
  const member = memberOf(dice, tree);
  if (member !== undefined) dice.pick(changes)(dice, member, tree);
}

function set(holder: Group | unknown[], key: string, value: unknown): void {
  if (Array.isArray(holder)) holder[Number(key)] = value;
  else define(holder, key, value);
}

/** Sets a member of its own, even `__proto__`. */
function define(holder: Group, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

/** A value near the one that was there. */
function tweaked(dice: Dice, value: unknown): unknown {
  if (typeof value === 'number') return dice.pick([value + 1, value - 1, -value, value * 2, value / 3, String(value)]);
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string') return tweakedText(dice, value);
  return value;
}

function tweakedText(dice: Dice, text: string): string {
  const at = dice.below(text.length + 1);
  return dice.pick([
    text.slice(0, at),
    text.slice(0, at) + dice.pick(oddTexts) + text.slice(at),
    text.slice(0, at) + text.slice(at + 1),
    `${text}${text}`,
    text.toUpperCase(),
    `${text} `,
  ]);
}

const snippets = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '\\',
  '\\u0000',
  '0',
  '-',
  'e',
  '1e999',
  'null',
  ' ',
  '\n',
  '\u00e4',
  '"a":1,',
  '"name":"x",',
  '\ufeff',
];

/** The text with letters taken out, put in or repeated. */
function mutatedText(dice: Dice, text: string): string {
  const at = dice.below(text.length + 1);
  const end = Math.min(text.length, at + dice.pick([0, 1, 1, 2, 10, 200]));
  const middle = dice.pick(['', dice.pick(snippets), text.slice(at, end).repeat(2), text.slice(0, 0)]);
  return text.slice(0, at) + middle + text.slice(end);
}
