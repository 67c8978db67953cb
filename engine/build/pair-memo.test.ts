import { describe, expect, it } from 'vitest';
import { problem } from '../base/problem.ts';
import { expectOk, failed, ok } from '../base/result.ts';
import type { ResolvedValue } from '../model/validated.ts';
import { fakeLibrary } from './fake-model.test-support.ts';
import type { ConnectRequest } from './library-kind.ts';
import { rememberingPairs } from './pair-memo.ts';
import { createParameterReader } from './parameter-reader.ts';

interface Asked extends Omit<Partial<ConnectRequest>, 'parameters' | 'stream'> {
  readonly parameters?: Record<string, ResolvedValue>;
  readonly seed?: number;
}

const usual: Record<string, ResolvedValue> = { probability: 0.5, autapses: true, rule: 'one', delay: 1, weight: 2 };

function requestOf({ parameters = {}, seed = 1, ...rest }: Asked = {}): ConnectRequest {
  const owner = { id: 'c', name: 'C', seed, parameters: { ...usual, ...parameters } };
  return {
    connection: { id: 'c', name: 'C' },
    sourceSize: 3,
    targetSize: 4,
    recurrent: true,
    ...rest,
    parameters: createParameterReader(owner, fakeLibrary),
    stream: (purpose) => seed * 1000 + purpose.length,
  };
}

/** A maker that counts how often it was asked. */
function counting() {
  const count = { made: 0 };
  const ask = rememberingPairs(({ parameters, recurrent, stream }) => {
    count.made += 1;
    if (recurrent) parameters.flag('autapses');
    if (parameters.text('rule') === 'list') parameters.array('places');
    const targets = Uint16Array.of(parameters.number('probability') * 10, stream('pairs'));
    return ok({ starts: Int32Array.of(0, 2), targets, blockCells: 4 });
  });
  return { count, pairsOf: (request: ConnectRequest) => expectOk(ask(request)) };
}

describe('pairs remembered from the last build', () => {
  it('are the same after an edit of what they do not depend on', () => {
    const { count, pairsOf } = counting();
    const first = pairsOf(requestOf());
    const drawn = { distribution: 'index', arguments: {} };
    expect(pairsOf(requestOf({ parameters: { delay: 3, weight: drawn } }))).toBe(first);
    expect(pairsOf(requestOf())).toBe(first);
    expect(count.made).toBe(1);
  });

  const edits: Record<string, Asked> = {
    probability: { parameters: { probability: 0.6 } },
    flag: { parameters: { autapses: false } },
    text: { parameters: { rule: 'other' } },
    seed: { seed: 2 },
    connection: { connection: { id: 'd', name: 'C' } },
    sources: { sourceSize: 5 },
    targets: { targetSize: 5 },
    recurrence: { recurrent: false },
  };

  it.each(Object.entries(edits))('are made anew after an edit of their %s', (_, edit) => {
    const { count, pairsOf } = counting();
    const first = pairsOf(requestOf());
    const edited = pairsOf(requestOf(edit));
    expect(edited).not.toBe(first);
    expect(edited).toEqual(counting().pairsOf(requestOf(edit)));
    expect(count.made).toBe(2);
  });

  it('are made anew each time where lists decide about them', () => {
    const { count, pairsOf } = counting();
    const places = { shape: [2], values: Float64Array.of(1, 2) };
    const request = requestOf({ parameters: { rule: 'list', places } });
    pairsOf(request);
    pairsOf(request);
    expect(count.made).toBe(2);
  });

  it('are made anew each time where they are not kept', () => {
    let made = 0;
    const ask = rememberingPairs(() => {
      made += 1;
      return ok({ starts: Int32Array.of(0), targets: { length: 0, write: () => undefined }, blockCells: 4 });
    });
    expect([ask(requestOf()).ok, ask(requestOf()).ok, made]).toEqual([true, true, 2]);
  });

  it('that could not be made are asked for again', () => {
    let made = 0;
    const ask = rememberingPairs(() => {
      made += 1;
      return failed(problem('generator/invalid', 'No.'));
    });
    expect([ask(requestOf()).ok, ask(requestOf()).ok, made]).toEqual([false, false, 2]);
  });
});
