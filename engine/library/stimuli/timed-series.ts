/** The rows of a series stimulus with times of their own, read from its parameters and checked. */
import { problem, type Problem } from '../../base/problem.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import type { ParameterReader } from '../../build/library-kind.ts';
import { createContinuousSeries, type ContinuousSeries } from '../../timeseries/continuous-series.ts';
import type { TimedPlay } from './timed-rows.ts';

const kinds = ['linear', 'previous', 'next', 'nearest', 'quadratic', 'cubic'] as const;

/** What the choice `interpolation` says. */
export function interpolationOf(parameters: ParameterReader): (typeof kinds)[number] {
  return kinds.find((kind) => kind === parameters.text('interpolation')) ?? 'linear';
}

/** Whose rows are read, for Problems. */
interface Owner {
  readonly id: string;
  readonly name: string;
}

/**
 * The rows of `series` at `times`, scaled. Fails where there are not as many rows as times, times decrease, a spline
 * cannot go through the rows, or a round is shorter than its rows.
 */
export function timedRowsOf(parameters: ParameterReader, owner: Owner): Result<TimedPlay> {
  const { values, shape } = parameters.array('series') ?? { values: [], shape: [0, 1] };
  const times = Float64Array.from(parameters.array('times')?.values ?? []);
  const [rows = 0, channels = 1] = shape;
  const at = { element: owner.id, path: 'parameters.times' };
  if (times.length !== rows) {
    const message = `times of ${owner.name}: there are ${times.length} times for ${rows} rows.`;
    return failed(problem('model/parameter-shape', message, { hint: `Give ${rows} times, one for each row.`, at }));
  }
  const [scale, offset] = [parameters.number('scale'), parameters.number('offset')];
  const samples = Float64Array.from(values, (value) => scale * value + offset);
  const made = createContinuousSeries(times, samples, channels, { interpolation: interpolationOf(parameters) });
  if (made.ok) return playOf(parameters, owner, made.value);
  return failed(...made.problems.map((one) => ({ ...one, message: `times of ${owner.name}: ${one.message}`, at })));
}

function playOf(parameters: ParameterReader, owner: Owner, series: ContinuousSeries): Result<TimedPlay> {
  const span = series.stop - series.start;
  const [given, after] = [parameters.number('period'), parameters.text('after')];
  const period = given === 0 ? span : given;
  if (after === 'repeat' && !(period > 0 && period >= span)) return failed(shortRound(owner, period, span));
  return ok({ series, after, period, delay: parameters.number('delay') });
}

function shortRound({ id, name }: Owner, period: number, span: number): Problem {
  const message = `period of ${name}: a round of ${period} s is shorter than its rows, which last ${span} s.`;
  return problem('model/parameter-range', message, {
    hint: `Let it be greater than 0 s and at least ${span} s.`,
    at: { element: id, path: 'parameters.period' },
  });
}
