/** Announcements: one sentence for each thing that happened, and no floods. */
import { afterEach, describe, expect, it } from 'vitest';
import { problem } from '../../engine/base/problem.ts';
import type { Disposable } from '../../engine/base/disposable.ts';
import { createTestWorkbench, type TestWorkbench } from '../stores/workbench.test-support.ts';
import { startAnnouncements } from './announcements.ts';
import { moveSelected } from './block-moves.ts';
import { connectEnds, insertElement, removePicked } from './element-gestures.ts';
import { setParameter } from './parameter-gestures.ts';

let listening: Disposable | undefined;
afterEach(() => listening?.dispose());

/** In a project of its own, so that edits are kept. */
async function listen(): Promise<TestWorkbench> {
  const workbench = createTestWorkbench();
  await workbench.services.documents.newDocument();
  listening = startAnnouncements(workbench.services);
  return workbench;
}

/** What was said, once everything has come to rest. */
async function said({ services }: TestWorkbench): Promise<readonly string[]> {
  for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setTimeout(resolve));
  return services.session.getState().spoken.map(({ text }) => text);
}

describe('announcements', () => {
  it('given an insertion, a wire, a move and a removal, then each is one sentence', async () => {
    const workbench = await listen();
    const { services } = workbench;
    const from = insertElement(services, 'stimuli/poisson', { x: 0, y: 0 });
    expect(await said(workbench)).toEqual(['Added Poisson spikes.']);
    const to = insertElement(services, 'neurons/lif', { x: 300, y: 0 });
    await said(workbench);
    connectEnds(services, { element: from, port: 'out' }, { element: to, port: 'in' });
    expect((await said(workbench)).at(-1)).toBe('Connected Poisson spikes to LIF.');
    services.selection.getState().select([to]);
    for (let step = 0; step < 20; step += 1) moveSelected(services, 'right', 16);
    expect((await said(workbench)).slice(-2)).toEqual(['Connected Poisson spikes to LIF.', 'Moved LIF.']);
    removePicked(services, { elements: [to], connections: [] });
    expect((await said(workbench)).at(-1)).toBe('Removed LIF.');
  });

  it('given twenty values of one slider, then the last is said', async () => {
    const workbench = await listen();
    const { services } = workbench;
    const id = insertElement(services, 'neurons/lif', { x: 0, y: 0 });
    await said(workbench);
    for (let value = 1; value <= 20; value += 1)
      setParameter(services, 'element', [id], 'I_e', { value, unit: 'pA' }, { gesture: 'slider' });
    expect(await said(workbench)).toEqual(['Added LIF.', 'Set I_e of LIF to 20 pA.']);
  });

  it('given undo, redo and undo again, then each is said, also when the words are those of before', async () => {
    const workbench = await listen();
    const { services } = workbench;
    insertElement(services, 'neurons/lif', { x: 0, y: 0 });
    await said(workbench);
    for (const act of ['undo', 'redo', 'undo'] as const) {
      services.documents[act]();
      await said(workbench);
    }
    const [first, ...others] = await said(workbench);
    expect(first).toMatch(/^Added LIF/);
    expect(others.map((text) => text.split(':')[0])).toEqual(['Undone', 'Redone', 'Undone']);
  });

  it('given a run that starts, pauses and ends, then each is said once, however often it reports', async () => {
    const workbench = await listen();
    const { run } = workbench.services;
    const report = (state: 'running' | 'paused' | 'finished', simulatedSeconds: number): void =>
      run.setState(({ progress }) => ({ progress: { ...progress, state, simulatedSeconds } }));
    for (let tick = 1; tick < 50; tick += 1) report('running', tick / 100);
    expect(await said(workbench)).toEqual(['The run has started.']);
    report('paused', 0.5);
    expect((await said(workbench)).at(-1)).toBe('Paused at 0.5 s.');
    report('finished', 1);
    workbench.services.session.getState().change({ announcement: 'The run has finished' });
    expect((await said(workbench)).slice(1)).toEqual(['Paused at 0.5 s.', 'The run has finished.']);
  });

  it('given problems that come and go, then their number is said when it has settled', async () => {
    const workbench = await listen();
    const { problems } = workbench.services;
    const [one, two] = ['one', 'two'].map((text) => problem('model/missing-input', text));
    if (one === undefined || two === undefined) throw new Error('two problems');
    problems.getState().setDocument([one]);
    problems.getState().setDocument([one, two]);
    expect(await said(workbench)).toEqual(['2 problems.']);
    problems.getState().setDocument([]);
    expect((await said(workbench)).at(-1)).toBe('No problems.');
  });

  it('given a project that was opened and one that was saved, then both are said', async () => {
    const workbench = await listen();
    const { services } = workbench;
    await services.documents.newDocument();
    expect(await said(workbench)).toEqual(['Opened Untitled, which is empty.']);
    services.session.getState().notify('info', 'Saved as Mine.spikeloom');
    services.session.getState().notify('info', 'Saved as Mine.spikeloom');
    expect((await said(workbench)).at(-1)).toBe('Saved as Mine.spikeloom.');
  });
});
