/** Document actions: edits through the journal, files, recovery. */
import { describe, expect, it } from 'vitest';
import type { Edit } from '../../engine/model/edits/edit.ts';
import { createFakeHost } from '../host/fake.ts';
import { createTestWorkbench } from './workbench.test-support.ts';

const add = (id: string, name = id): Edit => ({
  type: 'element.add',
  element: { id, kind: 'neurons/lif', name, parameters: {} },
  position: { x: 0, y: 0 },
});
const bytesOf = (text: string) => new TextEncoder().encode(text);

async function withTwoCells() {
  const bench = createTestWorkbench();
  await bench.services.documents.newDocument();
  bench.services.documents.dispatch(add('a', 'First'));
  bench.services.documents.dispatch(add('b', 'Second'));
  return { ...bench.services, ...bench };
}

describe('edits', () => {
  it('given two edits, when undone and redone, then the history shows where it stands', async () => {
    const { documents, document } = await withTwoCells();
    documents.undo();
    expect(document.getState().history.map(({ label, present }) => [label, present])).toEqual([
      ['Add First', true],
      ['Add Second', false],
    ]);
    expect(Object.keys(document.getState().document.elements)).toEqual(['a']);
    documents.redo();
    expect(Object.keys(document.getState().document.elements)).toEqual(['a', 'b']);
  });

  it('given a history, when jumped to its beginning, then the document is as it was opened and nothing is lost', async () => {
    const { documents, document } = await withTwoCells();
    documents.jumpTo(0);
    expect(document.getState().document.elements).toEqual({});
    expect(document.getState().canUndo).toBe(false);
    documents.jumpTo(document.getState().history.at(-1)?.seq ?? -1);
    expect(Object.keys(document.getState().document.elements)).toEqual(['a', 'b']);
  });

  it('given an edit that refers to nothing, then it is refused and nothing changes', async () => {
    const { documents, document } = await withTwoCells();
    const before = document.getState();
    expect(documents.dispatch({ type: 'element.rename', id: 'zz', name: 'x' }).map((found) => found.code)).toEqual([
      'edit/impossible',
    ]);
    expect(document.getState()).toBe(before);
  });

  it('given edits of one gesture, then they are one step of the history', async () => {
    const { documents, document } = await withTwoCells();
    for (const x of [1, 2, 3]) documents.dispatch({ type: 'element.move', positions: { a: { x, y: 0 } } }, 'drag 1');
    expect(document.getState().history).toHaveLength(3);
    documents.undo();
    expect(document.getState().document.view.positions['a']).toEqual({ x: 0, y: 0 });
  });

  it('given a selected element, when its addition is undone, then the selection forgets it', async () => {
    const { documents, selection } = await withTwoCells();
    selection.getState().select(['a', 'b']);
    documents.undo();
    expect(selection.getState().elements).toEqual(['a']);
  });
});

describe('recovery', () => {
  it('given edits without a save, when the window is loaded again, then the work and its history are there', async () => {
    const { host, documents, document } = await withTwoCells();
    documents.undo();
    await documents.settled();
    documents.letGo();
    const again = createTestWorkbench(host).services;
    expect(await again.documents.restore()).toBe(true);
    expect(again.document.getState().document).toEqual(document.getState().document);
    expect(again.document.getState().history).toEqual(document.getState().history);
    again.documents.redo();
    expect(Object.keys(again.document.getState().document.elements)).toEqual(['a', 'b']);
  });

  it('given a torn last line, then all before it is recovered and the person is told', async () => {
    const { host, documents } = await withTwoCells();
    await documents.settled();
    documents.letGo();
    const [[id, lines] = ['', []]] = [...host.journals];
    host.journals.set(id, [...lines.slice(0, -1), (lines.at(-1) ?? '').slice(0, 20)]);
    const again = createTestWorkbench(host).services;
    expect(await again.documents.restore()).toBe(true);
    expect(Object.keys(again.document.getState().document.elements)).toEqual(['a']);
    expect(again.session.getState().notices.map((notice) => notice.title)).toEqual([
      'The work of last time was recovered',
    ]);
    await again.documents.settled();
    expect(host.journals.get(id)).toHaveLength(lines.length - 1);
  });

  it('given a first start, then there is nothing to recover', async () => {
    expect(await createTestWorkbench().services.documents.restore()).toBe(false);
  });
});

