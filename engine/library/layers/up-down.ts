/** Up/down encoder: an event for every threshold by which the input has moved (Rockpool 1.0.7 FFUpDown). */
import { problem } from '../../base/problem.ts';
import type { Result } from '../../base/result.ts';
import { andThen, failed, mapResult, ok } from '../../base/result.ts';
import type { SignalId } from '../../build/ir/types.ts';
import type { ElementBuilder, ElementKind } from '../../build/library-kind.ts';
import { expandPopulation } from '../../build/population/expand-population.ts';
import { flag, integer, quantity } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { cellsAsked, cellsOfInput, inputPerCell, sizeOfInput } from './input-per-cell.ts';
import { cellConstants } from './io-weights.ts';
import { mostEventsPerStep } from './most-events.ts';
import { emitDealt } from './dealt-events.ts';

export const upDown: ElementKind = {
  id: 'layers/up-down',
  family: 'layers',
  title: 'Up/down encoder',
  summary: 'Turns each analogue channel into one channel of events for its rises and one for its falls.',
  keywords: ['rockpool', 'FFUpDown', 'delta modulation', 'asynchronous delta', 'encoder', 'spike encoding', 'events'],
  parameters: [
    { ...sizeOfInput, title: 'input channels', description: 'Number of analogue channels; follows from the input.' },
    quantity('thr_up', 'threshold up', 0.001, '1', 'Rise of the input that makes an up event.', {
      ...{ perCell: true, minimum: 0, favourite: true },
    }),
    quantity('thr_down', 'threshold down', 0.001, '1', 'Fall of the input that makes a down event.', {
      ...{ perCell: true, minimum: 0, favourite: true },
    }),
    flag('decay', 'decay', false, 'The tracked value decays towards 0.', { group: 'Decay' }),
    quantity('tau_decay', 'time constant of the decay', 100, 'ms', 'Only where the tracked value decays.', {
      ...{ perCell: true, exclusiveMinimum: 0, minimumSteps: 1, group: 'Decay' },
    }),
    flag('multiplex', 'several events per step', true, 'As many events as thresholds were passed; else one at most.'),
    integer('spread', 'channels per direction', 1, 'Events of a direction take turns on so many channels.', {
      ...{ minimum: 1, maximum: 1000, group: 'Output' },
    }),
    integer('repeat', 'repeats', 1, 'Each event leaves so many times.', { minimum: 1, maximum: 1000, group: 'Output' }),
    quantity('noise_std', 'noise', 0, '1', 'Standard deviation of the noise added to every sample.', { minimum: 0 }),
    flag(
      'silent_start',
      'silent first step',
      false,
      'The first sample decays with the tracked value, as released: no event.',
      {
        ...{ group: 'Compatibility', compatibility: true },
      },
    ),
  ],
  inputs: [{ name: 'in', title: 'input', types: ['continuous'], accepts: 'channels', unit: '1' }],
  outputs: [spikeOutput],
  states: [
    { name: 's', title: 'tracked value', unit: '1' },
    { name: 'up', title: 'up events of the step', unit: '1', holds: 'counts' },
    { name: 'down', title: 'down events of the step', unit: '1', holds: 'counts' },
  ],
  equations: [
    's = s · (1 − dt / tau_decay);  at the first step s = x before',
    'up = max(0, ⌊(x − s) / thr_up⌋),  down = max(0, ⌊(s − x) / thr_down⌋)',
    'one event at most: up = (x > s + thr_up),  down = (x < s − thr_down)',
    's = s + thr_up · up − thr_down · down',
    'channel 2 i: up events of input i, channel 2 i + 1: its down events; with m channels per direction c becomes m c … m c + m − 1, in turn',
  ],
  source: 'Rockpool 1.0.7, FFUpDown',
  defaultProbe: 'spikes',
  sizes(request) {
    const cells = cellsAsked(request);
    const spread = request.parameters.number('spread');
    return ok({ outputs: { spikes: cells === undefined ? undefined : 2 * spread * cells }, cells });
  },
  expand(builder) {
    const cells = cellsOfInput(builder);
    return andThen(checkThresholds(builder, cells), () =>
      andThen(inputPerCell(builder, 'in', cells), (input) =>
        andThen(decayFactors(builder, cells), (kept) =>
          mapResult(expandTracking(builder, { cells, input, kept }), ({ states }) =>
            emitDealt(builder, {
              ...{ cells, directions: [states['up'] ?? '', states['down'] ?? ''] },
              ...{ spread: builder.number('spread'), repeat: builder.number('repeat') },
            }),
          ),
        ),
      ),
    );
  },
};

