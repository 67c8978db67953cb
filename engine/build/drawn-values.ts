/** Values drawn from a distribution, remembered from the last build: what was drawn once is not drawn again. */
import { mostKept, writtenTo, type Written } from '../base/written.ts';
import type { DistributionKind } from './library-kind.ts';
import { createWeakMemo } from './weak-memo.ts';

/** Below this many values, drawing is as quick as remembering. */
const fewValues = 64;
const keptKeys = 512;
/** Values drawn at a time where they are written. */
const batch = 4096;

const knownValues = createWeakMemo<Float64Array>(keptKeys);
const knownDeviates = createWeakMemo<Float64Array>(keptKeys);

/** Where numbers come from: a distribution, its arguments, the key of a stream. */
export interface Drawing {
  readonly kind: DistributionKind;
  readonly parameters: Readonly<Record<string, number>>;
  readonly key: number;
}

/** `length` values. Never written to: several programs may hold the same. Very many are not remembered. */
export function drawnValues(drawing: Drawing, length: number): Float64Array {
  if (length > mostKept) return writtenTo(new Float64Array(length), writtenValues(drawing, length));
  const { kind, parameters, key } = drawing;
  const draw = (from: Float64Array): Float64Array => from.map((deviate) => kind.value(parameters, deviate));
  if (length < fewValues) return draw(deviates(drawing, length));
  const stream = `${length} ${key} ${kind.id}`;
  const name = `${stream} ${argumentsKey(parameters)}`;
  const known = knownValues.recall(name);
  if (known !== undefined) return known;
  const made = knownDeviates.recall(stream) ?? deviates(drawing, length);
  const values = draw(made);
  knownValues.note(name, values, values);
  // Other values of the same stream, after an edit of an argument, come from the same deviates.
  knownDeviates.note(stream, made, values);
  return values;
}

/** The same values where they are wanted, if there are very many. */
export function drawnContents(drawing: Drawing, length: number): Float64Array | Written {
  return length > mostKept ? writtenValues(drawing, length) : drawnValues(drawing, length);
}

function writtenValues({ kind, parameters, key }: Drawing, length: number): Written {
  return {
    length,
    write(into) {
      const drawn = new Float64Array(batch);
      for (let first = 0; first < length; first += batch) {
        const count = Math.min(batch, length - first);
        kind.fillDeviates(key, drawn, first);
        for (let place = 0; place < count; place += 1) {
          into[first + place] = kind.value(parameters, drawn[place] as number);
        }
      }
    },
  };
}

function deviates({ kind, key }: Drawing, length: number): Float64Array {
  const drawn = new Float64Array(length);
  kind.fillDeviates(key, drawn, 0);
  return drawn;
}

function argumentsKey(parameters: Readonly<Record<string, number>>): string {
  const names = Object.keys(parameters).sort();
  return names.map((name) => `${name}=${Object.is(parameters[name], -0) ? '-0' : String(parameters[name])}`).join(' ');
}
