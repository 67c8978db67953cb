/** History store: the histories of all probes of a run within one budget of bytes. */
import type {
  HistoryExtent,
  HistoryRequests,
  RasterRequest,
  RasterView,
  TraceRequest,
  TraceView,
} from '../../protocol/history-messages.ts';
import type { ProbeInformation } from '../../protocol/messages.ts';
import type { RecordSink } from '../../protocol/record.ts';
import { createProbeHistories, exportOf, extentOf, sinkOf } from './probe-history.ts';
import type { EventsStore } from './events-store.ts';
import type { ProbeHistory } from './probe-history.ts';
import { columnOf, viewRaster } from './raster-view.ts';
import type { SamplesStore } from './samples-store.ts';
import { stepWindow } from './step-window.ts';
import { viewTrace } from './trace-view.ts';

export interface HistoryStore {
  /** A probe starts over, empty. Returns where its records go. */
  open(information: ProbeInformation): RecordSink;
  /** Forgets what a probe recorded of this and later steps. */
  truncate(probe: string, step: number): void;
  close(probe: string): void;
  probes(): readonly string[];
  setTimeStep(seconds: number): void;
  /** Forgets the oldest details until the budget holds: call after records came in. */
  trim(): void;
  trace(request: TraceRequest): TraceView;
  raster(request: RasterRequest): RasterView;
  overview(request: HistoryRequests['overview']['argument']): HistoryRequests['overview']['reply'];
  extent(lost: number): HistoryExtent;
  export(probe: string, member?: number): HistoryRequests['export']['reply'];
}

/** An empty store that keeps at most about `budgetBytes`; a probe always keeps the piece being filled. */
export function createHistoryStore(budgetBytes: number): HistoryStore {
  return new BudgetedStore(budgetBytes);
}

class BudgetedStore implements HistoryStore {
  private readonly budgetBytes: number;
  /** Of each probe those of the members of a batch. */
  private readonly histories = new Map<string, readonly ProbeHistory[]>();
  private timeStepSeconds = 1;

  constructor(budgetBytes: number) {
    this.budgetBytes = budgetBytes;
  }

  open(information: ProbeInformation): RecordSink {
    const histories = createProbeHistories(information);
    this.histories.set(information.id, histories);
    return sinkOf(histories, information);
  }

  truncate(probe: string, step: number): void {
    for (const { store } of this.histories.get(probe) ?? []) store.truncate(step);
  }

  close(probe: string): void {
    this.histories.delete(probe);
  }

  probes(): readonly string[] {
    return [...this.histories.keys()];
  }

  setTimeStep(seconds: number): void {
    this.timeStepSeconds = seconds;
  }

  trim(): void {
    let excess = this.bytes() - this.budgetBytes;
    while (excess > 0) {
      const freed = dropOnce(this.all());
      if (freed === 0) return;
      excess -= freed;
    }
  }

  trace(request: TraceRequest): TraceView {
    const history = this.find(request.probe, request.member);
    if (history.type !== 'samples') throw new Error(`probe "${request.probe}" records events, not samples`);
    return viewTrace(history.store, this.timeStepSeconds, request);
  }

  raster(request: RasterRequest): RasterView {
    const history = this.find(request.probe, request.member);
    if (history.type !== 'events') throw new Error(`probe "${request.probe}" records samples, not events`);
    return viewRaster(history.store, this.timeStepSeconds, request);
  }

  overview(request: Overview): HistoryRequests['overview']['reply'] {
    const all = this.all();
    const events = all.filter((history) => history.type === 'events');
    const counts = new Float64Array(Math.max(1, Math.floor(request.columns)));
    for (const { store } of events) countEvents(store, request, this.timeStepSeconds, counts);
    if (events.length === 0) {
      for (const history of all)
        if (history.type === 'samples') countSamples(history.store, request, this.timeStepSeconds, counts);
    }
    return { counts };
  }

  extent(lost: number): HistoryExtent {
    const probes = Object.fromEntries(
      [...this.histories].map(([id, histories]) => [id, extentOf(histories, this.timeStepSeconds)]),
    );
    const kept = Object.values(probes).filter((probe) => probe.total > 0);
    return {
      firstSeconds: kept.length === 0 ? NaN : Math.min(...kept.map((probe) => probe.firstSeconds)),
      lastSeconds: kept.length === 0 ? NaN : Math.max(...kept.map((probe) => probe.lastSeconds)),
      bytes: this.bytes(),
      lost,
      probes,
    };
  }

  export(probe: string, member?: number): HistoryRequests['export']['reply'] {
    return exportOf(this.find(probe, member), this.timeStepSeconds);
  }

  private all(): ProbeHistory[] {
    return [...this.histories.values()].flat();
  }

  /** Of a member that a batch no longer has the first one is shown. */
  private find(probe: string, member = 0): ProbeHistory {
    const members = this.histories.get(probe);
    const found = members?.[member] ?? members?.[0];
    if (found === undefined) throw new Error(`there is no probe "${probe}" in this run`);
    return found;
  }

  private bytes(): number {
    return this.all().reduce((sum, history) => sum + history.store.bytes(), 0);
  }
}

/** Drops the oldest piece of the finest level that still has one, from the probe with most bytes there; returns its bytes. */
function dropOnce(histories: readonly ProbeHistory[]): number {
  const levels = Math.max(0, ...histories.map((history) => history.store.levels()));
  for (let level = 0; level < levels; level += 1) {
    const largestFirst = histories.toSorted((a, b) => b.store.levelBytes(level) - a.store.levelBytes(level));
    for (const history of largestFirst) {
      const freed = history.store.dropOldest(level);
      if (freed > 0) return freed;
    }
  }
  return 0;
}

type Overview = HistoryRequests['overview']['argument'];

function countEvents(
  store: EventsStore,
  { fromSeconds, toSeconds }: Overview,
  timeStepSeconds: number,
  counts: Float64Array,
): void {
  const column = columnOf(fromSeconds, toSeconds, counts.length, timeStepSeconds);
  const { first, end } = stepWindow(fromSeconds, toSeconds, timeStepSeconds);
  const binSteps = (toSeconds - fromSeconds) / timeStepSeconds / counts.length;
  store.tally(first, end, binSteps, (step, count) => {
    const at = column(step);
    counts[at] = (counts[at] as number) + count;
  });
}

function countSamples(
  store: SamplesStore,
  { fromSeconds, toSeconds }: Overview,
  timeStepSeconds: number,
  counts: Float64Array,
): void {
  const { first, end } = stepWindow(fromSeconds, toSeconds, timeStepSeconds);
  let start = store.steps.indexAt(first);
  for (let column = 0; column < counts.length; column += 1) {
    const edge = fromSeconds + ((column + 1) / counts.length) * (toSeconds - fromSeconds);
    const edgeStep = column + 1 === counts.length ? end : stepWindow(edge, edge, timeStepSeconds).first;
    const next = store.steps.indexAt(edgeStep);
    counts[column] = (counts[column] as number) + next - start;
    start = next;
  }
}
