import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { networkClock } from './network-clock.ts';
import { pythonFloat, pythonJson } from './python-json.ts';
import {
  printRockpoolNetwork,
  readRockpoolNetwork,
  type LayerValue,
  type RockpoolNetwork,
} from './rockpool-network.ts';
import { rockpoolClasses } from './rockpool-keys.ts';

describe('numbers as Python writes them', () => {
  it.each([
    [1, '1.0'],
    [-0, '-0.0'],
    [0.1, '0.1'],
    [1e-8, '1e-08'],
    [1.5e-5, '1.5e-05'],
    [0.0001, '0.0001'],
    [0.000123, '0.000123'],
    [1e15, '1000000000000000.0'],
    [1e16, '1e+16'],
    [-2.5e300, '-2.5e+300'],
    [Number.NaN, 'NaN'],
  ])('%d', (value, text) => {
    expect(pythonFloat(value)).toBe(text);
  });

  it('read back the same', () => {
    fc.assert(fc.property(fc.double({ noNaN: true }), (value) => Object.is(Number(pythonFloat(value)), value)));
  });

  it('stand among spaces, and letters beyond ASCII as numbers', () => {
    expect(pythonJson({ name: 'Übung', list: [1, null, true] })).toBe(
      '{"name": "\\u00dcbung", "list": [1.0, null, true]}',
    );
  });
});

const value: fc.Arbitrary<LayerValue> = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 3 }),
);

/** A chain of layers of any class. */
const networks: fc.Arbitrary<RockpoolNetwork> = fc
  .array(fc.tuple(fc.constantFrom(...rockpoolClasses), fc.dictionary(fc.constantFrom('tau', 'bias', 'dt'), value)), {
    minLength: 1,
    maxLength: 4,
  })
  .map((chain) => ({
    layers: chain.map(([className, values], place) => ({
      ...{ className, values, name: `layer ${place}` },
      preLayer: place === 0 ? undefined : `layer ${place - 1}`,
      external: place === 0,
    })),
    forcedTimeStep: undefined,
    inputLayer: 'layer 0',
  }));

describe('a saved network', () => {
  it('is read as it was printed, and printed as it was read', () => {
    fc.assert(
      fc.property(networks, (network) => {
        const text = printRockpoolNetwork(network);
        const read = expectOk(readRockpoolNetwork(text));
        expect(printRockpoolNetwork(read)).toBe(text);
        expect(read.layers.map(({ name, preLayer }) => [name, preLayer])).toEqual(
          network.layers.map(({ name, preLayer }) => [name, preLayer]),
        );
      }),
    );
  });

  it.each([
    ['no JSON', '{', 'not JSON'],
    ['no layers', '{"layers": []}', 'no layers'],
    [
      'a layer that listens to one after it',
      '{"layers": [{"class_name": "PassThrough", "name": "a", "pre_layer_name": "b"}]}',
      'layer 1 takes the output of b',
    ],
    ['a value of no use', '{"layers": [{"class_name": "PassThrough", "tau": {}}]}', 'tau of layer 1'],
  ])('with %s is refused', (_, text, reason) => {
    const { problems } = readRockpoolNetwork(text);
    expect(problems[0]).toMatchObject({ code: 'import/rockpool' });
    expect(problems[0]?.message).toContain(reason);
  });
});

describe('the step of a network', () => {
  it('is the least that all layers divide', () => {
    expect(expectOk(networkClock([0.02, 0.05, 0.01]))).toEqual({
      ...{ timeStep: 0.1, stepsPerLayer: [5, 2, 10], commonStep: 0.01 },
    });
    expect(expectOk(networkClock([0.02, 0.05])).commonStep).toBe(0.01);
    expect(expectOk(networkClock([0.1, 0.05, 0.1, 0.04], 0.2)).stepsPerLayer).toEqual([2, 4, 2, 5]);
  });

  it.each([
    ['steps without a sensible multiple', [0.0137, 0.0211], undefined],
    ['a step below the resolution', [1e-9], undefined],
    ['a step set to 0', [0.1], 0],
    ['a step set to what a layer does not divide', [0.3], 1],
  ])('refuses %s', (_, steps, forced) => {
    expect(networkClock(steps, forced).problems[0]).toMatchObject({ code: 'model/time-step' });
  });
});
