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
