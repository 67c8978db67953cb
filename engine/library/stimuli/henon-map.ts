/** The Hénon map as a stimulus: a chaotic series of two channels. */
import { placed } from '../../base/problem.ts';
import { failed, ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { henonMap as generate } from '../../generators/henon-map.ts';
import { createMatrix } from '../../math/matrix.ts';
import { quantity } from '../specs.ts';
import { continuousOutput } from './continuous.ts';
import { lengthParameter, playParameters } from './generated-series.ts';
import { emitTable } from './table.ts';

export const henonMap: ElementKind = {
  id: 'stimuli/henon-map',
  family: 'stimuli',
  title: 'Hénon map',
  summary: 'A chaotic series of points in the plane, from one value to the next.',
  keywords: ['chaos', 'benchmark', 'forecast', 'henon_map', 'reservoirpy'],
  parameters: [
    lengthParameter,
    quantity('a', 'a', 1.4, '1', 'Coefficient of x².', { favourite: true }),
    quantity('b', 'b', 0.3, '1', 'How much of x comes back a value later.', { favourite: true }),
    quantity('x0', 'first x', 0, '1', 'Where the first channel begins.'),
    quantity('y0', 'first y', 0, '1', 'Where the second channel begins.'),
    ...playParameters,
  ],
  inputs: [],
  outputs: [continuousOutput],
  states: [],
  equations: ['x ← 1 − a · x² + y', 'y ← b · x'],
  source: 'Hénon, Commun. Math. Phys. 50 (1976)',
  defaultProbe: 'out',
  sizes: () => ok({ outputs: { out: 2 }, cells: undefined }),
  expand(builder) {
    const steps = builder.number('length');
    const initial = [builder.number('x0'), builder.number('y0')] as const;
    const made = builder.outline
      ? ok(createMatrix(0, 2))
      : generate({ steps, a: builder.number('a'), b: builder.number('b'), initial });
    if (!made.ok) return failed(...made.problems.map((found) => placed(found, { element: builder.id })));
    emitTable(builder, {
      rows: steps,
      channels: 2,
      values: () => made.value.values,
      draftBytes: 16 * steps,
      samplePeriodSeconds: builder.number('sample_period'),
      after: builder.text('after'),
      interpolation: 'previous',
      port: 'out',
    });
    return ok(undefined);
  },
};
