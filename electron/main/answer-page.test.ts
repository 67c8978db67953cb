/** Requests of foreign frames and foreign windows reach nothing. */
import { describe, expect, it } from 'vitest';
import { hostMethods } from '../../engine/platform/host.ts';
import { requestChannel } from '../ipc/channels.ts';
import { hostSchemas } from '../ipc/host-schemas.ts';
import { watchedServices, goodArguments } from '../ipc/watched-services.test-support.ts';
import { answerPages } from './answer-page.ts';
import { createFakeDoor, pageFrame } from './ipc-loopback.test-support.ts';
import type { FakeFrame } from './ipc-loopback.test-support.ts';

const foreignFrames: readonly (readonly [string, FakeFrame])[] = [
  ['a frame that is gone', null],
  ['a frame inside the page', { parent: pageFrame, url: 'spikeloom://app/' }],
  ['an empty frame inside the page', { parent: pageFrame, url: 'about:blank' }],
  ['a foreign host', { parent: null, url: 'spikeloom://app.evil/' }],
  ['a foreign host that begins alike', { parent: null, url: 'spikeloom://apple/' }],
  ['a name before the host', { parent: null, url: 'spikeloom://app@evil/' }],
  ['a page of the web', { parent: null, url: 'https://app/' }],
  ['a file', { parent: null, url: 'file:///app/index.html' }],
  ['data', { parent: null, url: 'data:text/html,spikeloom://app/' }],
  ['what the page made itself', { parent: null, url: 'blob:spikeloom://app/1' }],
  ['another port', { parent: null, url: 'spikeloom://app:1/' }],
  ['no address', { parent: null, url: '' }],
];

function answering() {
  const { services, reached } = watchedServices();
  const door = createFakeDoor();
  let heard = 0;
  const desk = answerPages(door);
  const admitted = desk.admit(1, services, () => (heard += 1));
  return { door, reached, admitted, heard: () => heard };
}

describe('who may ask', () => {
  it('the page of a window with rights reaches every request', async () => {
    const { door, reached } = answering();
    for (const [name, argument] of Object.entries(goodArguments)) {
      await door.invoke(1, pageFrame, requestChannel, name, argument);
    }
    expect(reached).toEqual(Object.keys(hostSchemas));
  });

  it.each(foreignFrames)('%s reaches nothing, by no request', async (_name, frame) => {
    const { door, reached, heard } = answering();
    for (const [name, argument] of Object.entries(goodArguments)) {
      await expect(door.invoke(1, frame, requestChannel, name, argument)).rejects.toThrow('a foreign frame');
    }
    expect(reached).toEqual([]);
    expect(heard()).toBe(0);
  });

  it('a window without rights, and one whose rights have ended, reach nothing', async () => {
    const { door, reached, admitted } = answering();
    await expect(door.invoke(2, pageFrame, requestChannel, 'files.recent', {})).rejects.toThrow('without rights');
    admitted.dispose();
    await expect(door.invoke(1, pageFrame, requestChannel, 'files.recent', {})).rejects.toThrow('without rights');
    expect(reached).toEqual([]);
  });

  it.each([
    '',
    'files',
    'toString',
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'files.open ',
    7,
    null,
    ['files.open'],
  ])('the name %j reaches nothing', async (name) => {
    const { door, reached } = answering();
    await expect(door.invoke(1, pageFrame, requestChannel, name, {})).rejects.toThrow('unknown name');
    expect(reached).toEqual([]);
  });

  it('there is one channel for requests', async () => {
    const { door } = answering();
    expect(() => door.handle(requestChannel, () => undefined)).toThrow('second handler');
    await expect(door.invoke(1, pageFrame, 'other', 'files.recent', {})).rejects.toThrow('No handler');
    expect(hostMethods.length).toBeGreaterThan(10);
  });
});
