/** Live input: values set by hand while the network runs, and values that come from outside step by step. */
import { mapResult, ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { add, load } from '../../build/ir/expressions.ts';
import { quantity, sizeParameter } from '../specs.ts';
import { continuousOutput, emitContinuous } from './continuous.ts';

export const live: ElementKind = {
  id: 'stimuli/live',
  family: 'stimuli',
  title: 'Live input',
  summary: 'A value set by hand while the network runs, plus what comes from outside row by row.',
  keywords: ['stream', 'knob', 'slider', 'standard input', 'online', 'control'],
  parameters: [
    { ...sizeParameter(1), title: 'channels', description: 'Number of channels.' },
    quantity('value', 'value', 0, '1', 'Drag it, or type, while the network runs: it holds from the next step on.', {
      ...{ perCell: true, favourite: true },
    }),
  ],
  inputs: [],
  outputs: [continuousOutput],
  states: [{ name: 'live', title: 'from outside', unit: '1' }],
  equations: ['x(t) = value + live', 'live: 0, or the last row that came from outside (spikeloom run --stream)'],
  source: 'Spikeloom',
  defaultProbe: 'out',
  sizes: ({ parameters }) => ok({ outputs: { out: parameters.number('size') }, cells: undefined }),
  expand(builder) {
    const size = builder.number('size');
    return mapResult(builder.vector('value', size), (value) => {
      const set = builder.signal({ name: 'value', shape: [size], initial: value, role: 'constant' });
      const from = builder.signal({ name: 'live', shape: [size], initial: 0, role: 'state' });
      builder.state('live', from);
      emitContinuous(builder, size, (_, cell) => add(load(set, cell), load(from, cell)), 'out', [set, from]);
    });
  },
};
