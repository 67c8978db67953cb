/** Blocks as files of their own, parameters of the file, and operations on a series that is dealt out to a batch. */
import { describe, expect, it } from 'vitest';
import { expectOk } from '../../engine/base/result.ts';
import { readProject } from '../../engine/formats/project.ts';
import { createContinuousSeries } from '../../engine/timeseries/continuous-series.ts';
import { createTestWorkbench } from '../stores/workbench.test-support.ts';
import { connectEnds, insertElement } from './element-gestures.ts';
import { saveProject } from './file-gestures.ts';
import { setParameter } from './parameter-gestures.ts';
import { commandOf } from './registry.ts';
import { putSeries } from './series-gestures.ts';
import { applySeries } from './series-operation-gestures.ts';

/** A project with spikes wired to cells, and a block beside them. */
async function project() {
  const { services, host } = createTestWorkbench();
  await services.documents.newDocument();
  const at = (x: number) => ({ x, y: 0 });
  const spikes = insertElement(services, 'stimuli/poisson', at(0));
  const cells = insertElement(services, 'neurons/lif', at(300));
  const other = insertElement(services, 'stimuli/sine', at(600));
  connectEnds(services, { element: spikes, port: 'spikes' }, { element: cells, port: 'synapses' });
  return { services, host, spikes, cells, other, open: () => services.document.getState().document };
}

describe('blocks as files', () => {
  it('given selected blocks, then they are saved with the connection among them, and inserted, selected and shown', async () => {
    const { services, host, spikes, cells, open } = await project();
    setParameter(services, 'element', [cells], 'size', 7);
    services.selection.getState().select([spikes, cells]);
    host.choose = 'part.spikeloom';
    commandOf('file.saveBlocks').run(services);
    await expect.poll(() => host.stored.has('part.spikeloom')).toBe(true);
    const { document: part } = expectOk(readProject(host.stored.get('part.spikeloom') ?? new Uint8Array()));
    expect(Object.values(part.elements).map(({ kind }) => kind)).toEqual(['stimuli/poisson', 'neurons/lif']);
    expect(Object.keys(part.connections)).toHaveLength(1);

    const before = open();
    const steps = services.document.getState().history.length;
    commandOf('file.insertBlocks').run(services);
    await expect.poll(() => Object.keys(open().elements).length).toBe(5);
    const added = Object.keys(open().elements).filter((id) => before.elements[id] === undefined);
    expect(added.map((id) => open().elements[id]?.parameters['size'])).toEqual([undefined, 7]);
    expect(Object.keys(open().connections)).toHaveLength(2);
    expect(services.document.getState().history.length).toBe(steps + 1);
    const { elements: selected, reveal } = services.selection.getState();
    expect([selected, reveal?.ids]).toEqual([added, added]);
    services.documents.undo();
    expect(open()).toEqual(before);
  });
});

describe('parameters of the file', () => {
  it('given edits since it was saved, then the selected blocks have those of the file, in one step', async () => {
    const { services, host, cells, other, open } = await project();
    setParameter(services, 'element', [cells], 'size', 7);
    host.choose = 'net.spikeloom';
    await saveProject(services, true);
    setParameter(services, 'element', [cells], 'size', 9);
    setParameter(services, 'element', [cells], 't_ref', { value: 3, unit: 'ms' });
    setParameter(services, 'element', [other], 'size', 4);
    const steps = services.document.getState().history.length;
    services.selection.getState().select([cells]);
    commandOf('edit.parametersAsInFile').run(services);
    await expect.poll(() => open().elements[cells]?.parameters).toEqual({ size: 7 });
    expect(open().elements[other]?.parameters).toEqual({ size: 4 });
    expect(services.document.getState().history.length).toBe(steps + 1);
    commandOf('edit.allParametersAsInFile').run(services);
    await expect.poll(() => open().elements[other]?.parameters).toEqual({});
  });
});

describe('a series of a batch', () => {
  it('given channels that cannot be dealt out, then it is told before and nothing changes', async () => {
    const { services, open } = await project();
    const id = insertElement(services, 'stimuli/series', { x: 0, y: 300 });
    const series = (channels: number) =>
      expectOk(
        createContinuousSeries(Float64Array.of(0, 1), new Float64Array(2 * channels), channels, {
          interpolation: 'linear',
        }),
      );
    putSeries(services, id, { series: series(6), source: 'a', members: 3 }, 'Import');
    const before = open();
    const [refused] = applySeries(services, id, series(2), 'Channels…');
    expect(refused?.message).toBe('The series has 2 channels then, which cannot be dealt out to 3 members of a batch.');
    expect(open()).toBe(before);
    expect(applySeries(services, id, series(3), 'Channels…')).toEqual([]);
    expect(open().elements[id]?.parameters['members']).toBe(3);
  });
});
