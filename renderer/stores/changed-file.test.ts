/** Files changed behind our back (promise P6): twelve cases, none of which writes over what somebody else wrote unasked. */
import { beforeEach, describe, expect, it } from 'vitest';
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
const net = 'net.spikeloom';
const written = (host: FakeHost, key = net): string => new TextDecoder().decode(host.stored.get(key));
const elements = ({ document }: Services): readonly string[] => Object.keys(document.getState().document.elements);
const reference = { key: net, name: net, folder: '' };

let host: FakeHost;
let services: Services;

/** Somebody else writes the file: a project with these elements, or some bytes. */
function behindOurBack(content: readonly string[] | Uint8Array<ArrayBuffer>): string {
  const { document } = services.document.getState();
  const cell = (id: string) => [id, { id, kind: 'neurons/lif', name: id, parameters: {} }];
  const text = (ids: readonly string[]) =>
    JSON.stringify({
      ...document,
      elements: Object.fromEntries(ids.map(cell)),
      view: { ...document.view, positions: Object.fromEntries(ids.map((id) => [id, { x: 0, y: 0 }])) },
    });
  host.stored.set(net, content instanceof Uint8Array ? content : new TextEncoder().encode(text(content)));
  return written(host);
}

async function startAgain(how: 'clean' | 'crash'): Promise<Services> {
  await services.documents.settled();
  if (how === 'clean') services.documents.letGo();
  else host.cut();
  host = host.another();
  services = createTestWorkbench(host).services;
  return services;
}

beforeEach(async () => {
  host = createFakeHost();
  services = createTestWorkbench(host).services;
  await services.documents.newDocument();
  services.documents.dispatch(add('a'));
  host.choose = net;
  await services.documents.saveAs();
  services.documents.dispatch(add('b'));
});

