/** Calls of Rockpool's NEST layers: NEST runs one step ahead of the layer, and what that does to input and output. */
import { mapResult, ok, type Result } from '../../base/result.ts';
import type { NumericArray, ResolvedValue } from '../../model/validated.ts';
import { eventsBetween } from '../../timeseries/cut-events.ts';
import { sampleForLayer } from '../../timeseries/sample-for-layer.ts';
import { arrayOf, eventsOf, rowsOf, seriesOf, vectorArray } from '../case-access.ts';
import { prepareTrial, statesAfter, type Laboratory, type Trial } from '../laboratory.ts';
import type { CaseRecord, CaseValue } from '../reference-case.ts';
import { stepsOfCall } from './event-layers.ts';
import type { NestForm } from './nest-parameters.ts';
import { spread } from './rate-layers.ts';

/** NEST's delay where none is given, as to its recorders, in seconds. */
const recorderDelay = 1e-3;

/** A layer as a case gives it. */
export interface NestLayer {
  readonly form: NestForm;
  readonly parameters: Readonly<Record<string, ResolvedValue>>;
  readonly timeStepSeconds: number;
  readonly cells: number;
  readonly inputs: number;
  readonly initial: CaseRecord;
  /** Further signals that are read at the end. */
  readonly reads?: readonly string[];
}

/** A call: the step it starts at and how many it has, as the layer counts them. */
interface Call {
  readonly request: CaseRecord;
  readonly first: number;
  readonly steps: number;
}

/** What calls in a row gave. */
export interface CallResults {
  readonly outputs: readonly CaseRecord[];
  readonly membranes: readonly { readonly times: NumericArray; readonly samples: NumericArray }[];
  readonly final: ReadonlyMap<string, NumericArray>;
}

/** Calls with one input; a reset of the time starts everything anew. */
export function runCalls(
  layer: NestLayer,
  requests: readonly CaseRecord[],
  input: CaseValue | undefined,
  laboratory: Laboratory,
): Result<CallResults> {
  let all: CallResults = { outputs: [], membranes: [], final: new Map() };
  for (const part of withoutResets(requests)) {
    const made = runPart(layer, part, input, laboratory);
    if (!made.ok) return made;
    const { outputs, membranes, final } = made.value;
    all = { outputs: [...all.outputs, ...outputs], membranes: [...all.membranes, ...membranes], final };
  }
  return ok(all);
}

function withoutResets(requests: readonly CaseRecord[]): CaseRecord[][] {
  const parts: CaseRecord[][] = [[]];
  for (const request of requests) {
    if (request['before'] === 'reset_time' || request['before'] === 'reset_all') parts.push([]);
    parts[parts.length - 1]?.push(request);
  }
  return parts.filter((part) => part.length > 0);
}

function runPart(
  layer: NestLayer,
  requests: readonly CaseRecord[],
  input: CaseValue | undefined,
  laboratory: Laboratory,
): Result<CallResults> {
  const { form, parameters, timeStepSeconds } = layer;
  const calls: Call[] = [];
  let first = 0;
  for (const request of requests) {
    const series = form.input === 'events' ? eventsOf(input) : seriesOf(input);
    const steps = stepsOfCall(request, series, { timeStepSeconds, first });
    if (!steps.ok) return steps;
    calls.push({ request, first, steps: steps.value });
    first += steps.value;
  }
  const rows = form.input === 'events' ? eventsOfCalls(layer, calls, input) : currentsOfCalls(layer, calls, input);
  if (!rows.ok) return rows;
  const record = ['spikes', 'v'];
  const experiment = { kind: form.kind, parameters, input: rows.value, timeStepSeconds, record };
  return mapResult(prepareTrial(laboratory, experiment), (trial) => {
    start(layer, trial);
    for (const call of calls) {
      if (call.request['before'] === 'reset_state') rest(layer, trial);
      trial.advance(call.first === 0 ? call.steps + 1 : call.steps);
    }
    return results(layer, calls, trial);
  });
}

function start({ initial, cells }: NestLayer, trial: Trial): void {
  if (initial['v'] !== undefined) trial.write('v', spread(arrayOf(initial['v'], 'v').values, cells));
}

function rest({ parameters, cells, form }: NestLayer, trial: Trial): void {
  const rest = arrayOf(parameters['v_rest'] as number | NumericArray, 'v_rest').values;
  trial.write('v', spread(rest, cells));
  const others = form.input === 'events' ? ['I_exc', 'I_inh', ...(form.adaptive ? ['w'] : [])] : [];
  for (const name of others) trial.write(name, new Float64Array(cells));
}

function emptyRows({ inputs }: NestLayer, calls: readonly Call[]): NumericArray {
  const steps = calls.reduce((sum, call) => sum + call.steps, 1);
  return { shape: [steps, inputs], values: new Float64Array(steps * inputs) };
}

