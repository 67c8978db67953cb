/** Every family of systems against its original package, on a case a hundred times as long as a reference case. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expectOk } from '../../../engine/base/result.ts';
import { readCase, type ReferenceCase } from '../../../engine/conform/reference-case.ts';
import { produce } from '../../../engine/conform/run-case.ts';
import { nodeMemory } from '../../../electron/platform/node-memory.ts';
import { repository } from '../measure-project.ts';
import { caseText, lengthened } from './large-case.ts';
import { timedCases, unavailable } from './cases.ts';
import { startOriginal, type Original, type OriginalTimes } from './original.ts';
import type { SystemRow } from './systems-table.ts';

const enlargement = 100;
/** Calls after the first, of which the least counts. */
const repeats = 10;
/** An original that has run for so many seconds after its first call is not measured again. */
const patience = 15;

export interface SystemsWish {
  /** Python interpreters by the name of the driver; systems of the others stand alone in the table. */
  readonly interpreters: Readonly<Record<string, string>>;
  /** One repeat instead of ten. */
  readonly quick: boolean;
}

/** Interpreters by driver, from JSON; undefined when it is something else. */
export function readInterpreters(text: string): SystemsWish['interpreters'] | undefined {
  const json: unknown = JSON.parse(text);
  if (typeof json !== 'object' || json === null) return undefined;
  const sound = Object.entries(json).every(([name, path]) => name in timedCases && typeof path === 'string');
  return sound ? (json as SystemsWish['interpreters']) : undefined;
}

/** Ours and the original in turn; the least time of each counts. */
export async function measureSystems(wish: SystemsWish, tell: (row: SystemRow) => void): Promise<readonly SystemRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'spikeloom-systems-'));
  const rows: SystemRow[] = [];
  try {
    for (const [driver, names] of Object.entries(timedCases)) {
      const interpreter = wish.interpreters[driver];
      const original = interpreter === undefined ? undefined : startOriginal(driver, interpreter);
      for (const name of names) {
        const wanted = { folder, repeats: wish.quick ? 1 : repeats, why: unavailable[driver] ?? 'not measured here' };
        const row = await measureCase(name, original, wanted);
        tell(row);
        rows.push(row);
      }
      original?.end();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return rows;
}

async function measureCase(
  name: string,
  original: Original | undefined,
  { folder, repeats, why }: { folder: string; repeats: number; why: string },
): Promise<SystemRow> {
  const reference = lengthened(openCase(name), enlargement);
  const file = join(folder, 'case.json');
  writeFileSync(file, caseText(reference));
  // What is compiled in the first calls is not counted in those that follow.
  const first = timeOurs(reference);
  const theirFirst = await original?.time(file);
  const ours = [timeOurs(reference)];
  const theirs: OriginalTimes[] = [];
  for (let turn = 0; turn < repeats && waitedFor(theirs) < patience; turn += 1) {
    const next = await original?.time(file);
    if (typeof next === 'object') theirs.push(next);
    ours.push(timeOurs(reference));
  }
  const common = { system: reference.system, case: name, ...leastOf(ours), first_s: first.all_s };
  if (typeof theirFirst !== 'object') return { ...common, why: theirFirst ?? why };
  const { sim_s: run_s } = leastOf([theirFirst, ...theirs]);
  return { ...common, original: { run_s, first_s: theirFirst.build_s + theirFirst.sim_s } };
}

function waitedFor(times: readonly OriginalTimes[]): number {
  return times.reduce((sum, { sim_s }) => sum + sim_s, 0);
}

/** The least of each figure; there is at least one row of them. */
function leastOf<Figures extends object>(rows: readonly Figures[]): Figures {
  const names = Object.keys(rows[0] ?? {}) as (keyof Figures)[];
  const least = names.map((name) => [name, Math.min(...rows.map((row) => Number(row[name])))]);
  return Object.fromEntries(least) as Figures;
}

type OurTimes = Pick<SystemRow, 'run_s' | 'all_s' | 'steps'>;

/** Seconds of the time loop alone with its recordings, and of all: building, compiling, running, handing out the results. What takes no step is its own loop. */
function timeOurs(reference: ReferenceCase): OurTimes {
  let [run_s, steps] = [0, 0];
  const around = (advance: () => void, count: number): void => {
    const begun = performance.now();
    advance();
    run_s += (performance.now() - begun) / 1000;
    steps += count;
  };
  const begun = performance.now();
  expectOk(produce(reference, { target: 'wasm', memory: nodeMemory, around }));
  const all_s = (performance.now() - begun) / 1000;
  return { run_s: steps === 0 ? all_s : run_s, all_s, steps };
}

function openCase(name: string): ReferenceCase {
  const packed = readFileSync(join(repository, 'e2e/cases', `${name}.json.gz`));
  return expectOk(readCase(JSON.parse(gunzipSync(packed).toString('utf8')), name));
}