/** A threshold of 0 would be passed any number of times. */
function checkThresholds(builder: ElementBuilder, cells: number): Result<void> {
  if (!builder.flag('multiplex')) return ok(undefined);
  for (const name of ['thr_up', 'thr_down']) {
    const values = builder.vector(name, cells);
    if (!values.ok) return values;
    if (values.value.every((threshold) => threshold > 0)) continue;
    const message = `${name} of "${builder.name}" is 0, which every input passes any number of times.`;
    return failed(
      problem('model/parameter-range', message, {
        hint: `Give a ${name} greater than 0, or allow one event per step only.`,
        at: { element: builder.id, path: `parameters.${name}` },
      }),
    );
  }
  return ok(undefined);
}

/** 1 − dt / tau_decay of each cell, or nothing without decay. */
function decayFactors(builder: ElementBuilder, cells: number): Result<SignalId | undefined> {
  if (!builder.flag('decay')) return ok(undefined);
  return mapResult(builder.vector('tau_decay', cells), (taus) =>
    builder.signal({
      ...{ name: 'kept', shape: [cells], role: 'constant' },
      initial: taus.map((tau) => 1 - builder.timeStepSeconds / tau),
    }),
  );
}

interface Tracked {
  readonly cells: number;
  readonly input: SignalId;
  /** 1 − dt / tau_decay. */
  readonly kept: SignalId | undefined;
}

function expandTracking(builder: ElementBuilder, { cells, input, kept }: Tracked) {
  const noisy = builder.number('noise_std') > 0;
  const x = { signal: input, unit: '1' };
  // Signals of their own, so that they can be trained.
  return andThen(cellConstants(builder, ['thr_up', 'thr_down'], cells), ([thr_up = '', thr_down = '']) =>
    expandPopulation(builder, {
      cells,
      model: 's : 1\nup : 1\ndown : 1\nbegun : 1',
      method: 'discrete',
      update: trackingStatements(builder, { noisy, decays: kept !== undefined }),
      parameters: noisy ? ['noise_std'] : [],
      ...(noisy ? { noise: ['noise'] } : {}),
      inputs: {
        ...{ x, thr_up: { signal: thr_up, unit: '1' }, thr_down: { signal: thr_down, unit: '1' } },
        ...(kept === undefined ? {} : { kept: { signal: kept, unit: '1' } }),
      },
      initial: { s: 0, up: 0, down: 0, begun: 0 },
      surrogates: {
        up: { id: 'window', alpha: 0.5, throughReset: true },
        down: { id: 'window', alpha: 0.5, throughReset: true },
      },
    }),
  );
}

function trackingStatements(
  builder: ElementBuilder,
  { noisy, decays }: { readonly noisy: boolean; readonly decays: boolean },
): string {
  const most = String(mostEventsPerStep);
  const began = builder.flag('silent_start') ? '*begun' : '';
  const counted = [
    `up = clip(floor((sample - s)/thr_up), 0, ${most})${began}`,
    `down = clip(floor((s - sample)/thr_down), 0, ${most})${began}`,
  ];
  const single = [`up = int(sample > s + thr_up)${began}`, `down = int(sample < s - thr_down)${began}`];
  return [
    noisy ? 'sample = x + noise_std*noise' : 'sample = x',
    's = where(begun > 0, s, sample)',
    ...(decays ? ['s = kept*s'] : []),
    ...(builder.flag('multiplex') ? counted : single),
    's = s + thr_up*up - thr_down*down',
    'begun = 1',
  ].join('\n');
}
