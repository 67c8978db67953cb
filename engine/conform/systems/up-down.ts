/** Rockpool's FFUpDown: an analogue input turned into events for its rises and falls. */
import type { Result } from '../../base/result.ts';
import { andThen, mapResult } from '../../base/result.ts';
import type { ResolvedValue } from '../../model/validated.ts';
import { rockpoolSwitches } from '../../formats/rockpool-switches.ts';
import { sampleForLayer } from '../../timeseries/sample-for-layer.ts';
import { arrayOf, BadCase, numberOf, parameterOf, seriesOf, vectorArray } from '../case-access.ts';
import type { Laboratory } from '../laboratory.ts';
import { prepareTrial } from '../laboratory.ts';
import type { CaseRecord, CaseValue, ReferenceCase } from '../reference-case.ts';
import { isNumericArray, isRecord } from '../reference-case.ts';
import type { System } from '../system.ts';
import { clockOf, eventOutput, initialOf, rowsFor, stepsOfCall } from './event-layers.ts';
import { spread } from './rate-layers.ts';

interface Channels {
  readonly inputs: number;
  /** Channels per direction. */
  readonly perDirection: number;
}

/** Inputs and channels as the weights say: a number of inputs, with channels per direction, or a matrix by its shape. */
function channelsOf(given: CaseValue | undefined): Channels {
  const { value = 1, kind } = writtenWeights(given);
  if (typeof value === 'number') return { inputs: value, perDirection: 1 };
  if (isNumericArray(value) && value.shape.length === 2) return byShape(value.shape);
  const [inputs = 1, second = 1] = arrayOf(value, 'weights').values;
  return kind === 'matrix-shape' ? byShape([inputs, second]) : { inputs, perDirection: second };
}

function writtenWeights(given: CaseValue | undefined): CaseRecord {
  return isRecord(given) && !isNumericArray(given) ? given : { value: given ?? 1 };
}

function byShape([inputs = 1, columns = 2]: readonly number[]): Channels {
  const perDirection = columns / (2 * inputs);
  if (!Number.isInteger(perDirection)) throw new BadCase('the columns are no multiple of two per input');
  return { inputs, perDirection };
}

function parametersOf(given: CaseRecord, { perDirection }: Channels): Record<string, ResolvedValue> {
  const decay = given['tau_decay'] ?? null;
  return {
    thr_up: parameterOf(given['thr_up'] ?? 0.001, 'thr_up'),
    thr_down: parameterOf(given['thr_down'] ?? 0.001, 'thr_down'),
    decay: decay !== null,
    ...(decay === null ? {} : { tau_decay: parameterOf(decay, 'tau_decay') }),
    multiplex: given['multiplex_spikes'] !== false,
    spread: perDirection,
    repeat: numberOf(given['repeat_output'] ?? 1, 'repeat_output'),
    noise_std: numberOf(given['noise_std'] ?? 0, 'noise_std'),
    ...rockpoolSwitches.FFUpDown,
  };
}

function evolve(reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  const given = reference.parameters;
  const clock = clockOf(reference, 1e-3);
  const { timeStepSeconds, first } = clock;
  const channels = channelsOf(given['weights']);
  const { inputs, perDirection } = channels;
  const parameters: Record<string, ResolvedValue> = { ...parametersOf(given, channels), size: inputs };
  const series = seriesOf(reference.all['input']);
  return andThen(stepsOfCall(reference.all, series, clock), (steps) =>
    andThen(sampleForLayer(series, timeStepSeconds, first * timeStepSeconds, steps, inputs), ({ samples }) => {
      const input = rowsFor(samples.slice(0, steps * inputs), steps, inputs);
      const experiment = { kind: 'layers/up-down', parameters, input, timeStepSeconds, record: ['spikes'] };
      return mapResult(prepareTrial(laboratory, experiment), (trial) => {
        const before = initialOf(reference)['state'] ?? null;
        if (before !== null) {
          trial.write('s', spread(arrayOf(before, 'state').values, inputs));
          trial.write('begun', new Float64Array(inputs).fill(1));
        }
        trial.advance(steps);
        const events = inTurn(trial.events('spikes'), perDirection);
        const state = steps === 0 ? before : vectorArray(trial.read('s').values);
        trial.dispose();
        const width = 2 * perDirection * inputs;
        return {
          output: eventOutput(events, clock, steps, width),
          final_state: { t: (first + steps) * timeStepSeconds, timestep: first + steps, state },
          num_spikes: events.steps.length,
          size: width * Number(parameters['repeat']),
          size_in: inputs,
        };
      });
    }),
  );
}

interface Events {
  readonly steps: readonly number[];
  readonly cells: readonly number[];
}

/** Events of a step and direction in the order in which they were dealt out; the engine has them by channel. */
function inTurn({ steps, cells }: Events, perDirection: number): Events {
  const ordered: number[] = [];
  for (let first = 0; first < cells.length;) {
    const direction = Math.floor((cells[first] as number) / perDirection);
    let end = first;
    while (
      end < cells.length &&
      steps[end] === steps[first] &&
      Math.floor((cells[end] as number) / perDirection) === direction
    )
      end += 1;
    ordered.push(...byTurn(cells.slice(first, end), first % perDirection, perDirection));
    first = end;
  }
  return { steps, cells: ordered };
}

/** Round by round, each round beginning with place `next`. */
function byTurn(channels: readonly number[], next: number, places: number): readonly number[] {
  const rounds = new Map<number, number>();
  const keyed = channels.map((channel) => {
    const round = rounds.get(channel) ?? 0;
    rounds.set(channel, round + 1);
    return { channel, turn: round * places + (((channel % places) - next + places) % places) };
  });
  return keyed.sort((left, right) => left.turn - right.turn).map(({ channel }) => channel);
}

export const ffUpDown: System = {
  id: 'rockpool.FFUpDown',
  kinds: ['evolve'],
  where: ['layers/up-down'],
  deviations: [
    'At most 65535 events of a channel leave in a step; what is beyond follows in the next.',
    'Where the tracked value decays, the first step of a run may give events; the released one never does (switch: silent first step).',
  ],
  run: evolve,
};
