/** The arguments of `npm run bench`. */
import { parseArgs } from 'node:util';

export interface MeasureOptions {
  /** Where the rows go as JSON. */
  readonly json: string | undefined;
  readonly threads: number;
  readonly precision: 'f64' | 'f32';
  /** One repeat of a tenth of the time. */
  readonly quick: boolean;
}

/** Growing networks, and systems against their original packages. */
const familyParts = ['growth', 'systems'] as const;
type FamilyPart = (typeof familyParts)[number];

export type BenchCommand = MeasureOptions &
  (
    | { readonly kind: 'workloads'; readonly names: readonly string[] }
    | {
        readonly kind: 'families';
        readonly write: boolean;
        /** What of it is measured. */
        readonly parts: readonly FamilyPart[];
        /** File of JSON: the Python interpreter of each driver in originals/python. */
        readonly originals: string | undefined;
      }
    | { readonly kind: 'control'; readonly write: boolean }
    | {
        readonly kind: 'compare';
        readonly write: boolean;
        /** Files of peers; of rows with the same label the least figures count. */
        readonly peers: readonly string[];
        readonly ours: string | undefined;
        /** Peers that are measured in turn with ours: by label, the command that prints a line `JSON {…}`. */
        readonly commands: ReadonlyMap<string, string>;
        /** Workloads that are measured and written; undefined = all. */
        readonly only: readonly string[] | undefined;
        /** So many times everything of ours is measured; the least figures count. */
        readonly passes: number;
      }
  );

export const usage = `Usage:
  npm run bench -- [NAME …] [--json FILE] [--threads N] [--precision f64|f32] [--quick]   measures workloads
  npm run bench -- families [growth] [systems] [--write] [--json FILE] [--quick]         series of growing networks; systems against their originals
      --originals FILE.json   the Python interpreter of each driver in scripts/bench/originals/python, by its name
  npm run bench -- control [--write] [--quick]                                           guard, checkpoints, jumps, pauses, threads
  npm run bench -- compare PEERS.json … [--ours FILE] [--passes N] [--write] [--quick]   the goals table; --write: into docs/performance.md
      --peer LABEL=COMMAND …  measures a peer in turn with ours; the command prints a line JSON {…}
      --only NAME …           measures and writes these workloads alone`;

const options = {
  json: { type: 'string' },
  threads: { type: 'string', default: '1' },
  precision: { type: 'string', default: 'f64' },
  ours: { type: 'string' },
  passes: { type: 'string' },
  peer: { type: 'string', multiple: true },
  only: { type: 'string', multiple: true },
  originals: { type: 'string' },
  quick: { type: 'boolean', default: false },
  write: { type: 'boolean', default: false },
} as const;

/** What the arguments ask for; undefined when they make no sense. `known` are the names of workloads. */
export function readBenchArguments(args: readonly string[], known: readonly string[]): BenchCommand | undefined {
  const parsed = parsedArguments(args);
  const common = parsed === undefined ? undefined : measureOptions(parsed.values);
  if (parsed === undefined || common === undefined) return undefined;
  const { values, positionals } = parsed;
  const [first = '', ...rest] = positionals;
  if (!hasItsOwn(first, values)) return undefined;
  if (first === 'compare') return compareCommand(common, values, rest, known);
  if (first === 'families') return familiesCommand(common, values, rest);
  if (first === 'control') return controlCommand(common, values, rest);
  return values.write ? undefined : workloadsCommand(common, positionals, known);
}

function controlCommand(common: MeasureOptions, { write }: Values, rest: readonly string[]): BenchCommand | undefined {
  return rest.length > 0 ? undefined : { ...common, kind: 'control', write };
}

function parsedArguments(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch {
    return undefined;
  }
}

type Values = NonNullable<ReturnType<typeof parsedArguments>>['values'];

function measureOptions({ json, threads, precision, quick }: Values): MeasureOptions | undefined {
  const count = Number(threads);
  if (!Number.isInteger(count) || count < 1) return undefined;
  return precision === 'f64' || precision === 'f32' ? { json, threads: count, precision, quick } : undefined;
}

/** Whether the options that only one command knows are given to that one alone. */
function hasItsOwn(command: string, { ours, passes, peer, only, originals }: Values): boolean {
  const compared = [ours, passes, peer, only].some((value) => value !== undefined);
  return (command === 'compare' || !compared) && (command === 'families' || originals === undefined);
}

function familiesCommand(
  common: MeasureOptions,
  { write, originals }: Values,
  rest: readonly string[],
): BenchCommand | undefined {
  const parts = familyParts.filter((part) => rest.length === 0 || rest.includes(part));
  const sound = rest.every((name) => familyParts.some((part) => part === name));
  return sound ? { ...common, kind: 'families', write, parts, originals } : undefined;
}

function compareCommand(
  common: MeasureOptions,
  { write, ours, passes = '1', peer = [], only }: Values,
  peers: readonly string[],
  known: readonly string[],
): BenchCommand | undefined {
  const count = Number(passes);
  const commands = new Map(peer.map((text) => labelled(text)));
  const sound =
    peers.length + commands.size > 0 &&
    Number.isInteger(count) &&
    count >= 1 &&
    ![...commands].flat().includes('') &&
    (only ?? []).every((name) => known.includes(name));
  return sound ? { ...common, kind: 'compare', write, ours, peers, passes: count, commands, only } : undefined;
}

/** `LABEL=COMMAND`; empty where a part is missing. */
function labelled(text: string): [string, string] {
  const at = text.indexOf('=');
  return [text.slice(0, Math.max(0, at)), at < 0 ? '' : text.slice(at + 1)];
}

function workloadsCommand(
  common: MeasureOptions,
  names: readonly string[],
  known: readonly string[],
): BenchCommand | undefined {
  if (names.some((name) => !known.includes(name))) return undefined;
  return { ...common, kind: 'workloads', names: names.length === 0 ? known : names };
}
