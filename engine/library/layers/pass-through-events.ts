/** Events passed on to other channels, each as often as its weight says (Rockpool 1.0.7 PassThroughEvents). */
import { problem } from '../../base/problem.ts';
import { andThen, failed, mapResult, ok } from '../../base/result.ts';
import type { ElementBuilder, ElementKind } from '../../build/library-kind.ts';
import { matrix } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { cellsOfEvents, eventPort, sizeOfEvents, weighedEvents } from './event-input.ts';

export const passThroughEvents: ElementKind = {
  id: 'layers/pass-through-events',
  family: 'layers',
  title: 'Event routing',
  summary: 'Passes events on to other channels, each as many times as its weight says, in the same step.',
  keywords: ['rockpool', 'PassThroughEvents', 'remap', 'permute', 'channels', 'pass-through'],
  parameters: [
    sizeOfEvents,
    matrix(
      'weights',
      'weights',
      '1',
      'Numbers of events [inputs, outputs]: whole and not negative. Each channel is passed on unchanged when absent.',
      { favourite: true },
    ),
  ],
  inputs: [{ ...eventPort, types: ['spikes'] }],
  outputs: [spikeOutput],
  states: [],
  equations: ['events_j(t) = Σ_i W_ij · events_i(t)'],
  source: 'Rockpool 1.0.7, PassThroughEvents',
  defaultProbe: 'spikes',
  sizes: (request) => ok({ outputs: { spikes: cellsOfEvents(request) }, cells: undefined }),
  expand: (builder) =>
    andThen(checkWeights(builder), () =>
      mapResult(weighedEvents(builder, true), ({ cells, reads, body }) => {
        const spikes = builder.signal({ name: 'spikes', shape: [cells], initial: 0, role: 'transient' });
        builder.operator({ name: 'emit', slot: 'thresholds', reads, sets: [spikes], body: body(spikes, false) });
        builder.output('spikes', spikes);
      }),
    ),
};

function checkWeights(builder: ElementBuilder) {
  const values = builder.array('weights')?.values ?? new Float64Array();
  const wrong = values.find((weight) => !Number.isInteger(weight) || weight < 0);
  if (wrong === undefined) return ok(undefined);
  return failed(
    problem('model/parameter-range', `weights of "${builder.name}" contain ${wrong}, which is no number of events.`, {
      hint: 'Give whole numbers of at least 0.',
      at: { element: builder.id, path: 'parameters.weights' },
    }),
  );
}