/** Each call reads the step after its end too; a later one has missed its first two, of which the call before read one. */
function eventsOfCalls(layer: NestLayer, calls: readonly Call[], input: CaseValue | undefined): Result<NumericArray> {
  const { inputs, timeStepSeconds } = layer;
  const rows = emptyRows(layer, calls);
  const series = eventsOf(input);
  if (series === undefined) return ok(rows);
  for (const { first, steps } of calls) {
    const start = first * timeStepSeconds;
    const events = eventsBetween(series, start, start + steps * timeStepSeconds + timeStepSeconds);
    if (!events.ok) return events;
    const { times, channels } = events.value;
    for (const [event, time] of times.entries()) {
      // Steps count from the beginning of time here, not from that of the call.
      const step = Math.floor(time / timeStepSeconds);
      const channel = channels[event] as number;
      if (step < (first === 0 ? 0 : first + 2) || step > first + steps || channel >= inputs) continue;
      rows.values[step * inputs + channel] = (rows.values[step * inputs + channel] as number) + 1;
    }
  }
  return ok(rows);
}

/** A call replaces what of the call before is still to come; the last current then stays until its own arrive. */
function currentsOfCalls(
  layer: NestLayer,
  calls: readonly Call[],
  input: CaseValue | undefined,
): Result<NumericArray | undefined> {
  const { inputs, timeStepSeconds } = layer;
  const series = seriesOf(input);
  if (series === undefined) return ok(undefined);
  const rows = emptyRows(layer, calls);
  const ahead = Math.round(1e-3 / timeStepSeconds);
  for (const { first, steps } of calls) {
    const sampled = sampleForLayer(series, timeStepSeconds, first * timeStepSeconds, steps, inputs);
    if (!sampled.ok) return sampled;
    for (let row = Math.max(0, first - ahead + 2); row < first; row += 1)
      rows.values.copyWithin(row * inputs, Math.max(0, row - 1) * inputs, Math.max(0, row - 1) * inputs + inputs);
    rows.values.set(sampled.value.samples, first * inputs);
  }
  return ok(rows);
}

function results(layer: NestLayer, calls: readonly Call[], trial: Trial): CallResults {
  const { timeStepSeconds, form, reads = [] } = layer;
  const total = calls.reduce((sum, call) => sum + call.steps, 1);
  const spikes = trial.events('spikes');
  const after = statesAfter(trial, 'v', total);
  const final = new Map(['v', ...(form.adaptive ? ['w'] : []), ...reads].map((name) => [name, trial.read(name)]));
  trial.dispose();
  return {
    outputs: calls.map((call) => outputOf(layer, call, spikes)),
    membranes: calls.map((call) => {
      const { first } = call;
      const end = recordedEnd(layer, call);
      return {
        times: vectorArray(Array.from({ length: end - first }, (_, step) => (first + step) * timeStepSeconds)),
        samples: rowsOf(after, first, end),
      };
    }),
    final,
  };
}

/** NEST hands recorded rows over in slices as long as the shortest delay: rows of a slice that has not ended are missing. */
function recordedEnd(layer: NestLayer, { first, steps }: Call): number {
  const inSteps = (delay: number): number => Math.max(1, Math.round(delay / layer.timeStepSeconds));
  const slice = Math.min(inSteps(recorderDelay), ...delaysOf(layer).map(inSteps));
  return Math.max(first, Math.floor((first + steps) / slice) * slice);
}

/** Delays of the connections that there are between cells and from events, in seconds. */
function delaysOf({ form, parameters }: NestLayer): readonly number[] {
  if (form.input !== 'events') return [];
  return form.weights.flatMap((name) => {
    const [one, each] = ['delay', 'delays'].map((delay) => parameters[name.replace('weights', delay)]);
    const weights = arrayOf(parameters[name] as NumericArray, name).values;
    const delays = spread(arrayOf((each ?? one) as number | NumericArray, `delays of ${name}`).values, weights.length);
    return Array.from(delays).filter((_, place) => weights[place] !== 0);
  });
}

/** Spikes carry the ends of their steps; that of the step ahead is moved to the end of the call. */
function outputOf(
  { timeStepSeconds, cells }: NestLayer,
  { first, steps }: Call,
  spikes: { readonly steps: readonly number[]; readonly cells: readonly number[] },
): CaseRecord {
  const stop = (first + steps) * timeStepSeconds;
  const own = spikes.steps
    .map((step, index) => ({ step, cell: spikes.cells[index] as number }))
    .filter(({ step }) => step <= first + steps && (first === 0 || step > first));
  return {
    type: 'events',
    times: vectorArray(own.map(({ step }) => Math.min((step + 1) * timeStepSeconds, stop))),
    channels: vectorArray(own.map(({ cell }) => cell)),
    num_channels: cells,
    t_start: first * timeStepSeconds,
    t_stop: stop,
    periodic: false,
  };
}
