/** The logistic map as a stimulus. */
import { placed } from '../../base/problem.ts';
import { failed, ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { logisticMap as generate } from '../../generators/logistic-map.ts';
import { quantity } from '../specs.ts';
import { continuousOutput } from './continuous.ts';
import { lengthParameter, playParameters } from './generated-series.ts';
import { emitTable } from './table.ts';

export const logisticMap: ElementKind = {
  id: 'stimuli/logistic-map',
  family: 'stimuli',
  title: 'Logistic map',
  summary: 'The simplest chaotic series, between 0 and 1.',
  keywords: ['chaos', 'benchmark', 'forecast', 'logistic_map', 'reservoirpy'],
  parameters: [
    lengthParameter,
    quantity('r', 'growth', 3.9, '1', 'Growth from value to value; above about 3.57 the series is chaotic.', {
      minimum: 0,
      maximum: 4,
      favourite: true,
    }),
    quantity('x0', 'first value', 0.5, '1', 'Where the series begins.', { minimum: 0, maximum: 1 }),
    ...playParameters,
  ],
  inputs: [],
  outputs: [continuousOutput],
  states: [],
  equations: ['x ← r · x · (1 − x)'],
  source: 'May, Nature 261 (1976)',
  defaultProbe: 'out',
  sizes: () => ok({ outputs: { out: 1 }, cells: undefined }),
  expand(builder) {
    const steps = builder.number('length');
    const made = builder.outline
      ? ok(new Float64Array())
      : generate({ steps, r: builder.number('r'), initial: builder.number('x0') });
    if (!made.ok) return failed(...made.problems.map((found) => placed(found, { element: builder.id })));
    emitTable(builder, {
      rows: steps,
      channels: 1,
      values: () => made.value,
      draftBytes: 8 * steps,
      samplePeriodSeconds: builder.number('sample_period'),
      after: builder.text('after'),
      interpolation: 'previous',
      port: 'out',
    });
    return ok(undefined);
  },
};
