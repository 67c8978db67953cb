/** NARMA-10: random input and the series that a system with memory makes of it. */
import { placed } from '../../base/problem.ts';
import { createUniformSource } from '../../base/random.ts';
import { failed, ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { narma as generate } from '../../generators/narma.ts';
import { integer, quantity } from '../specs.ts';
import { asColumns, batchSize, drawnForMembers, membersOf } from './batch-size.ts';
import { lengthParameter, playParameters } from './generated-series.ts';
import { emitTable } from './table.ts';

export const narma: ElementKind = {
  id: 'stimuli/narma',
  family: 'stimuli',
  title: 'NARMA-10',
  summary: 'Random input with the target a reservoir has to make of it: the standard test of memory.',
  keywords: ['benchmark', 'memory', 'NARMA', 'target'],
  parameters: [
    lengthParameter,
    integer('order', 'order', 10, 'How many past values enter.', { minimum: 1, maximum: 100, favourite: true }),
    quantity('a1', 'a1', 0.3, '1', 'Coefficient of the last value.'),
    quantity('a2', 'a2', 0.05, '1', 'Coefficient of the last value times the sum of past values.'),
    quantity('b', 'b', 1.5, '1', 'Coefficient of the product of two inputs.'),
    quantity('c', 'c', 0.1, '1', 'Constant.'),
    ...playParameters,
    batchSize('a series of its own'),
  ],
  inputs: [],
  outputs: [
    { name: 'input', title: 'input u', type: 'continuous', unit: '1' },
    { name: 'target', title: 'target y', type: 'continuous', unit: '1' },
  ],
  states: [],
  equations: ['y(t + 1) = a1 · y(t) + a2 · y(t) · Σ y(t − i) + b · u(t − order) · u(t) + c'],
  source: 'Atiya and Parlos, IEEE Trans. Neural Netw. 11 (2000)',
  defaultProbe: 'target',
  sizes: ({ parameters }) => ok({ outputs: { input: 1, target: 1 }, cells: undefined, members: membersOf(parameters) }),
  expand(builder) {
    const rows = builder.number('length');
    const order = builder.number('order');
    const [a1, a2, b, c] = ['a1', 'a2', 'b', 'c'].map((name) => builder.number(name)) as [
      number,
      number,
      number,
      number,
    ];
    // Nothing is drawn for an outline; what a person can get wrong shows in the build that follows.
    const generated = builder.outline
      ? ok([])
      : drawnForMembers(builder, 'input', (key) =>
          generate({ steps: rows, order, a1, a2, b, c }, createUniformSource(key)),
        );
    if (!generated.ok) return failed(...generated.problems.map((found) => placed(found, { element: builder.id })));
    const play = {
      rows,
      channels: builder.members,
      draftBytes: 24 * rows * builder.members,
      samplePeriodSeconds: builder.number('sample_period'),
      after: builder.text('after'),
      interpolation: 'previous' as const,
    };
    const drawn = generated.value;
    const input = (): Float64Array => asColumns(drawn.map((each) => each.input.slice(order, order + rows)));
    const target = (): Float64Array => asColumns(drawn.map((each) => each.output.slice(0, rows)));
    emitTable(builder, { ...play, values: input, port: 'input' });
    emitTable(builder, { ...play, values: target, port: 'target' });
    return ok(undefined);
  },
};
