/** A tightly balanced network on the canvas: one step, undone as one, with plots and the step of the run. */
import { describe, expect, it } from 'vitest';
import { expectOk } from '../../engine/base/result.ts';
import { tightBalanceForms, type DrivenNetwork } from '../../engine/library/networks/tight-balance-forms.ts';
import { createTestWorkbench } from '../stores/workbench.test-support.ts';
import { insertElement } from './element-gestures.ts';
import { addTightBalance } from './network-gestures.ts';
import { setRun } from './parameter-gestures.ts';

function network(): DrivenNetwork {
  const [solve] = tightBalanceForms;
  if (solve === undefined) throw new Error('no form');
  return expectOk(solve.make({ a: '-10', c: '50', net_size: 4 }));
}

describe('a tightly balanced network on the canvas', () => {
  it('given a project, then blocks, wires, probes and plots come in one step and go in one', () => {
    const { services } = createTestWorkbench();
    insertElement(services, 'neurons/lif', { x: 32, y: 64 });
    setRun(services, { timeStep: { value: 1, unit: 'ms' } });
    const { document: before, history } = services.document.getState();
    expect(addTightBalance(services, network())).toEqual([]);
    const { document: after, history: longer } = services.document.getState();
    expect(longer.length).toBe(history.length + 1);
    expect(Object.keys(after.elements)).toHaveLength(5);
    expect(Object.keys(after.connections)).toHaveLength(3);
    expect(after.view.plots.map(({ kind }) => kind).slice(before.view.plots.length)).toEqual(['raster', 'traces']);
    expect(after.run.timeStep).toEqual({ value: 0.1, unit: 'ms' });
    const added = Object.keys(after.elements).filter((id) => before.elements[id] === undefined);
    expect(added.map((id) => after.view.positions[id])).toEqual([0, 1, 2, 3].map((n) => ({ x: 32 + 288 * n, y: 256 })));
    expect(services.selection.getState().elements).toEqual([added[2]]);
    expect(services.selection.getState().reveal?.ids).toEqual(added);
    services.documents.undo();
    expect(services.document.getState().document).toEqual(before);
  });
});
