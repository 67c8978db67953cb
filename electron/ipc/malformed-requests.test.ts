/** Malformed requests (P32): whatever a page sends in place of a good argument, no service hears of it and nothing breaks. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { budgetOf } from '../../engine/base/budget.test-support.ts';
import type { HostRequests } from '../../engine/protocol/host-requests.ts';
import { answerPages } from '../main/answer-page.ts';
import { createFakeDoor, pageFrame } from '../main/ipc-loopback.test-support.ts';
import type { FakeFrame } from '../main/ipc-loopback.test-support.ts';
import { requestChannel } from './channels.ts';
import { hostSchemas } from './host-schemas.ts';
import { goodArguments, watchedServices } from './watched-services.test-support.ts';

const budget = budgetOf('malformed-requests');
const names = Object.keys(hostSchemas) as (keyof HostRequests)[];

/** Anything that structured clone carries. */
const junk = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true, maxDepth: 3 }),
  fc.constantFrom('../../etc/passwd', 'a\nb', '__proto__', 'x'.repeat(5000), new Uint8Array(3).buffer, Number.NaN, -1),
);

type Path = readonly (string | number)[];

/** Every place inside a value, the value itself first. */
function placesIn(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [at];
  return [at, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...at, key]))];
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  const inner = (value as Record<string, unknown>)[key];
  const copy: Record<string, unknown> = Array.isArray(value)
    ? (Object.assign([], value) as unknown as Record<string, unknown>)
    : { ...(value as Record<string, unknown>) };
  copy[key] = replaced(inner, rest, by);
  return copy;
}

function without(value: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined) return undefined;
  if (rest.length > 0) return replaced(value, [key], without((value as Record<string, unknown>)[key], rest));
  return Object.fromEntries(Object.entries(value as Record<string, unknown>).filter(([name]) => name !== key));
}

/** A good argument with one part replaced, missing or too many. */
function malformed(name: keyof HostRequests): fc.Arbitrary<unknown> {
  const good: unknown = goodArguments[name];
  const places = placesIn(good);
  const inner = places.filter((place) => place.length > 0);
  return fc.oneof(
    fc.tuple(fc.constantFrom(...places), junk).map(([place, value]) => replaced(good, place, value)),
    ...(inner.length > 0 ? [fc.constantFrom(...inner).map((place) => without(good, place))] : []),
    fc
      .tuple(fc.string({ minLength: 1, maxLength: 12 }), junk)
      .map(([key, value]) => ({ ...(good as object), [key]: value })),
  );
}

/** Whether a value has the form after all: a title may be any short text. Told apart from the schemas on purpose. */
function isGood(name: keyof HostRequests, value: unknown): boolean {
  return hostSchemas[name].safeParse(value).success;
}

const wrongFrames: readonly FakeFrame[] = [
  null,
  { parent: pageFrame, url: 'spikeloom://app/' },
  { parent: null, url: 'https://app/' },
];

/** What the request leads to, over the channel between the processes. */
async function outcome(
  name: keyof HostRequests,
  argument: unknown,
  frame: FakeFrame = pageFrame,
): Promise<{ reached: string[]; refused: boolean }> {
  const { services, reached } = watchedServices();
  const door = createFakeDoor();
  answerPages(door).admit(1, services, () => undefined);
  try {
    await door.invoke(1, frame, requestChannel, name, argument);
    return { reached, refused: false };
  } catch (error) {
    expect(String(error), budget.again).toMatch(frame === pageFrame ? /wrong form/ : /foreign frame/);
    return { reached, refused: true };
  }
}

describe('malformed requests', () => {
  it.each(names)('%s hears of none', async (name) => {
    let refusals = 0;
    await fc.assert(
      fc.asyncProperty(
        malformed(name).filter((value) => !isGood(name, value)),
        async (argument) => {
          const { reached, refused } = await outcome(name, argument);
          expect({ reached, refused }).toEqual({ reached: [], refused: true });
          for (const frame of wrongFrames)
            expect(await outcome(name, argument, frame)).toEqual({ reached: [], refused: true });
          refusals += 1;
        },
      ),
      budget.check,
    );
    expect(refusals).toBeGreaterThanOrEqual(budget.rounds);
  });

  it.each(names)('%s hears of a good one', async (name) => {
    expect(await outcome(name, goodArguments[name])).toEqual({ reached: [name], refused: false });
  });

  /** What the schemas must refuse, said without them. */
  const forbidden: readonly (readonly [keyof HostRequests, unknown])[] = [
    ['files.open', { sorts: [{ title: 'x', extensions: ['../x'] }] }],
    ['files.read', { file: { key: 7, name: 'a', folder: '' } }],
    ['files.read', { file: { key: 'a', name: 'a', folder: '', more: 1 } }],
    ['files.save', { file: { key: 'a', name: 'a', folder: '' }, bytes: [1, 2] }],
    ['files.save', { file: { key: 'a', name: 'a', folder: '' }, bytes: Uint8Array.of(1), expected: 'zz' }],
    ['journal.read', { id: '../settings' }],
    ['journal.read', { id: 'a/b' }],
    ['journal.read', { id: '' }],
    ['journal.append', { id: 'one', lines: ['a\nb'] }],
    ['journal.claim', { id: 'one', take: 'yes' }],
    ['settings.set', { name: '__proto__', value: 1 }],
    ['settings.set', { name: 'host.recentFiles', value: [] }],
    ['settings.get', { name: 'host.window' }],
    [
      'window.setMenu',
      { menu: [{ title: 'x', items: [{ command: 'a b', title: '', keys: undefined, enabled: true }] }] },
    ],
    ['openExternal', { address: 'x'.repeat(1 << 20) }],
    ['log', { level: 'fatal', message: 'x' }],
    ['log', { level: 'info', message: 'x'.repeat(1 << 20) }],
    ['update', { now: true }],
    ['files.recent', undefined],
    ['files.recent', null],
    ['files.recent', []],
  ];
  it.each(forbidden)('%s refuses %j', async (name, argument) => {
    expect(await outcome(name, argument)).toEqual({ reached: [], refused: true });
  });
});
