/** Series from a file or array: rows of numbers played one after the other. */
import { andThen, failed, mapResult, ok } from '../../base/result.ts';
import { problem } from '../../base/problem.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { choice, quantity } from '../specs.ts';
import { batchSize, columnsOfMember, membersOf } from './batch-size.ts';
import { continuousOutput } from './continuous.ts';
import { splineDegrees } from '../../timeseries/continuous-series.ts';
import { afterChoices, emitTable } from './table.ts';
import { interpolationOf, timedRowsOf } from './timed-series.ts';
import { emitTimedRows } from './timed-rows.ts';

export const series: ElementKind = {
  id: 'stimuli/series',
  family: 'stimuli',
  title: 'Series from file',
  summary: 'Plays the columns of a CSV or npz file.',
  keywords: ['csv', 'npz', 'data', 'recording', 'import', 'time series', 'spline', 'interpolation', 'TSContinuous'],
  parameters: [
    {
      name: 'series',
      title: 'data',
      type: 'series',
      unit: '1',
      default: null,
      description: 'One row per sample, one column per channel.',
    },
    {
      name: 'times',
      title: 'times of the rows',
      type: 'series',
      unit: 's',
      default: null,
      description: 'When each row is played, evenly spaced or not; without them rows follow each other evenly.',
    },
    quantity(
      'sample_period',
      'time between rows',
      0,
      'ms',
      'Simulated time from row to row; 0 plays one row per time step. Rows with times of their own do without.',
      { minimum: 0, favourite: true },
    ),
    choice(
      'interpolation',
      'between rows',
      'linear',
      [
        { value: 'linear', title: 'straight line' },
        { value: 'previous', title: 'hold the previous row' },
        { value: 'next', title: 'take the next row' },
        { value: 'nearest', title: 'take the nearest row' },
        { value: 'quadratic', title: 'quadratic spline' },
        { value: 'cubic', title: 'cubic spline' },
      ],
      'What is played between two rows. Halfway between two, the nearest row is the earlier one.',
    ),
    quantity(
      'delay',
      'delay',
      0,
      'ms',
      'When the first row is played, 0 before it; a negative delay leaves out the beginning. Rows that start again do so in both directions.',
    ),
    choice('after', 'after the last row', 'hold', afterChoices, 'What is played when the rows are used up.'),
    quantity(
      'period',
      'length of a round',
      0,
      'ms',
      'Time after which rows with times of their own start again; 0: at the time of the last row.',
      { minimum: 0 },
    ),
    quantity('scale', 'scale', 1, '1', 'Factor on every value.', { favourite: true }),
    quantity('offset', 'offset', 0, '1', 'Added after scaling.'),
    batchSize('columns of its own: the first copy the first ones, the next the following ones'),
  ],
  inputs: [],
  outputs: [continuousOutput],
  states: [],
  equations: [
    'x(t) = scale · row((t − delay) / sample_period) + offset',
    'with times: row k stands at t = times[k] + delay; x = 0 before the first row',
  ],
  source: "Spikeloom; interpolation as in Rockpool's TSContinuous (scipy's interp1d)",
  defaultProbe: 'out',
  sizes({ parameters, element }) {
    const data = parameters.array('series');
    if (data === null || data.values.length === 0) {
      return failed(
        problem('model/missing-input', `"${element.name}" has no data to play.`, {
          hint: 'Import a CSV or npz file in the inspector, or drop one on the block.',
          at: { element: element.id, path: 'parameters.series' },
        }),
      );
    }
    const sizes = mapResult(columnsOfMember(parameters, data.shape[1] ?? 1, element), (out) => ({
      outputs: { out },
      cells: undefined,
      members: membersOf(parameters),
    }));
    if (parameters.array('times') !== null) return andThen(timedRowsOf(parameters, element), () => sizes);
    const degree = splineDegrees[interpolationOf(parameters)] ?? 0;
    return (data.shape[0] ?? 1) <= degree ? failed(tooFewRows(element, degree)) : sizes;
  },
  expand(builder) {
    const data = builder.array('series');
    if (data === null) return ok(undefined);
    if (builder.array('times') !== null)
      return mapResult(timedRowsOf(builder, builder), (play) => emitTimedRows(builder, play));
    const scale = builder.number('scale');
    const offset = builder.number('offset');
    emitTable(builder, {
      rows: data.shape[0] ?? 1,
      channels: data.shape[1] ?? 1,
      values: () =>
        scale === 1 && offset === 0
          ? Float64Array.from(data.values)
          : data.values.map((value) => scale * value + offset),
      draftBytes: 0,
      samplePeriodSeconds: builder.number('sample_period'),
      after: builder.text('after'),
      interpolation: interpolationOf(builder),
      delaySeconds: builder.number('delay'),
      port: 'out',
    });
    return ok(undefined);
  },
};

function tooFewRows(element: { readonly id: string; readonly name: string }, degree: number) {
  const kind = degree === 2 ? 'quadratic' : 'cubic';
  return problem('model/parameter-range', `"${element.name}": a ${kind} spline needs at least ${degree + 1} rows.`, {
    hint: 'Import more rows, or play straight lines between them.',
    at: { element: element.id, path: 'parameters.interpolation' },
  });
}
