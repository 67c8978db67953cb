/** A packaged app keeps its protection or does not start. */
import { expect, it } from 'vitest';
import { refusedStart } from './weak-start.ts';

it.each(['no-sandbox', 'disable-web-security', 'remote-debugging-port', 'js-flags'])(
  'a package refuses --%s',
  (name) => {
    expect(refusedStart(true, (asked) => asked === name)).toContain(`--${name}`);
    expect(refusedStart(false, (asked) => asked === name)).toBeUndefined();
  },
);

it('a plain start is not refused', () => {
  expect(refusedStart(true, () => false)).toBeUndefined();
  expect(refusedStart(true, (asked) => asked === 'lang')).toBeUndefined();
});
