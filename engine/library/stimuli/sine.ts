/** Sine wave. */
import { ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { add, call, f64, multiply, toF64 } from '../../build/ir/expressions.ts';
import { quantity, sizeParameter } from '../specs.ts';
import { continuousOutput, emitContinuous } from './continuous.ts';

export const sine: ElementKind = {
  id: 'stimuli/sine',
  family: 'stimuli',
  title: 'Sine',
  summary: 'A sine wave; channels may be shifted against each other.',
  keywords: ['oscillation', 'wave', 'frequency'],
  parameters: [
    { ...sizeParameter(1), title: 'channels', description: 'Number of channels.', favourite: false },
    quantity('amplitude', 'amplitude', 1, '1', 'Greatest deviation from the offset.', { favourite: true }),
    quantity('frequency', 'frequency', 10, 'Hz', 'Periods per second.', { minimum: 0, favourite: true }),
    quantity('phase', 'phase', 0, '1', 'Phase of the first channel in radians.'),
    quantity('phase_step', 'phase between channels', 0, '1', 'Phase added from channel to channel, in radians.'),
    quantity('offset', 'offset', 0, '1', 'Mean value.'),
  ],
  inputs: [],
  outputs: [continuousOutput],
  states: [],
  equations: ['x_i(t) = offset + amplitude · sin(2π · frequency · t + phase + i · phase_step)'],
  source: 'Spikeloom',
  defaultProbe: 'out',
  sizes: ({ parameters }) => ok({ outputs: { out: parameters.number('size') }, cells: undefined }),
  expand(builder) {
    const omega = f64(2 * Math.PI * builder.number('frequency'));
    emitContinuous(builder, builder.number('size'), (time, cell) => {
      const shift = add(f64(builder.number('phase')), multiply(toF64(cell), f64(builder.number('phase_step'))));
      const wave = call('sin', add(multiply(omega, time), shift));
      return add(f64(builder.number('offset')), multiply(f64(builder.number('amplitude')), wave));
    });
    return ok(undefined);
  },
};
