/** Ramp: moves straight from one value to another. */
import { ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { add, divide, f64, maximum, minimum, multiply, subtract } from '../../build/ir/expressions.ts';
import { quantity, sizeParameter } from '../specs.ts';
import { continuousOutput, emitContinuous } from './continuous.ts';

export const ramp: ElementKind = {
  id: 'stimuli/ramp',
  family: 'stimuli',
  title: 'Ramp',
  summary: 'Moves from one value to another between two times.',
  keywords: ['linear', 'slope'],
  parameters: [
    { ...sizeParameter(1), title: 'channels', description: 'Number of channels.', favourite: false },
    quantity('from', 'first value', 0, '1', 'Value before and at the start.', { favourite: true }),
    quantity('to', 'last value', 1, '1', 'Value at and after the end.', { favourite: true }),
    quantity('start', 'start', 0, 'ms', 'Time at which the ramp begins.', { minimum: 0 }),
    quantity('length', 'length', 1000, 'ms', 'How long the ramp takes.', { exclusiveMinimum: 0, favourite: true }),
  ],
  inputs: [],
  outputs: [continuousOutput],
  states: [],
  equations: ['x(t) = from + (to − from) · clip((t − start) / length, 0, 1)'],
  source: 'Spikeloom',
  defaultProbe: 'out',
  sizes: ({ parameters }) => ok({ outputs: { out: parameters.number('size') }, cells: undefined }),
  expand(builder) {
    const first = builder.number('from');
    const rise = f64(builder.number('to') - first);
    emitContinuous(builder, builder.number('size'), (time) => {
      const passed = divide(subtract(time, f64(builder.number('start'))), f64(builder.number('length')));
      return add(f64(first), multiply(rise, minimum(maximum(passed, f64(0)), f64(1))));
    });
    return ok(undefined);
  },
};
