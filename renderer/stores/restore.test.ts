/** Restoring at the start: silent after an end in order, three ways after a crash, and safe to interrupt. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Edit } from '../../engine/model/edits/edit.ts';
import { createFakeHost, type FakeHost } from '../host/fake.ts';
import { answer, asked } from './answers.test-support.ts';
import type { Services } from './services.ts';
import { createFleetingTabMemory, type TabMemory } from './tab-memory.ts';
import { createTestWorkbench } from './workbench.test-support.ts';

const add = (id: string): Edit => ({
  type: 'element.add',
  element: { id, kind: 'neurons/lif', name: id, parameters: {} },
  position: { x: 0, y: 0 },
});
const elements = ({ document }: Services): readonly string[] => Object.keys(document.getState().document.elements);
const net = 'net.spikeloom';

let host: FakeHost;
let tab: TabMemory;
let services: Services;

/** Another window; `tab` when it is the same one, loaded again. */
function start(memory: TabMemory = createFleetingTabMemory()): Services {
  host = host.another();
  services = createTestWorkbench(host, memory).services;
  return services;
}

async function crash(): Promise<void> {
  await services.documents.settled();
  host.cut();
}

async function leave(): Promise<void> {
  await services.documents.settled();
  services.documents.letGo();
}

beforeEach(async () => {
  host = createFakeHost();
  tab = createFleetingTabMemory();
  services = createTestWorkbench(host, tab).services;
  await services.documents.newDocument();
  services.documents.dispatch(add('a'));
  host.choose = net;
});

describe('after an end in order', () => {
  it('given a window that was closed, then another one shows the same state and asks nothing', async () => {
    await leave();
    const again = start();
    expect(await again.documents.restore()).toBe(true);
    expect(elements(again)).toEqual(['a']);
    expect(again.session.getState().dialog).toBeUndefined();
  });

  it('given an edit in the moment before, then it is there too', async () => {
    services.documents.dispatch(add('b'));
    services.documents.letGo();
    await services.documents.settled();
    const again = start();
    await again.documents.restore();
    expect(elements(again)).toEqual(['a', 'b']);
  });

  it('given a window loaded again whose note did not reach the host, then its own memory says that it left in order', async () => {
    services.documents.leave();
    const id = tab.read()?.journalId ?? '';
    host.kept.set(`session.${id}`, { ...(host.kept.get(`session.${id}`) as object), open: true });
    await crash();
    const again = start(tab);
    expect(await again.documents.restore()).toBe(true);
    expect(elements(again)).toEqual(['a']);
  });

  it('given that a window was asked to close and stayed, then a crash later is a crash', async () => {
    services.documents.leave();
    services.documents.dispatch(add('b'));
    await crash();
    const again = start();
    const restoring = again.documents.restore();
    await answer(again, 'recovery', 'recovered');
    expect(await restoring).toBe(true);
  });
});

describe('after a crash', () => {
  it('given edits in no file, then the question tells how many and what they did', async () => {
    services.documents.dispatch(add('b'));
    await crash();
    const again = start();
    const restoring = again.documents.restore();
    const question = await answer(again, 'recovery', 'recovered');
    expect(question).toMatchObject({ steps: 2, labels: ['Add b', 'Add a'], file: undefined });
    expect(await restoring).toBe(true);
    expect(elements(again)).toEqual(['a', 'b']);
    again.documents.undo();
    expect(elements(again)).toEqual(['a']);
  });

  it('given the last saved version, then the file is open and the recovered work can be had later', async () => {
    await services.documents.saveAs();
    services.documents.dispatch(add('b'));
    await crash();
    const again = start();
    const restoring = again.documents.restore();
    expect(await answer(again, 'recovery', 'saved')).toMatchObject({ steps: 1, labels: ['Add b'], file: net });
    await restoring;
    expect(elements(again)).toEqual(['a']);
    const [kept] = await again.documents.keptProjects();
    expect(await again.documents.openKept(kept?.journalId ?? '')).toBe(true);
    expect(elements(again)).toEqual(['a', 'b']);
  });

  it('given the last saved version of a file that is gone, then an empty project is open, told, and nothing is lost', async () => {
    await services.documents.saveAs();
    services.documents.dispatch(add('b'));
    await crash();
    host.stored.delete(net);
    const again = start();
    const restoring = again.documents.restore();
    await answer(again, 'recovery', 'saved');
    await restoring;
    expect(elements(again)).toEqual([]);
    expect(again.session.getState().notices[0]?.title).toBe(`${net} could not be opened`);
    expect(await again.documents.keptProjects()).toHaveLength(1);
  });

  it('given an empty project, then it is asked once, and the work can be had later', async () => {
    await crash();
    const again = start();
    const restoring = again.documents.restore();
    await answer(again, 'recovery', 'empty');
    await restoring;
    expect(elements(again)).toEqual([]);
    await leave();
    const third = start();
    expect(await third.documents.restore()).toBe(true);
    expect(third.session.getState().dialog).toBeUndefined();
    expect((await third.documents.keptProjects()).map(({ steps }) => steps)).toEqual([1]);
  });

  it('given that everything is in the file, then nothing is asked', async () => {
    await services.documents.saveAs();
    await crash();
    const again = start();
    expect(await again.documents.restore()).toBe(true);
    expect(elements(again)).toEqual(['a']);
  });

  it('given five more crashes while it asks, then no journal has changed and it asks again', async () => {
    await crash();
    const before = JSON.stringify([...host.journals]);
    for (let times = 0; times < 5; times += 1) {
      const again = start();
      void again.documents.restore();
      await asked(again, 'recovery');
      await crash();
      expect(JSON.stringify([...host.journals])).toBe(before);
    }
    const last = start();
    const restoring = last.documents.restore();
    await answer(last, 'recovery', 'recovered');
    await restoring;
    expect(elements(last)).toEqual(['a']);
  });

  it('given that something else takes the place of the question, then the recovered work is taken', async () => {
    await crash();
    const again = start();
    const restoring = again.documents.restore();
    await asked(again, 'recovery');
    again.session.getState().change({ dialog: { kind: 'search' } });
    expect(await restoring).toBe(true);
    expect(elements(again)).toEqual(['a']);
  });

  it('given two windows with work of their own, then each gets its own again', async () => {
    const first = { host, tab, services };
    const otherTab = createFleetingTabMemory();
    const other = start(otherTab);
    await other.documents.newDocument();
    other.documents.dispatch(add('z'));
    await crash();
    await first.services.documents.settled();
    first.host.cut();
    for (const [memory, content] of [
      [first.tab, ['a']],
      [otherTab, ['z']],
    ] as const) {
      const again = start(memory);
      const restoring = again.documents.restore();
      await answer(again, 'recovery', 'recovered');
      await restoring;
      expect(elements(again)).toEqual(content);
    }
  });
});
