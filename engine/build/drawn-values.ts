/** Values drawn from a distribution, remembered from the last build: what was drawn once is not drawn again. */
import type { DistributionKind } from './library-kind.ts';
import { createWeakMemo } from './weak-memo.ts';

/** Below this many values, drawing is as quick as remembering. */
const fewValues = 64;
/** Deviates of more values than this are not kept beside the values made of them: 8 MiB. */
const mostDeviates = 2 ** 20;
const keptKeys = 512;

const knownValues = createWeakMemo<Float64Array>(keptKeys);
const knownDeviates = createWeakMemo<Float64Array>(keptKeys);

/** `length` values of stream `key`. Never written to: several programs may hold the same. */
export function drawnValues(
  kind: DistributionKind,
  parameters: Readonly<Record<string, number>>,
  key: number,
  length: number,
): Float64Array {
  const draw = (deviates: Float64Array): Float64Array => deviates.map((deviate) => kind.value(parameters, deviate));
  if (length < fewValues) return draw(kind.deviates(key, length));
  const stream = `${length} ${key} ${kind.id}`;
  const name = `${stream} ${argumentsKey(parameters)}`;
  const known = knownValues.recall(name);
  if (known !== undefined) return known;
  const deviates = knownDeviates.recall(stream) ?? kind.deviates(key, length);
  const values = draw(deviates);
  knownValues.note(name, values, values);
  // Other values of the same stream, after an edit of an argument, come from the same deviates.
  if (length <= mostDeviates) knownDeviates.note(stream, deviates, values);
  return values;
}

function argumentsKey(parameters: Readonly<Record<string, number>>): string {
  const names = Object.keys(parameters).sort();
  return names.map((name) => `${name}=${Object.is(parameters[name], -0) ? '-0' : String(parameters[name])}`).join(' ');
}
