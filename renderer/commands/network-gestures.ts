/** Whole networks put onto the canvas: each call is one edit that can be undone. */
import type { Problem } from '../../engine/base/problem.ts';
import { tightBalanceBlocks } from '../../engine/library/networks/tight-balance-blocks.ts';
import type { DrivenNetwork } from '../../engine/library/networks/tight-balance-forms.ts';
import type { ProbeRecord, SpikeloomDocument } from '../../engine/model/document.ts';
import { pasteEdit } from '../../engine/model/edits/clipboard.ts';
import { batch, type SingleEdit } from '../../engine/model/edits/edit.ts';
import type { Services } from '../stores/services.ts';
import type { Place } from './element-gestures.ts';
import { mostPlots, newPlot } from './plot-gestures.ts';

const tightBalanceKind = 'layers/tight-balance';

/** Adds the blocks of the network below all others, its cells selected, with plots while there is room. */
export function addTightBalance(services: Services, made: DrivenNetwork): readonly Problem[] {
  const { document } = services.document.getState();
  const { clipboard, timeStep } = tightBalanceBlocks(made, document.run);
  const { bytes: randomBytes } = services.random;
  const paste = pasteEdit(document, clipboard, { as: 'paste', randomBytes, offset: belowAll(document) });
  if (paste.type !== 'element.paste') return [];
  const edits: SingleEdit[] = [paste, ...plotEdits(services, document, paste.probes)];
  if (timeStep !== undefined) edits.unshift({ type: 'run.set', changes: { timeStep } });
  const refused = services.documents.dispatch(batch(edits, 'Add a tightly balanced network'));
  if (refused.length > 0) return refused;
  services.selection
    .getState()
    .select(paste.elements.filter(({ kind }) => kind === tightBalanceKind).map(({ id }) => id));
  services.selection.getState().keepInView(paste.elements.map(({ id }) => id));
  return [];
}

function belowAll({ view }: SpikeloomDocument): Place {
  const places = Object.values(view.positions);
  if (places.length === 0) return { x: 32, y: 32 };
  return { x: Math.min(...places.map(({ x }) => x)), y: Math.max(...places.map(({ y }) => y)) + 192 };
}

/** A raster of spikes and traces of the rest, until there are as many plots as can be read. */
function plotEdits(services: Services, { view }: SpikeloomDocument, probes: readonly ProbeRecord[]): SingleEdit[] {
  return probes.slice(0, Math.max(0, mostPlots - view.plots.length)).map((probe) => ({
    type: 'plot.add',
    plot: newPlot(services, probe.target === 'spikes' ? 'raster' : 'traces', [probe.id]),
  }));
}