describe('while the project is open', () => {
  it('1: given an untouched file, then it is saved without a question', async () => {
    expect(await services.documents.save()).toMatchObject({ ok: true, value: { name: net } });
    expect(services.session.getState().dialog).toBeUndefined();
  });

  it('2: given a changed file, when it is saved, then the question tells both extents and nothing is written yet', async () => {
    const theirs = behindOurBack(['x', 'y', 'z']);
    const saving = services.documents.save();
    const question = await asked(services, 'changedFile');
    expect(question).toMatchObject({
      file: net,
      mine: { elements: 2, connections: 0 },
      theirs: { elements: 3, connections: 0 },
    });
    expect(question.seenAt).toBeGreaterThan(0);
    expect(written(host)).toBe(theirs);
    question.decide('later');
    expect(await saving).toEqual({ ok: true, value: undefined, problems: [] });
    expect(written(host)).toBe(theirs);
    expect(services.document.getState().saved).toBe(false);
  });

  it('3: given "replace", then the file holds our version and the next save asks nothing', async () => {
    behindOurBack(['x']);
    const saving = services.documents.save();
    await answer(services, 'changedFile', 'replace');
    expect(await saving).toMatchObject({ ok: true, value: { name: net } });
    expect(Object.keys(JSON.parse(written(host)).elements)).toEqual(['a', 'b']);
    services.documents.dispatch(add('c'));
    expect(await services.documents.save()).toMatchObject({ ok: true, value: { name: net } });
  });

  it('4: given "replace" and another change meanwhile, then it asks again', async () => {
    behindOurBack(['x']);
    const saving = services.documents.save();
    const first = await asked(services, 'changedFile');
    const theirs = behindOurBack(['x', 'y']);
    first.decide('replace');
    const second = await asked(services, 'changedFile');
    expect(second.theirs?.elements).toBe(2);
    second.decide('later');
    await saving;
    expect(written(host)).toBe(theirs);
  });

  it('5: given "copy", then both files are there and the copy is open', async () => {
    const theirs = behindOurBack(['x']);
    host.choose = 'net (copy).spikeloom';
    const saving = services.documents.save();
    await answer(services, 'changedFile', 'copy');
    expect(await saving).toMatchObject({ ok: true, value: { name: 'net (copy).spikeloom' } });
    expect(written(host)).toBe(theirs);
    expect(Object.keys(JSON.parse(written(host, 'net (copy).spikeloom')).elements)).toEqual(['a', 'b']);
    expect(services.document.getState().file?.name).toBe('net (copy).spikeloom');
  });

  it('6: given "open", then the file is shown, and our version is among the kept projects', async () => {
    const theirs = behindOurBack(['x']);
    const saving = services.documents.save();
    await answer(services, 'changedFile', 'open');
    await saving;
    expect(elements(services)).toEqual(['x']);
    expect(written(host)).toBe(theirs);
    await services.documents.settled();
    const [kept] = await services.documents.keptProjects();
    expect(kept).toMatchObject({ file: net, steps: 1 });
    await services.documents.openKept(kept?.journalId ?? '');
    expect(elements(services)).toEqual(['a', 'b']);
  });

  it('7: given a file that is no project any more, then it can be replaced or copied, and says so', async () => {
    behindOurBack(Uint8Array.of(1, 2, 3));
    const saving = services.documents.save();
    const question = await answer(services, 'changedFile', 'open');
    expect(question.theirs).toBeUndefined();
    await saving;
    expect(elements(services)).toEqual(['a', 'b']);
    expect(host.stored.get(net)).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('8: given that somebody wrote exactly our version, then nothing is asked', async () => {
    behindOurBack(new TextEncoder().encode(JSON.stringify(services.document.getState().document)));
    expect(await services.documents.save()).toMatchObject({ ok: true, value: { name: net } });
  });

  it('9: given two saves at once with an edit between, then our own writing is not taken for somebody else’s', async () => {
    const first = services.documents.save();
    services.documents.dispatch(add('c'));
    const second = services.documents.save();
    expect([await first, await second]).toMatchObject([{ ok: true }, { ok: true }]);
    expect(services.session.getState().dialog).toBeUndefined();
    expect(Object.keys(JSON.parse(written(host)).elements)).toEqual(['a', 'b', 'c']);
  });
});

describe('at the next start', () => {
  it('10: given unsaved work and a newer file, then it asks after a clean end too, and keeps both when put off', async () => {
    const theirs = behindOurBack(['x']);
    const again = await startAgain('clean');
    const restoring = again.documents.restore();
    await answer(again, 'changedFile', 'later');
    expect(await restoring).toBe(true);
    expect(elements(again)).toEqual(['a', 'b']);
    expect(written(host)).toBe(theirs);
    const saving = again.documents.save();
    await answer(again, 'changedFile', 'later');
    await saving;
    expect(written(host)).toBe(theirs);
  });

  it('11: given a crash and a newer file, then the recovered work does not replace it before that was chosen', async () => {
    const theirs = behindOurBack(['x']);
    const again = await startAgain('crash');
    const restoring = again.documents.restore();
    await answer(again, 'recovery', 'recovered');
    const question = await asked(again, 'changedFile');
    expect(written(host)).toBe(theirs);
    question.decide('replace');
    await restoring;
    expect(Object.keys(JSON.parse(written(host)).elements)).toEqual(['a', 'b']);
  });

  it('12: given nothing unsaved and a newer file, then the file is shown as it is now, and told', async () => {
    await services.documents.save();
    const theirs = behindOurBack(['x', 'y']);
    const again = await startAgain('clean');
    expect(await again.documents.restore()).toBe(true);
    expect(elements(again)).toEqual(['x', 'y']);
    expect(again.session.getState().notices.map((notice) => notice.title)).toEqual([`${net} was opened as it is now`]);
    expect(written(host)).toBe(theirs);
    expect(await host.files.read(reference)).toMatchObject({ ok: true });
  });
});
