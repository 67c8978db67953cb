/** Connect targets: legal ones first, the others with their reason; found by words of their names. */
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../engine/library/library.ts';
import { connectEnds, insertElement } from '../commands/element-gestures.ts';
import { createTestWorkbench } from '../stores/workbench.test-support.ts';
import { connectTargets, matchingTargets } from './connect-targets.ts';

function network() {
  const { services } = createTestWorkbench();
  const series = insertElement(services, 'stimuli/series', { x: 0, y: 0 });
  const reservoir = insertElement(services, 'layers/rate-reservoir', { x: 300, y: 0 });
  const readout = insertElement(services, 'readouts/ridge', { x: 600, y: 0 });
  const targets = (element: string) =>
    connectTargets(services.document.getState().document, catalogue, element).map(({ title, refusal }) => ({
      title,
      legal: refusal === undefined,
    }));
  return { services, series, reservoir, readout, targets };
}

describe('connect targets', () => {
  it('given a block with one output, then its targets are named "block → input"', () => {
    const { series, targets } = network();
    expect(targets(series)).toEqual([
      { title: 'Rate reservoir → in', legal: true },
      { title: 'Ridge readout → features', legal: true },
      { title: 'Ridge readout → target', legal: true },
    ]);
  });

  it('given a wire that is there already, then that target comes last and is refused', () => {
    const { services, series, reservoir, targets } = network();
    connectEnds(services, { element: series, port: 'out' }, { element: reservoir, port: 'in' });
    expect(targets(series).at(-1)).toEqual({ title: 'Rate reservoir → in', legal: false });
  });

  it('given a block with several outputs, then the output is named too', () => {
    const { readout, targets } = network();
    expect(targets(readout).every(({ title }) => /^\w+ ⇒ .+ → \w+$/.test(title))).toBe(true);
  });

  it('given words, then those targets are left that hold them all', () => {
    const { services, series } = network();
    const all = connectTargets(services.document.getState().document, catalogue, series);
    expect(matchingTargets(all, 'RIDGE tar').map(({ title }) => title)).toEqual(['Ridge readout → target']);
    expect(matchingTargets(all, 'nothing')).toEqual([]);
  });
});
