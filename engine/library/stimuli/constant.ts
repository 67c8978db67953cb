/** Constant value. */
import { ok } from '../../base/result.ts';
import { mapResult } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { load } from '../../build/ir/expressions.ts';
import { quantity, sizeParameter } from '../specs.ts';
import { continuousOutput, emitContinuous } from './continuous.ts';

export const constant: ElementKind = {
  id: 'stimuli/constant',
  family: 'stimuli',
  title: 'Constant',
  summary: 'The same value at all times; the weight of the wire turns it into a current.',
  keywords: ['dc', 'bias'],
  parameters: [
    { ...sizeParameter(1), title: 'channels', description: 'Number of channels.' },
    quantity('amplitude', 'value', 1, '1', 'Value of every channel.', { perCell: true, favourite: true }),
  ],
  inputs: [],
  outputs: [continuousOutput],
  states: [],
  equations: ['x(t) = amplitude'],
  source: 'Spikeloom',
  defaultProbe: 'out',
  sizes: ({ parameters }) => ok({ outputs: { out: parameters.number('size') }, cells: undefined }),
  expand(builder) {
    const size = builder.number('size');
    return mapResult(builder.vector('amplitude', size), (amplitude) => {
      const table = builder.signal({ name: 'amplitude', shape: [size], initial: amplitude, role: 'constant' });
      emitContinuous(builder, size, (_, cell) => load(table, cell), 'out', [table]);
    });
  },
};
