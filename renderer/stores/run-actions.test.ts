/** Run actions: the engine keeps in step with the document. */
import { describe, expect, it } from 'vitest';
import { problem } from '../../engine/base/problem.ts';
import { createTestWorkbench } from './workbench.test-support.ts';

async function connected(run = false) {
  const bench = createTestWorkbench();
  await bench.services.runs.connect(run);
  return { ...bench.services, ...bench };
}

const lif = { id: 'a', kind: 'neurons/lif', name: 'A', parameters: {} };

describe('the engine and the document', () => {
  it('given a start with run, then the engine is greeted, loaded and started', async () => {
    const { engine, run } = await connected(true);
    expect(engine.asked).toEqual(['hello', 'load', 'start']);
    expect(run.getState().engine).toEqual({ kind: 'ready', sharedMemory: true });
    expect(run.getState().progress.state).toBe('running');
  });

  it('given several edits at once, then the engine hears of them together', async () => {
    const { engine, documents, document, runs } = await connected();
    documents.dispatch({ type: 'element.add', element: lif });
    documents.dispatch({ type: 'element.rename', id: 'a', name: 'B' });
    await runs.settled();
    expect(engine.asked).toEqual(['hello', 'load', 'update']);
    expect(engine.document).toBe(document.getState().document);
  });

  it('given a block that was moved, then the engine is not troubled', async () => {
    const { engine, documents, runs } = await connected();
    documents.dispatch({ type: 'element.add', element: lif });
    await runs.settled();
    documents.dispatch({ type: 'element.move', positions: { a: { x: 5, y: 5 } } });
    await runs.settled();
    expect(engine.asked).toEqual(['hello', 'load', 'update']);
  });

  it('given another speed, then only the speed is set', async () => {
    const { engine, documents, runs } = await connected();
    documents.dispatch({ type: 'run.set', changes: { speed: 10 } });
    await runs.settled();
    expect(engine.asked).toEqual(['hello', 'load', 'setSpeed']);
  });

  it('given an edit just before Space, then the run starts with it', async () => {
    const { engine, documents, runs } = await connected();
    documents.dispatch({ type: 'element.add', element: lif });
    await runs.toggle();
    expect(engine.asked).toEqual(['hello', 'load', 'update', 'start']);
  });

  it('given a finished run, when started, then it begins anew', async () => {
    const { engine, runs } = await connected();
    engine.progress({ state: 'finished' });
    await runs.toggle();
    expect(engine.asked.slice(2)).toEqual(['reset', 'start']);
  });

  it('given a model that cannot be built, then its problems are shown and it is not started', async () => {
    const { engine, documents, problems, runs } = await connected();
    engine.reply = {
      loaded: false,
      problems: [problem('model/missing-input', 'A needs something.', { at: { element: 'a' } })],
    };
    documents.dispatch({ type: 'element.add', element: lif });
    await runs.toggle();
    expect(engine.asked).toEqual(['hello', 'load', 'update']);
    expect(
      problems
        .getState()
        .byElement.get('a')
        ?.map((found) => found.code),
    ).toEqual(['model/missing-input']);
  });

  it('given a crash, then it is told, and Space starts another engine with the document', async () => {
    const { engine, run, problems, documents, runs } = await connected(true);
    documents.dispatch({ type: 'element.add', element: lif });
    await runs.settled();
    engine.emit({ kind: 'crashed', reason: 'out of memory' });
    expect(run.getState().engine).toEqual({ kind: 'crashed', reason: 'out of memory', cause: 'memory' });
    expect(problems.getState().all.map((found) => found.code)).toEqual(['run/crashed']);
    await runs.toggle();
    expect(engine.starts).toBe(2);
    expect(run.getState().progress.state).toBe('running');
    expect(Object.keys(engine.document.elements)).toEqual(['a']);
    expect(problems.getState().all).toEqual([]);
  });
});

describe('going back', () => {
  async function atStep(step: number) {
    const bench = await connected();
    bench.engine.progress({ state: 'paused', step, backTo: 0 });
    return bench;
  }

  it('given a run that goes on, then it pauses first, and what it leaves is a former course with its picture', async () => {
    const { engine, run, runs, session } = await atStep(500);
    engine.progress({ state: 'running' });
    await runs.stepBack(100);
    expect(engine.asked.slice(2)).toEqual(['pause', 'jump']);
    expect(run.getState().progress).toMatchObject({ state: 'paused', step: 400 });
    expect(run.getState().courses.former).toMatchObject([{ fromStep: 400, toStep: 500, parted: false }]);
    expect(run.getState().courses.former[0]?.bars).toHaveLength(100);
    expect(session.getState().announcement).toBe('Back at 0.04 s');
  });

  it('given a step not executed yet, then nothing is asked', async () => {
    const { engine, runs } = await atStep(500);
    await runs.jump(500);
    expect(engine.asked).toEqual(['hello', 'load']);
  });

  it('given an edit there, then the former course can be run again with the document of then', async () => {
    const { engine, run, runs, documents } = await atStep(500);
    await runs.jump(300);
    documents.dispatch({ type: 'run.set', changes: { seed: 9 } });
    await runs.settled();
    await runs.step(100);
    expect(run.getState().courses).toMatchObject({ edits: [300], former: [{ fromStep: 300, parted: true }] });
    await runs.jump(300);
    documents.undo();
    await runs.runAgain(run.getState().courses.former[0]?.id ?? 0);
    expect(engine.asked.slice(2)).toEqual(['jump', 'update', 'step', 'jump', 'update', 'step']);
    expect(run.getState().progress.step).toBe(500);
    expect(run.getState().courses.former).toMatchObject([{ fromStep: 300, toStep: 400, parted: true }]);
  });

  it('given a fault, then going back before it clears its problem', async () => {
    const { engine, problems, runs } = await atStep(500);
    engine.emit({ kind: 'problems', problems: [problem('run/not-finite', 'v became infinite.')] });
    engine.progress({ state: 'failed' });
    await runs.stepBack(20);
    expect(problems.getState().run).toEqual([]);
  });

  it('given a reset or a build from the start, then there are no former courses', async () => {
    const { run, runs } = await atStep(500);
    await runs.jump(300);
    await runs.reset();
    expect(run.getState().courses.former).toEqual([]);
  });
});
