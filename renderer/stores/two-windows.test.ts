/** Two windows on one project (promise P8): one writes, the other is told, and no edit of either is lost. */
import { beforeEach, describe, expect, it } from 'vitest';
import { settleElsewhere, tellWhenTaken } from '../commands/sharing-gestures.ts';
import type { Edit } from '../../engine/model/edits/edit.ts';
import { createFakeHost, type FakeHost } from '../host/fake.ts';
import { answer, asked } from './answers.test-support.ts';
import type { Services } from './services.ts';
import { createTestWorkbench } from './workbench.test-support.ts';

const add = (id: string): Edit => ({
  type: 'element.add',
  element: { id, kind: 'neurons/lif', name: id, parameters: {} },
  position: { x: 0, y: 0 },
});
const elements = ({ document }: Services): readonly string[] => Object.keys(document.getState().document.elements);

interface Window {
  readonly host: FakeHost;
  readonly services: Services;
}

let first: Window;
let second: Window;

function openWindow(host: FakeHost): Window {
  const { services } = createTestWorkbench(host);
  tellWhenTaken(services);
  return { host, services };
}

/** The second window starts and answers that the project is open in the first. */
async function startSecond(choice: 'readOnly' | 'take' | 'copy'): Promise<void> {
  second = openWindow(first.host.another());
  const restoring = second.services.documents.restore();
  await answer(second.services, 'elsewhere', choice);
  expect(await restoring).toBe(true);
}

beforeEach(async () => {
  first = openWindow(createFakeHost());
  const { documents } = first.services;
  await documents.newDocument();
  documents.dispatch(add('a'));
  first.host.choose = 'net.spikeloom';
  await documents.saveAs();
  documents.dispatch(add('b'));
  await documents.settled();
});

describe('a second window', () => {
  it('given "read-only", then it shows the work, refuses every change, and the first goes on', async () => {
    await startSecond('readOnly');
    const { documents, document } = second.services;
    expect(document.getState().readOnly).toBe('elsewhere');
    expect(elements(second.services)).toEqual(['a', 'b']);
    expect(documents.dispatch(add('z')).map(({ code }) => code)).toEqual(['journal/taken']);
    documents.undo();
    documents.jumpTo(0);
    expect((await documents.save()).ok).toBe(false);
    expect(elements(second.services)).toEqual(['a', 'b']);
    first.services.documents.dispatch(add('c'));
    await first.services.documents.settled();
    expect(first.services.document.getState()).toMatchObject({ readOnly: undefined, journalPending: 0 });
  });

  it('given "take over", then it writes, and the first is read-only at once and told', async () => {
    await startSecond('take');
    expect(second.services.document.getState().readOnly).toBeUndefined();
    expect(first.services.document.getState().readOnly).toBe('elsewhere');
    expect(await asked(first.services, 'elsewhere')).toMatchObject({ here: 'lost' });
    second.services.documents.dispatch(add('c'));
    await second.services.documents.settled();
    expect(second.services.document.getState().journalPending).toBe(0);
  });

  it('given that it was taken over, then "take back" brings the edits of the other along', async () => {
    await startSecond('take');
    second.services.documents.dispatch(add('c'));
    await second.services.documents.settled();
    await answer(first.services, 'elsewhere', 'take');
    await asked(second.services, 'elsewhere');
    await first.services.documents.settled();
    expect(elements(first.services)).toEqual(['a', 'b', 'c']);
    expect(second.services.document.getState().readOnly).toBe('elsewhere');
  });

  it('given that it was taken over, then "save a copy" goes on in a project of its own', async () => {
    await startSecond('take');
    first.host.choose = 'copy.spikeloom';
    await answer(first.services, 'elsewhere', 'copy');
    for (let turns = 0; turns < 200 && !first.host.stored.has('copy.spikeloom'); turns += 1)
      await new Promise((resolve) => setTimeout(resolve));
    expect(first.host.stored.has('copy.spikeloom')).toBe(true);
    expect(first.services.document.getState().readOnly).toBeUndefined();
    expect(first.services.document.getState().document.name).toMatch(/\(copy\)$/);
    first.services.documents.dispatch(add('mine'));
    second.services.documents.dispatch(add('theirs'));
    await first.services.documents.settled();
    await second.services.documents.settled();
    expect([elements(first.services), elements(second.services)]).toEqual([
      ['a', 'b', 'mine'],
      ['a', 'b', 'theirs'],
    ]);
  });

  it('given "a copy", then both write, each its own', async () => {
    await startSecond('copy');
    expect(second.services.document.getState()).toMatchObject({ readOnly: undefined, file: undefined });
    expect(elements(second.services)).toEqual(['a', 'b']);
    expect(first.services.document.getState().readOnly).toBeUndefined();
  });

  it('given the same file, then it is told, and may stay with what it has', async () => {
    second = openWindow(first.host.another());
    await second.services.documents.newDocument();
    second.services.documents.dispatch(add('own'));
    const read = await second.host.files.read({ key: 'net.spikeloom', name: 'net.spikeloom', folder: '' });
    if (!read.ok) throw new Error('the file is there');
    const opening = second.services.documents.openBytes(read.value.bytes, read.value);
    await answer(second.services, 'elsewhere', 'cancel');
    expect(await opening).toEqual({ opened: false, problems: [] });
    expect(elements(second.services)).toEqual(['own']);
  });

  it('given that the first is closed meanwhile, then nothing is asked', async () => {
    second = openWindow(first.host.another());
    const restoring = second.services.documents.restore();
    setTimeout(() => first.services.documents.letGo());
    expect(await restoring).toBe(true);
    expect(second.services.document.getState().readOnly).toBeUndefined();
  });
});

describe('edits that did not reach the other window', () => {
  it('given a first window without connection, then they stay visible, are counted, and are kept apart', async () => {
    first.host.cut();
    first.services.documents.dispatch(add('offline'));
    second = openWindow(first.host.another());
    const restoring = second.services.documents.restore();
    await answer(second.services, 'recovery', 'recovered');
    await restoring;
    second.services.documents.dispatch(add('c'));
    await second.services.documents.settled();

    first.host.mend();
    await asked(first.services, 'elsewhere');
    expect(elements(first.services)).toEqual(['a', 'b', 'offline']);
    expect(first.services.document.getState()).toMatchObject({ readOnly: 'elsewhere', unsent: 1 });
    await answer(first.services, 'elsewhere', 'cancel');
    void settleElsewhere(first.services, 'viewing');
    await answer(first.services, 'elsewhere', 'take');
    for (let turns = 0; turns < 200 && first.services.document.getState().readOnly !== undefined; turns += 1)
      await new Promise((resolve) => setTimeout(resolve));
    expect(elements(first.services)).toEqual(['a', 'b', 'c']);
    const kept = await first.services.documents.keptProjects();
    expect(kept).toHaveLength(1);
    await first.services.documents.openKept(kept[0]?.journalId ?? '');
    expect(elements(first.services)).toEqual(['a', 'b', 'offline']);
  });

  it('given a connection that came back and nobody else, then they are written in order', async () => {
    first.host.cut();
    for (const id of ['c', 'd']) first.services.documents.dispatch(add(id));
    await first.services.documents.settled();
    expect(first.services.documents.atRisk()).toBe(true);
    first.host.mend();
    await first.services.documents.settled();
    expect(first.services.documents.atRisk()).toBe(false);
    expect(first.services.document.getState()).toMatchObject({ readOnly: undefined, journalPending: 0 });
  });
});
