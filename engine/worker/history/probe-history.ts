/** Probe history: what one probe recorded, samples or events, behind the verbs that budget, export and overview need. */
import type { HistoryExtent, HistoryRequests } from '../../protocol/history-messages.ts';
import type { ProbeInformation } from '../../protocol/messages.ts';
import type { RecordSink } from '../../protocol/record.ts';
import { createEventsStore } from './events-store.ts';
import type { EventsStore } from './events-store.ts';
import { createSamplesStore } from './samples-store.ts';
import type { SamplesStore } from './samples-store.ts';

/** The two sorts of store. */
export type ProbeHistory =
  | { readonly type: 'samples'; readonly store: SamplesStore }
  /** Events carry the place of the cell among the recorded ones; `cells` as in ProbeInformation. */
  | { readonly type: 'events'; readonly store: EventsStore; readonly cells: readonly number[] | null };

/** An empty history for the records of a probe. */
export function createProbeHistory(information: ProbeInformation): ProbeHistory {
  return information.type === 'samples'
    ? { type: 'samples', store: createSamplesStore(information.channels) }
    : { type: 'events', store: createEventsStore(information.channels), cells: information.cells };
}

/** Takes records into the store. */
export function sinkOf(history: ProbeHistory): RecordSink {
  return (records, count) => history.store.append(records, count);
}

/** Records kept in some form, and the times of the first and last of them; NaN times when there are none. */
export function extentOf(history: ProbeHistory, timeStepSeconds: number): HistoryExtent['probes'][string] {
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
