/** Project files changed at a place that matters: the tree of the document, its text, array files, the archive around them. */
import type { SpikeloomDocument } from '../model/document.ts';
import { mutatedBytes } from './bytes-mutator.test-support.ts';
import { diceOf, type Dice } from './dice.test-support.ts';
import { mutatedJson } from './json-mutator.test-support.ts';
import { projectToFiles, projectToJson } from './project.ts';
import { concatenated, forgedZip, type ForgedPart } from './zip-forging.test-support.ts';

/** A mutated file. */
export interface MutatedProject {
  readonly bytes: Uint8Array;
  /** What the file says to who believes everything, before its container was damaged. */
  readonly meaning: { readonly text: string; readonly files: ReadonlyMap<string, Uint8Array> };
  /** The container lies about its content: it must not open. */
  readonly lies: boolean;
  /** What was done, for messages. */
  readonly how: string;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The file that the seed makes of one of the projects. */
export function mutatedProject(projects: readonly SpikeloomDocument[], seed: number): MutatedProject {
  const dice = diceOf(seed);
  const project = dice.pick(projects);
  return dice.chance(0.35) ? mutatedPlain(dice, project) : mutatedArchive(dice, project);
}

/** The form of one JSON text. */
function mutatedPlain(dice: Dice, project: SpikeloomDocument): MutatedProject {
  const tree = JSON.parse(projectToJson(project)) as Record<string, unknown>;
  const text = mutatedJson(dice, tree, dice.pick([1, 1, 1, 2, 3]));
  const bytes = encoder.encode(text);
  return { bytes, meaning: { text: decoder.decode(bytes), files: new Map() }, lies: false, how: 'JSON' };
}

function mutatedArchive(dice: Dice, project: SpikeloomDocument): MutatedProject {
  const files = projectToFiles(project);
  const tree = JSON.parse(decoder.decode(files.get('document.json'))) as Record<string, unknown>;
  const text = mutatedJson(dice, tree, dice.pick([0, 0, 1, 1, 2]));
  files.delete('document.json');
  if (dice.chance(0.4)) mutateFiles(dice, files);
  const said = encoder.encode(text);
  const parts: ForgedPart[] = [
    { name: 'document.json', content: said },
    ...[...files].map(([name, content]) => ({ name, content })),
  ];
  const [how, pack, lies] = dice.pick(containers);
  return { bytes: pack(dice, parts), meaning: { text: decoder.decode(said), files }, lies, how };
}

/** Array files cut, changed, swapped, renamed or with another header. */
function mutateFiles(dice: Dice, files: Map<string, Uint8Array>): void {
  const names = [...files.keys()];
  if (names.length === 0) return;
  const name = dice.pick(names);
  const content = files.get(name) as Uint8Array;
  const change = dice.below(5);
  if (change === 0) files.set(name, mutatedBytes(dice, content));
  else if (change === 1) files.set(name, mutatedHeader(dice, content));
  else if (change === 2) files.delete(name);
  else if (change === 3) files.set(name, files.get(dice.pick(names)) as Uint8Array);
  else files.set(dice.pick(['arrays/x.npy', 'readme.txt', '../x', name.toUpperCase()]), content);
}

const headerChanges: readonly (readonly [RegExp, string])[] = [
  [/\((\d+)/, '($1$1'],
  [/\(\d+/, '(-1'],
  [/\(\d+/, '(1e3'],
  [/, \), /, ', 1), '],
  [/\(\d+/, '(4294967296, 4294967296'],
  [/<f8/, '>f8'],
  [/<f8/, '<f4'],
  [/'[<|][a-z]\d'/, "'|O'"],
  [/False/, 'True'],
  [/'shape'/, "'shape': (1,), 'shape'"],
  [/\}/, ' '],
];

/** An array file whose header says something else, of equal length. */
export function mutatedHeader(dice: Dice, content: Uint8Array): Uint8Array {
  const start = 10;
  const length = Math.min((content[8] ?? 0) | ((content[9] ?? 0) << 8), Math.max(0, content.length - start));
  const [pattern, instead] = dice.pick(headerChanges);
  const header = decoder.decode(content.slice(start, start + length)).replace(pattern, instead);
  const fitted = encoder.encode(
    header
      .trimEnd()
      .padEnd(length - 1)
      .slice(0, Math.max(0, length - 1)) + '\n',
  );
  return concatenated(content.slice(0, start), fitted, content.slice(start + length));
}

type Container = readonly [string, (dice: Dice, parts: readonly ForgedPart[]) => Uint8Array, boolean];

/** One part told wrongly. */
const lying = (how: string, lie: (part: ForgedPart, dice: Dice) => Partial<ForgedPart>): Container => [
  how,
  (dice, parts) => {
    const at = dice.below(parts.length);
    return forgedZip(parts.map((part, index) => (index === at ? { ...part, ...lie(part, dice) } : part)));
  },
  true,
];

/** How the parts are put together; honest ones several times, so that most files get past the archive. */
const containers: readonly Container[] = [
  ...Array.from({ length: 6 }, (): Container => ['stored', (_dice, parts) => forgedZip(parts), false]),
  ['packed', (_dice, parts) => forgedZip(parts.map((part) => ({ ...part, packed: true }))), false],
  ['in another order', (_dice, parts) => forgedZip([...parts].reverse()), false],
  ['with a folder', (_dice, parts) => forgedZip([...parts, { name: 'arrays/', content: new Uint8Array() }]), false],
  ['bytes changed', (dice, parts) => mutatedBytes(dice, forgedZip(parts)), false],
  [
    'bytes changed, packed',
    (dice, parts) => mutatedBytes(dice, forgedZip(parts.map((part) => ({ ...part, packed: true })))),
    false,
  ],
  lying('wrong checksum', (_part, dice) => ({ checksum: dice.below(0xffffffff) })),
  lying('content changed under its checksum', ({ content }, dice) => ({
    stream: flippedOnce(dice, content),
  })),
  lying('wrong size', ({ content }, dice) => ({ size: content.length + dice.pick([-1, 1, 1000, 0x70000000]) })),
  lying('wrong packed size', ({ content }, dice) => ({
    packedSize: content.length + dice.pick([-1, 1000, 0x70000000]),
  })),
  lying('wrong method', (_part, dice) => ({ method: dice.pick([1, 8, 9, 12, 99]) })),
  lying('encrypted', () => ({ flags: 1 })),
  lying('a link', () => ({ mode: 0o120777 })),
  lying('another name inside', ({ name }) => ({ localName: `${name}x` })),
  ['a part twice', (dice, parts) => forgedZip([...parts, dice.pick(parts)]), true],
  [
    'a part in another case',
    (dice, parts) => forgedZip([...parts, { ...dice.pick(parts), name: dice.pick(parts).name.toUpperCase() }]),
    true,
  ],
  [
    'a part outside',
    (dice, parts) =>
      forgedZip([...parts, { name: dice.pick(['../x', '/x', 'c:/x', 'a\\b', 'a\0']), content: new Uint8Array(3) }]),
    true,
  ],
  [
    'wrong number of parts',
    (dice, parts) => forgedZip(parts, { count: parts.length + dice.pick([-1, 1, 60_000]) }),
    true,
  ],
];

function flippedOnce(dice: Dice, content: Uint8Array): Uint8Array {
  if (content.length === 0) return Uint8Array.of(1);
  const stream = content.slice();
  const at = dice.below(stream.length);
  stream[at] = (stream[at] ?? 0) ^ 0x20;
  return stream;
}
