/** The chaotic Mackey–Glass series as a stimulus. */
import { placed } from '../../base/problem.ts';
import { createUniformSource } from '../../base/random.ts';
import { failed, ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { mackeyGlass as generate } from '../../generators/mackey-glass.ts';
import { quantity } from '../specs.ts';
import { asColumns, batchSize, drawnForMembers, membersOf } from './batch-size.ts';
import { continuousOutput } from './continuous.ts';
import { lengthParameter, playParameters } from './generated-series.ts';
import { emitTable } from './table.ts';

export const mackeyGlass: ElementKind = {
  id: 'stimuli/mackey-glass',
  family: 'stimuli',
  title: 'Mackey-Glass',
  summary: 'A chaotic series, the standard benchmark of forecasting.',
  keywords: ['chaos', 'benchmark', 'forecast', 'mackey_glass', 'reservoirpy'],
  parameters: [
    lengthParameter,
    quantity('tau', 'delay', 17, '1', 'Delay of the equation in units of its own time; above 17 it is chaotic.', {
      minimum: 0,
      favourite: true,
    }),
    quantity('a', 'production', 0.2, '1', 'Coefficient of the delayed term.'),
    quantity('b', 'decay', 0.1, '1', 'Coefficient of the decay.'),
    quantity('n', 'exponent', 10, '1', 'Exponent of the delayed term.'),
    quantity('x0', 'first value', 1.2, '1', 'First value; earlier ones are drawn near it.'),
    quantity('h', 'step', 1, '1', 'Time between two values in units of the equation.', { exclusiveMinimum: 0 }),
    ...playParameters,
    batchSize('a series of its own'),
  ],
  inputs: [],
  outputs: [continuousOutput],
  states: [],
  equations: ['dx/dt = a · x(t − tau) / (1 + x(t − tau)ⁿ) − b · x'],
  source: 'Mackey and Glass, Science 197 (1977); the step of reservoirpy 0.4.2',
  defaultProbe: 'out',
  sizes: ({ parameters }) => ok({ outputs: { out: 1 }, cells: undefined, members: membersOf(parameters) }),
  expand(builder) {
    const [steps, delay, a, b, n, initial, timeStep] = ['length', 'tau', 'a', 'b', 'n', 'x0', 'h'].map((name) =>
      builder.number(name),
    ) as [number, number, number, number, number, number, number];
    const series = { steps, delay, a, b, n, initial, timeStep };
    const values = builder.outline
      ? ok([])
      : drawnForMembers(builder, 'history', (key) => generate(series, createUniformSource(key)));
    if (!values.ok) return failed(...values.problems.map((found) => placed(found, { element: builder.id })));
    emitTable(builder, {
      rows: steps,
      channels: builder.members,
      values: () => asColumns(values.value),
      draftBytes: 8 * steps * builder.members,
      samplePeriodSeconds: builder.number('sample_period'),
      after: builder.text('after'),
      interpolation: 'linear',
      port: 'out',
    });
    return ok(undefined);
  },
};
