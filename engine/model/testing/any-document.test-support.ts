/** Arbitrary whole documents: every record sort, odd names, any letters, arrays small and large. */
import fc from 'fast-check';
import { encodeBase64 } from '../base64.ts';
import { currentVersions, type ArrayRecord, type SpikeloomDocument } from '../document.ts';
import { isSafeKey } from '../foreign-limits.ts';
import type { ParameterValue } from '../value.ts';

/** Ids: some look like numbers, which JavaScript orders by itself; some differ in case only. */
const id = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'aAbZ09_-'), minLength: 1, maxLength: 6 }),
  fc.nat(99).map(String),
  fc.constantFrom('el_a', 'EL_A', 'el_A', 'con', 'NUL', 'toString', 'hasOwnProperty', 'x'.repeat(64)),
);

/** Any 16-bit letters, halves of pairs included; mostly short. */
const letters = (maxLength: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.array(fc.nat(0xffff), { maxLength: 8 }).map((codes) => String.fromCharCode(...codes)),
    fc.constantFrom('', ' ', '\u202e', '"\\/', '\u2028', '\ufeff', 'x'.repeat(maxLength), '<script>', '../..', '=1+1'),
  );

/** Names of values. */
const name = letters(64).filter(isSafeKey);

/** Finite numbers as a document holds them: −0 is 0. */
const number = fc
  .oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.constantFrom(5e-324, 1.7976931348623157e308, 0.1, 1e21, 1e20, 123456789012345680000, 2 ** 53, -(2 ** 53) - 2),
  )
  .map((value) => value + 0);

const unit = fc.oneof(fc.constantFrom('ms', 'nA', '', '1', 'Ω', 'µV'), letters(64));
const quantity = fc.record({ value: number, unit });

const parameterValue = fc.oneof(
  quantity,
  fc.record({ values: fc.array(number, { maxLength: 63, size: 'small' }), unit }),
  fc.record({ array: id, unit }),
  fc.record({
    distribution: letters(64),
    arguments: fc.dictionary(name, quantity, { maxKeys: 3, noNullPrototype: true }),
  }),
  number,
  fc.boolean(),
  letters(16_384),
  fc.constant(null),
) satisfies fc.Arbitrary<ParameterValue>;

const parameters = fc.dictionary(name, parameterValue, { maxKeys: 5, noNullPrototype: true });
const kind = fc.oneof(fc.constantFrom('neurons/lif', 'stimuli/series', 'connectors/wire'), letters(128));
const end = fc.record({ element: id, port: letters(64) });
const count = fc.oneof(fc.nat(20), fc.maxSafeNat());

const bytesPerNumber = { float64: 8, float32: 4, int32: 4, uint8: 1 } as const;

/** Shapes around the size from which arrays are files of their own, empty ones, and now and then a large one. */
const shape = fc.oneof(
  { weight: 6, arbitrary: fc.array(fc.nat(4), { maxLength: 4 }) },
  { weight: 3, arbitrary: fc.integer({ min: 60, max: 130 }).map((length) => [length]) },
  { weight: 1, arbitrary: fc.constantFrom<number[]>([0, Number.MAX_SAFE_INTEGER], [2000], [40, 50], [8, 1, 8, 1]) },
);

const array = fc
  .record({
    id,
    dtype: fc.constantFrom<ArrayRecord['dtype']>('float64', 'float32', 'int32', 'uint8'),
    shape,
    bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }),
    source: fc.option(letters(400), { nil: undefined }),
  })
  .map(({ bytes, source, ...rest }): ArrayRecord => {
    const length = rest.shape.reduce((size, extent) => size * extent, bytesPerNumber[rest.dtype]);
    // Any bytes: NaN and infinities included.
    const base64 = encodeBase64(Uint8Array.from({ length }, (_, at) => bytes[at % bytes.length] as number));
    return source === undefined ? { ...rest, base64 } : { ...rest, base64, source };
  });

/** Records by their ids, in the order made. */
function table<T extends { readonly id: string }>(record: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> {
  return fc
    .uniqueArray(record, { maxLength: 5, selector: (each) => each.id })
    .map((records) => Object.fromEntries(records.map((each) => [each.id, each])));
}

const plot = fc.record({ id, kind: letters(64), probes: fc.array(id, { maxLength: 4 }) });

const note = fc.record({
  id,
  text: letters(4000).filter((text) => text !== ''),
  x: number,
  y: number,
  width: fc.integer({ min: 80, max: 2000 }),
});

/** Documents of the present versions. References may lead nowhere: such projects open too. */
export const anyDocument: fc.Arbitrary<SpikeloomDocument> = fc
  .record({
    format: fc.constant('spikeloom' as const),
    versions: fc.constant({ ...currentVersions }),
    name: letters(200),
    run: fc.record({
      timeStep: quantity,
      duration: fc.option(quantity),
      seed: count,
      speed: fc.option(fc.double({ min: 1e-300, max: 1e300, noNaN: true })),
    }),
    elements: table(
      fc.record(
        {
          ...{ id, kind, name: letters(200), parameters, timeStep: quantity },
          trainable: fc.array(name, { maxLength: 3 }),
          kept: fc.dictionary(name, letters(16_384), { maxKeys: 3, noNullPrototype: true }),
        },
        { requiredKeys: ['id', 'kind', 'name', 'parameters'] },
      ),
    ),
    connections: table(fc.record({ id, kind, from: end, to: end, parameters })),
    probes: table(
      fc.record({ id, element: id, target: letters(64), cells: fc.option(fc.array(count, { maxLength: 6 })) }),
    ),
    arrays: table(array),
    view: fc.record(
      {
        positions: fc.dictionary(fc.oneof(id, name), fc.record({ x: number, y: number }), {
          maxKeys: 5,
          noNullPrototype: true,
        }),
        plots: fc.array(plot, { maxLength: 3 }),
        notes: fc.array(note, { maxLength: 3 }),
      },
      { requiredKeys: ['positions', 'plots'] },
    ),
  })
  // Records made by fast-check have no prototype; those of a document are plain.
  .map((document) => structuredClone(document));