describe('files', () => {
  it('given a saved project, when it is opened again, then it can still be undone', async () => {
    const { host, documents, document } = await withTwoCells();
    host.choose = 'net.spikeloom';
    expect(await documents.saveAs()).toMatchObject({ ok: true, value: { name: 'net.spikeloom' } });
    await documents.newDocument();
    const read = await host.files.read({ key: 'net.spikeloom', name: 'net.spikeloom', folder: '' });
    if (!read.ok) throw new Error('the file is there');
    expect(await documents.openBytes(read.value.bytes, read.value)).toEqual({ opened: true, problems: [] });
    documents.undo();
    expect(Object.keys(document.getState().document.elements)).toEqual(['a']);
  });

  it('given a saved project, then it counts as saved until the next edit, and again after its undo', async () => {
    const { host, documents, document } = await withTwoCells();
    host.choose = 'net.spikeloom';
    expect(document.getState().saved).toBe(false);
    await documents.saveAs();
    expect(document.getState().saved).toBe(true);
    documents.dispatch(add('c'));
    expect(document.getState().saved).toBe(false);
    documents.undo();
    expect(document.getState().saved).toBe(true);
  });

  it('given bytes that are no project, then they are refused and the open document stays', async () => {
    const { documents, document } = await withTwoCells();
    await documents.settled();
    const before = document.getState();
    const { opened, problems } = await documents.openBytes(bytesOf('{"format":"else"}'));
    expect(opened).toBe(false);
    expect(problems.map((found) => found.code)).toEqual(['document/not-spikeloom']);
    expect(document.getState()).toBe(before);
  });

  it('given the file of another program, then the project made of it has no file, and saving leaves that one alone', async () => {
    const { host, documents, document } = await withTwoCells();
    const layer = {
      class_name: 'PassThrough',
      name: 'Readout',
      weights: [[1]],
      dt: 0.1,
      noise_std: 0,
      bias: [0],
      delay: 0,
    };
    const bytes = bytesOf(
      JSON.stringify({ layers: [{ ...layer, external_input: true }], input_layer_name: 'Readout' }),
    );
    host.stored.set('net.json', bytes);
    const file = { key: 'net.json', name: 'net.json', folder: '' };
    expect(await documents.openBytes(bytes, { file })).toEqual({ opened: true, problems: [] });
    expect(document.getState().file).toBeUndefined();
    host.choose = 'net.spikeloom';
    expect(await documents.save()).toMatchObject({ ok: true, value: { name: 'net.spikeloom' } });
    expect(host.stored.get('net.json')).toEqual(bytes);
  });

  it('given a newer project, then it opens read-only and edits are refused', async () => {
    const { documents, document } = await withTwoCells();
    const newer = {
      ...document.getState().document,
      versions: { ...document.getState().document.versions, document: 99 },
    };
    const { problems } = await documents.openBytes(bytesOf(JSON.stringify(newer)));
    expect(problems.map((found) => found.code)).toEqual(['document/newer']);
    expect(document.getState().readOnly).toBe('newer');
    expect(documents.dispatch(add('c')).map((found) => found.code)).toEqual(['document/newer']);
    expect((await documents.save()).ok).toBe(false);
  });
});

describe('an edit on its way to the journal', () => {
  it('given an edit, then it counts as not safe until the host has it', async () => {
    const { documents, document } = createTestWorkbench().services;
    await documents.newDocument();
    await documents.settled();
    expect(document.getState().journalPending).toBe(0);
    documents.dispatch({ type: 'document.rename', name: 'On its way' });
    expect(document.getState()).toMatchObject({ journalPending: 1, journalFailing: false });
    await documents.settled();
    expect(document.getState().journalPending).toBe(0);
  });
});

describe('a host that cannot write', () => {
  it('given a full disk, then the person is told once, and the journal is whole again when there is room', async () => {
    const host = createFakeHost();
    const { documents, document, session } = createTestWorkbench(host).services;
    await documents.newDocument();
    await documents.settled();
    host.full = true;
    documents.dispatch(add('a'));
    documents.dispatch(add('b'));
    await documents.settled();
    expect(document.getState().journalPending).toBeGreaterThan(0);
    expect(session.getState().notices).toHaveLength(1);
    host.full = false;
    await new Promise((resolve) => setTimeout(resolve, 10));
    await documents.settled();
    expect(document.getState().journalPending).toBe(0);
    expect([...host.journals.values()].map((lines) => lines.length)).toEqual([3]);
  });
});
