import { describe, expect, it } from 'vitest';
import { createLoopback } from '../platform/loopback.ts';
import { createCaller, createResponder, PortError, Transferred } from './port.ts';
import type { RequestHandlers } from './port.ts';

interface Requests {
  double: { argument: { value: number }; reply: number };
  wait: { argument: object; reply: null };
  array: { argument: object; reply: { values: Float64Array } };
}

interface Rig {
  readonly caller: ReturnType<typeof createCaller<Requests, string>>;
  readonly emit: (event: string) => void;
  readonly fail: (reason: string) => void;
  readonly other: unknown[];
  readonly post: (message: unknown) => void;
  readonly aborted: string[];
  release(): void;
}

function createRig(): Rig {
  const loopback = createLoopback();
  const other: unknown[] = [];
  const aborted: string[] = [];
  let release: () => void = () => undefined;
  const handlers: RequestHandlers<Requests> = {
    double: ({ value }) => {
      if (value < 0) throw new Error('no negative numbers');
      return value * 2;
    },
    wait: (_argument, signal) => {
      signal.addEventListener('abort', () => aborted.push('wait'));
      return new Promise((resolve) => {
        release = () => resolve(null);
      });
    },
    array: () => {
      const values = Float64Array.of(1, 2, 3);
      return new Transferred({ values }, [values.buffer]);
    },
  };
  const responder = createResponder<Requests, string>(loopback.ends[1], handlers, (message) => other.push(message));
  return {
    caller: createCaller<Requests, string>(loopback.ends[0]),
    emit: (event) => responder.emit(event),
    fail: loopback.fail,
    other,
    post: (message) => loopback.ends[0].post(message),
    aborted,
    release: () => release(),
  };
}

describe('port', () => {
  it('given several requests underway, answers each by its id', async () => {
    const { caller } = createRig();
    const replies = await Promise.all([1, 2, 3].map((value) => caller.request('double', { value })));
    expect(replies).toEqual([2, 4, 6]);
  });

  it('given a handler that throws, refuses that request with the reason and goes on', async () => {
    const { caller } = createRig();
    await expect(caller.request('double', { value: -1 })).rejects.toMatchObject({
      kind: 'refused',
      message: 'no negative numbers',
    });
    expect(await caller.request('double', { value: 4 })).toBe(8);
  });

  it('given an unknown request, even one named like a method of every object, refuses it', async () => {
    const { caller } = createRig();
    const untyped = caller as unknown as { request(name: string, argument: object): Promise<unknown> };
    await expect(untyped.request('toString', {})).rejects.toMatchObject({ kind: 'refused' });
  });

  it('given an aborted signal, rejects at once and tells the handler', async () => {
    const { caller, aborted } = createRig();
    const controller = new AbortController();
    const waiting = caller.request('wait', {}, controller.signal);
    await caller.request('double', { value: 1 });
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ kind: 'cancelled' });
    await caller.request('double', { value: 1 });
    expect(aborted).toEqual(['wait']);
    await expect(caller.request('wait', {}, controller.signal)).rejects.toMatchObject({ kind: 'cancelled' });
  });

  it('given a failure of the other side, rejects what is pending and what comes later, with the reason', async () => {
    const { caller, fail } = createRig();
    const reasons: string[] = [];
    caller.onGone((reason) => reasons.push(reason));
    const waiting = caller.request('wait', {});
    fail('worker died');
    await expect(waiting).rejects.toEqual(new PortError('gone', 'worker died'));
    await expect(caller.request('double', { value: 1 })).rejects.toMatchObject({
      kind: 'gone',
      message: 'worker died',
    });
    expect(reasons).toEqual(['worker died']);
  });

  it('given events, hands them to listeners until they leave', async () => {
    const { caller, emit } = createRig();
    const heard: string[] = [];
    const listening = caller.listen((event) => heard.push(event));
    emit('one');
    await caller.request('double', { value: 1 });
    listening.dispose();
    emit('two');
    await caller.request('double', { value: 1 });
    expect(heard).toEqual(['one']);
  });

  it('given a reply with buffers, moves them; given foreign messages, passes them on', async () => {
    const { caller, other, post } = createRig();
    expect((await caller.request('array', {})).values).toEqual(Float64Array.of(1, 2, 3));
    post({ join: 7 });
    await caller.request('double', { value: 1 });
    expect(other).toEqual([{ join: 7 }]);
  });
});
