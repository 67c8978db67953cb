import { describe, expect, it } from 'vitest';
import { formatProblem } from '../../base/problem.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { elementKinds } from '../../library/library.ts';
import type { ParameterSpec } from '../../model/kind.ts';
import type { ParameterValue } from '../../model/value.ts';
import { tryElement, type Rows } from './mistake.test-support.ts';

type Attempt = readonly [given: string, value: ParameterValue | Rows, allowed: string];

/** Values that a parameter of this specification may not have, how they are written, and the word for what is allowed. */
function badValues(spec: ParameterSpec): Attempt[] {
  const unit = spec.unit ?? '1';
  const beyond = [
    [spec.minimum, -1, 'at least'],
    [spec.exclusiveMinimum, 0, 'greater than'],
    [spec.maximum, 1, 'at most'],
  ] as const;
  const outside = beyond.flatMap(([limit, away, words]) =>
    limit === undefined ? [] : [{ value: limit + away, words: `${words} ${limit}` }],
  );
  switch (spec.type) {
    case 'quantity':
      return [
        ...outside.map(({ value, words }) => [String(value), { value, unit }, words] as const),
        ['NaN', { value: Number.NaN, unit }, 'finite'],
        ['Infinity', { value: Number.POSITIVE_INFINITY, unit }, 'finite'],
        [unit === 'kg' ? 'm' : 'kg', { value: 1, unit: unit === 'kg' ? 'm' : 'kg' }, spec.name],
        ['', 'text', 'a number with a unit'],
      ];
    case 'integer':
      return [
        ...outside.map(({ value, words }) => [String(value), value, words] as const),
        ['', 'text', 'whole number'],
      ];
    case 'boolean':
      return [['', 'yes', 'true or false']];
    case 'choice':
      return [['nonsense', 'nonsense', spec.choices?.[0]?.value ?? '']];
    case 'matrix':
    case 'series':
      return [
        ['row 2, column 1', { rows: [[1], [Number.NaN]], unit }, 'finite'],
        ['', 'text', 'of numbers'],
      ];
    case 'text':
      return [['', 3, 'a text']];
  }
}

function attemptsOf(kind: ElementKind): readonly (readonly [string, ParameterSpec, Attempt])[] {
  return kind.parameters.flatMap((spec) =>
    badValues(spec).map((attempt) => [`${spec.name} = ${JSON.stringify(attempt[1])}`, spec, attempt] as const),
  );
}

describe.each(elementKinds.entries.map((kind) => [kind.id, kind] as const))('%s refuses, and says why', (id, kind) => {
  it.each(attemptsOf(kind))('%s', (_, spec, [given, value, allowed]) => {
    const tried = tryElement(id, { [spec.name]: value });
    expect(tried.ok).toBe(false);
    const said = tried.problems.map(formatProblem).join('\n');
    expect(said).toContain(`parameters.${spec.name}`);
    expect(said).toContain(given);
    expect(said).toContain(allowed);
  });
});
