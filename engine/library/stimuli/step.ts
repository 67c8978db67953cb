/** Step: a value between two times, another outside. */
import { ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { and, f64, greaterEqual, less, select } from '../../build/ir/expressions.ts';
import { quantity, sizeParameter } from '../specs.ts';
import { continuousOutput, emitContinuous } from './continuous.ts';

export const step: ElementKind = {
  id: 'stimuli/step',
  family: 'stimuli',
  title: 'Step',
  summary: 'Jumps to a value at a time and back at another.',
  keywords: ['pulse', 'step current'],
  parameters: [
    { ...sizeParameter(1), title: 'channels', description: 'Number of channels.', favourite: false },
    quantity('amplitude', 'value during the step', 1, '1', 'Value from start to stop.', { favourite: true }),
    quantity('baseline', 'value outside', 0, '1', 'Value before start and after stop.'),
    quantity('start', 'start', 100, 'ms', 'Time of the jump up.', { minimum: 0, favourite: true }),
    quantity('stop', 'stop', 1000, 'ms', 'Time of the jump back.', { minimum: 0, favourite: true }),
  ],
  inputs: [],
  outputs: [continuousOutput],
  states: [],
  equations: ['x(t) = amplitude for start ≤ t < stop, else baseline'],
  source: 'Spikeloom',
  defaultProbe: 'out',
  sizes: ({ parameters }) => ok({ outputs: { out: parameters.number('size') }, cells: undefined }),
  expand(builder) {
    const amplitude = f64(builder.number('amplitude'));
    const baseline = f64(builder.number('baseline'));
    const tolerance = builder.timeStepSeconds * 1e-6;
    const from = f64(builder.number('start') - tolerance);
    const to = f64(builder.number('stop') - tolerance);
    emitContinuous(builder, builder.number('size'), (time) =>
      select(and(greaterEqual(time, from), less(time, to)), amplitude, baseline),
    );
    return ok(undefined);
  },
};
