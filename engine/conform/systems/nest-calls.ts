/** Calls of Rockpool's NEST layers: NEST runs one step ahead of the layer, and what that does to input and output. */
import { mapResult, ok, type Result } from '../../base/result.ts';
import type { NumericArray, ResolvedValue } from '../../model/validated.ts';
import { rasterForLayer, sampleForLayer } from '../../timeseries/sample-for-layer.ts';
import { arrayOf, eventsOf, rowsOf, seriesOf, vectorArray } from '../case-access.ts';
import { prepareTrial, statesAfter, type Laboratory, type Trial } from '../laboratory.ts';
import type { CaseRecord, CaseValue } from '../reference-case.ts';
import { stepsOfCall } from './event-layers.ts';
import type { NestForm } from './nest-parameters.ts';
import { spread } from './rate-layers.ts';

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
  const rows = form.input === 'events' ? ok(eventsOfCalls(layer, calls, input)) : currentsOfCalls(layer, calls, input);
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
function eventsOfCalls(layer: NestLayer, calls: readonly Call[], input: CaseValue | undefined): NumericArray {
  const { inputs, timeStepSeconds } = layer;
  const rows = emptyRows(layer, calls);
  const events = eventsOf(input);
  for (const { first, steps } of calls) {
    const { counts } = rasterForLayer(events, timeStepSeconds, {
      ...{ now: first * timeStepSeconds, steps: steps + 1, channelCount: inputs, addEvents: true },
    });
    const missed = first === 0 ? 0 : 2;
    rows.values.set(counts.subarray(missed * inputs), (first + missed) * inputs);
  }
  return rows;
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
    for (let row = Math.max(0, first - ahead + 1); row < first; row += 1)
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
    membranes: calls.map(({ first, steps }) => ({
      times: vectorArray(Array.from({ length: steps }, (_, step) => (first + step) * timeStepSeconds)),
      samples: rowsOf(after, first, first + steps),
    })),
    final,
  };
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
