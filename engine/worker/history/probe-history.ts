/** Probe history: what one probe recorded, samples or events, behind the verbs that budget, export and overview need. */
import type { HistoryExtent, HistoryRequests } from '../../protocol/history-messages.ts';
import type { ProbeInformation } from '../../protocol/messages.ts';
import type { RecordSink } from '../../protocol/record.ts';
import { createEventsStore } from './events-store.ts';
import type { EventsStore } from './events-store.ts';
import { dealtEvents, dealtRows } from './member-records.ts';
import { createSamplesStore } from './samples-store.ts';
import type { SamplesStore } from './samples-store.ts';

/** The two sorts of store. */
export type ProbeHistory =
  | { readonly type: 'samples'; readonly store: SamplesStore }
  /** Events carry the place of the cell among the recorded ones; `cells` as in ProbeInformation. */
  | { readonly type: 'events'; readonly store: EventsStore; readonly cells: readonly number[] | null };

/** Empty histories for the records of a probe, one for each member of a batch. */
export function createProbeHistories({ type, channels, cells, members = 1 }: ProbeInformation): ProbeHistory[] {
  return Array.from({ length: members }, () =>
    type === 'samples'
      ? { type, store: createSamplesStore(channels) }
      : { type, store: createEventsStore(channels), cells },
  );
}

/** Takes records into the stores, each member's into its own. */
export function sinkOf(histories: readonly ProbeHistory[], { type, channels }: ProbeInformation): RecordSink {
  const [first, ...others] = histories.map(({ store }) => store);
  if (first !== undefined && others.length === 0) return (records, count) => first.append(records, count);
  const stores = histories.map(
    ({ store }): RecordSink =>
      (records, count) =>
        store.append(records, count),
  );
  return type === 'samples' ? dealtRows(stores, channels) : dealtEvents(stores, channels);
}

/** Records kept in some form over all members, and the times of the first and last of them; NaN times when there are none. */
export function extentOf(histories: readonly ProbeHistory[], timeStepSeconds: number): HistoryExtent['probes'][string] {
  const parts = histories.map((history) => extentOfMember(history, timeStepSeconds)).filter(({ total }) => total > 0);
  const total = parts.reduce((sum, part) => sum + part.total, 0);
  if (total === 0) return { firstSeconds: NaN, lastSeconds: NaN, total };
  return {
    firstSeconds: Math.min(...parts.map(({ firstSeconds }) => firstSeconds)),
    lastSeconds: Math.max(...parts.map(({ lastSeconds }) => lastSeconds)),
    total,
  };
}

function extentOfMember(history: ProbeHistory, timeStepSeconds: number): HistoryExtent['probes'][string] {
  if (history.type === 'events') {
    const { store } = history;
    return {
      firstSeconds: store.firstStep() * timeStepSeconds,
      lastSeconds: store.lastStep() * timeStepSeconds,
      total: store.length(),
    };
  }
  const { store } = history;
  const { steps } = store;
  const total = steps.length();
  if (total === 0) return { firstSeconds: NaN, lastSeconds: NaN, total };
  return {
    firstSeconds: steps.stepOf(store.firstKept()) * timeStepSeconds,
    lastSeconds: steps.stepOf(total - 1) * timeStepSeconds,
    total,
  };
}

/** Everything that is kept value by value: samples row by row, or the cell of each event. */
export function exportOf(history: ProbeHistory, timeStepSeconds: number): HistoryRequests['export']['reply'] {
  return history.type === 'samples'
    ? exportSamples(history.store, timeStepSeconds)
    : exportEvents(history.store, history.cells, timeStepSeconds);
}

function exportSamples(store: SamplesStore, timeStepSeconds: number): HistoryRequests['export']['reply'] {
  const first = store.firstRaw();
  const count = store.steps.length() - first;
  const { channels } = store;
  const times = new Float64Array(count);
  const values = new Float64Array(count * channels);
  for (let row = 0; row < count; row += 1) {
    times[row] = store.steps.stepOf(first + row) * timeStepSeconds;
    for (let channel = 0; channel < channels; channel += 1)
      values[row * channels + channel] = store.valueAt(channel, first + row);
  }
  return { times, values, channels };
}

function exportEvents(
  store: EventsStore,
  cells: readonly number[] | null,
  timeStepSeconds: number,
): HistoryRequests['export']['reply'] {
  const kept = store.exact(store.firstExactStep(), Number.MAX_SAFE_INTEGER);
  const times = new Float64Array(kept?.count ?? 0);
  const values = new Float64Array(times.length);
  let index = 0;
  kept?.visit((step, cell) => {
    times[index] = step * timeStepSeconds;
    values[index] = cells?.[cell] ?? cell;
    index += 1;
  });
  return { times, values, channels: 1 };
}
