/** `spikeloom train`: outputs, exit codes and what a signal leaves are a contract. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { element, project, wire } from '../../e2e/specs/problem-codes/case.ts';
import { expectOk } from '../../engine/base/result.ts';
import { readProject, writeProject } from '../../engine/formats/project.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { runCommandLine } from './command-line.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spikeloom-train-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** A unit that is to become twice its input. */
function learning(epochs: number, trainable = ['weights', 'bias']): SpikeloomDocument {
  const sine = { frequency: { value: 50, unit: 'Hz' } };
  const descent = { epochs, learning_rate: { value: 0.05, unit: '1' } };
  const document = project({
    elements: [
      element('input', 'stimuli/sine', sine),
      element('wanted', 'stimuli/sine', { ...sine, amplitude: { value: 2, unit: '1' } }),
      { ...element('layer', 'layers/dense', { size: 1 }), trainable },
      element('objective', 'readouts/objective', descent),
    ],
    connections: [
      wire('input.out', 'layer.in'),
      wire('layer.out', 'objective.prediction'),
      wire('wanted.out', 'objective.target'),
    ],
  });
  return { ...document, run: { ...document.run, duration: { value: 40, unit: 'ms' } } };
}

async function fileOf(name: string, document: SpikeloomDocument): Promise<string> {
  const path = join(folder, `${name}.spikeloom`);
  await writeFile(path, writeProject(document));
  return path;
}

async function train(args: readonly string[], onNote: (note: string) => void = () => undefined) {
  let [stdout, stderr] = ['', ''];
  const noted = (text: string): void => {
    stderr += text;
    onNote(text);
  };
  const code = await runCommandLine(['train', ...args], {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: noted },
    startRun: () => {
      throw new Error('nothing runs in a thread');
    },
  });
  return { code, stdout, stderr };
}

interface Report {
  readonly curve: readonly number[];
  readonly bestLoss: number;
}

async function written(path: string): Promise<SpikeloomDocument> {
  return expectOk(readProject(new Uint8Array(await readFile(path)))).document;
}

describe('train', () => {
  it('prints the loss curve and the scores, and writes a project that goes on where this one ended', async () => {
    const out = join(folder, 'trained.spikeloom');
    const first = await train([await fileOf('first', learning(40)), '--json', '--out', out]);
    expect(first.code).toBe(0);
    const report = JSON.parse(first.stdout) as Report;
    expect(report).toMatchObject({
      ...{ epochs: 40, bestEpoch: 39, stopped: false, problems: [] },
      scores: [{ element: 'objective', measure: 'squared', before: report.curve[0], after: report.bestLoss }],
    });
    expect(report.bestLoss).toBeLessThan(0.5 * (report.curve[0] as number));
    const again = JSON.parse((await train([out, '--json', '--epochs', '1'])).stdout) as Report;
    expect(again.curve).toEqual([report.bestLoss]);
    expect((await written(out)).elements['layer']?.trainable).toEqual(['weights', 'bias']);
  });

  it('tells people of every epoch on stderr, and gives them a table', async () => {
    const { code, stdout, stderr } = await train([await fileOf('people', learning(3))]);
    expect(code).toBe(0);
    expect(stderr.match(/^epoch \d of 3: loss [\d.]+, best [\d.]+$/gm)).toHaveLength(3);
    expect(stdout).toMatch(
      /^3 epochs: loss [\d.]+ before, [\d.]+ at its best \(epoch 3\)\nname +measure +before +after +NRMSE\nOBJECTIVE +squared /,
    );
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('stopped by %s writes the best so far and ends with %i', async (signal, wanted) => {
    const out = join(folder, `${signal}.spikeloom`);
    let epochs = 0;
    const stop = (note: string): void => {
      if (note.startsWith('epoch')) epochs += 1;
      if (epochs === 4) process.emit(signal, signal);
    };
    const { code, stdout } = await train([await fileOf('long', learning(100_000)), '--json', '--out', out], stop);
    expect(code).toBe(wanted);
    expect(JSON.parse(stdout)).toMatchObject({ stopped: true, epochs: 4, bestEpoch: 3 });
    expect((await written(out)).elements['layer']?.parameters['weights']).toMatchObject({ unit: '1' });
  });

  it('prints a Problem and ends with 1 where nothing can be trained', async () => {
    const unmarked = await train([await fileOf('unmarked', learning(3, [])), '--json']);
    expect(unmarked.code).toBe(1);
    expect(JSON.parse(unmarked.stdout)).toMatchObject({ curve: [], problems: [{ code: 'training/nothing' }] });
    const nowhere = await train([await fileOf('nowhere', learning(3)), '--out', join(folder, 'trained.what')]);
    expect(nowhere).toMatchObject({ code: 1, stderr: expect.stringContaining('file/write') as string });
  });
});
