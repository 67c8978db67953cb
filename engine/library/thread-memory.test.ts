/** Memory of threads: what is planned for them is never less than what their code takes, and is refused like all else. */
import { describe, expect, it } from 'vitest';
import { createUniformSource } from '../base/random.ts';
import { expectOk } from '../base/result.ts';
import { outlineProgram } from '../build/build-program.ts';
import { compile } from '../codegen/compile.ts';
import { withSpikeCounters } from '../codegen/spike-counters.ts';
import type { SpikeloomDocument } from '../model/document.ts';
import { validate } from '../model/validate.ts';
import { admitWithin, memoryNeed } from '../runtime/memory-need.ts';
import { threadMemory } from '../runtime/thread-memory.ts';
import { largeRandomModel } from './checkpoint-models.test-support.ts';
import { catalogue, library } from './library.ts';
import { prepareRun } from './prepare-run.ts';

function modelOf(number: number): SpikeloomDocument {
  const uniform = createUniformSource(number);
  return largeRandomModel(number, (below) => Math.floor(uniform.next() * below));
}

function outlineOf(document: SpikeloomDocument) {
  return expectOk(outlineProgram(expectOk(validate(document, catalogue)), library));
}

/** Linear memory of the code for so many threads. */
function linearBytes(document: SpikeloomDocument, threads: number): number {
  const program = withSpikeCounters(expectOk(prepareRun(document)).program);
  return expectOk(compile(program, 'wasm', { shared: true, threads })).layout.totalBytes;
}

/** What is planned for the threads of a run. */
function plannedBytes(document: SpikeloomDocument, threads: number): number {
  return threadMemory(outlineOf(document), threads).reduce((sum, { bytes }) => sum + bytes, 0);
}

describe('memory of threads', () => {
  it('is planned to be as much as their code takes, or more', () => {
    let most = 0;
    for (let number = 0; number < 45; number += 3) {
      const document = modelOf(number);
      const alone = linearBytes(document, 1);
      for (const threads of [2, 4]) {
        // Without the threads themselves, which lie in no linear memory.
        const planned = plannedBytes(document, threads) - (threads - 1) * 12 * 2 ** 20;
        const taken = linearBytes(document, threads) - alone;
        expect(taken, `model ${number}, ${threads} threads`).toBeLessThanOrEqual(planned);
        most = Math.max(most, taken / planned);
      }
    }
    expect(most).toBeGreaterThan(0.01);
  });

  it('is none for one thread, and grows with their number', () => {
    const document = modelOf(1);
    expect(threadMemory(outlineOf(document), 1)).toEqual([]);
    expect(plannedBytes(document, 4)).toBeGreaterThan(plannedBytes(document, 2) + 24 * 2 ** 20);
  });

  it('counts where a limit decides: what fits for one thread is refused for four', () => {
    const outline = outlineOf(modelOf(1));
    const limit = memoryNeed(outline).bytes + 1000;
    const withThreads = (threads: number) => admitWithin(limit, (each) => threadMemory(each, threads))(outline);
    expect(withThreads(1).ok).toBe(true);
    expect(withThreads(4)).toMatchObject({ ok: false, problems: [{ code: 'run/memory' }] });
  });
});
