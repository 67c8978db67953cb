/** All problems there are now: those of the document, those of the engine. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Problem } from '../../engine/base/problem.ts';

export interface ProblemState {
  /** Found when the document was opened, validated and built. */
  readonly document: readonly Problem[];
  /** Found while running. */
  readonly run: readonly Problem[];
  /** Both, worst first. */
  readonly all: readonly Problem[];
  readonly byElement: ReadonlyMap<string, readonly Problem[]>;
  setDocument(problems: readonly Problem[]): void;
  addRun(problems: readonly Problem[]): void;
  clearRun(): void;
}

export type ProblemStore = StoreApi<ProblemState>;

/** Problems of one run that are kept; a run that fails in every step must not fill the memory. */
const keptRunProblems = 200;
const ranks = { error: 0, warning: 1, info: 2 } as const;

export function createProblemStore(): ProblemStore {
  return createStore<ProblemState>()((set, get) => ({
    document: [],
    run: [],
    all: [],
    byElement: new Map(),
    setDocument: (document) => set({ document, ...combined(document, get().run) }),
    addRun(problems) {
      const run = [...get().run, ...problems].slice(-keptRunProblems);
      set({ run, ...combined(get().document, run) });
    },
    clearRun: () => set({ run: [], ...combined(get().document, []) }),
  }));
}

function combined(document: readonly Problem[], run: readonly Problem[]): Pick<ProblemState, 'all' | 'byElement'> {
  const distinct = new Map([...document, ...run].map((found) => [JSON.stringify(found), found]));
  const all = [...distinct.values()].sort((left, right) => ranks[left.severity] - ranks[right.severity]);
  const byElement = new Map<string, Problem[]>();
  for (const found of all) {
    const element = found.at?.element;
    if (element === undefined) continue;
    byElement.set(element, [...(byElement.get(element) ?? []), found]);
  }
  return { all, byElement };
}
