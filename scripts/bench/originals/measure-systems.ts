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
import { startOriginal, type Original, type OriginalTimes } from './original.ts';
import type { SystemRow } from './systems-table.ts';

const enlargement = 100;
/** An original that has run for so many seconds after its first call is not measured again. */
const patience = 15;

/** Cases by the driver of their original. */
const families: Readonly<Record<string, readonly string[]>> = {
  rockpool_numpy: [
    'rockpool/FFRateEuler/plain-relu',
    'rockpool/RecRateEuler/plain-relu',
    'rockpool/FFExpSyn/plain',
    'rockpool/FFUpDown/plain',
    'rockpool/FFCLIAF/plain-subtract-multi-spike',
    'rockpool/RecCLIAF/plain-subtract-multi-spike',
    'rockpool/RecDIAF/plain-int8',
  ],
  norse_modules: ['norse/LIF/ff-0', 'norse/LIFAdExRecurrent/autapses'],
  reservoirpy_nodes: ['reservoirpy/Reservoir/run-1-tanh', 'reservoirpy/LIF/mackey-glass-liquid'],
  rockpool2_modules: ['rockpool2/Rate/rec-tanh', 'rockpool2/LIF/recurrent-bias'],
  rockpool_jax: ['rockpool/RecRateEulerJax/plain-relu', 'rockpool/RecLIFJax/plain'],
  rockpool_nest: ['rockpool/RecIAFSpkInNest/random'],
  rockpool_torch: ['rockpool/FFIAFTorch/step-noise-vector-params', 'rockpool/RecIAFSpkInTorch/random'],
  rockpool_brian: ['rockpool/FFIAFBrian/vector-params-step-noise', 'rockpool/RecIAFSpkInBrian/random'],
};

export interface SystemsWish {
  /** Python interpreters by the name of the driver; systems of the others stand alone in the table. */
  readonly interpreters: Readonly<Record<string, string>>;
  /** One repeat instead of three. */
  readonly quick: boolean;
}

/** Interpreters by driver, from JSON; undefined when it is something else. */
export function readInterpreters(text: string): SystemsWish['interpreters'] | undefined {
  const json: unknown = JSON.parse(text);
  if (typeof json !== 'object' || json === null) return undefined;
  const sound = Object.entries(json).every(([name, path]) => name in families && typeof path === 'string');
  return sound ? (json as SystemsWish['interpreters']) : undefined;
}

/** Ours and the original in turn; the least time of each counts. */
export async function measureSystems(wish: SystemsWish, tell: (row: SystemRow) => void): Promise<readonly SystemRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'spikeloom-systems-'));
  const rows: SystemRow[] = [];
  try {
    for (const [driver, names] of Object.entries(families)) {
      const interpreter = wish.interpreters[driver];
      const original = interpreter === undefined ? undefined : startOriginal(driver, interpreter);
      for (const name of names) {
        const row = await measureCase(name, original, { folder, repeats: wish.quick ? 1 : 3 });
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
  { folder, repeats }: { folder: string; repeats: number },
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
  if (typeof theirFirst !== 'object') return { ...common, why: theirFirst ?? 'not measured here' };
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

/** Seconds of the time loop alone with its recordings, and of all: building, compiling, running, handing out the results. */
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
  return { run_s, all_s: (performance.now() - begun) / 1000, steps };
}

function openCase(name: string): ReferenceCase {
  const packed = readFileSync(join(repository, 'e2e/cases', `${name}.json.gz`));
  return expectOk(readCase(JSON.parse(gunzipSync(packed).toString('utf8')), name));
}
