/** Edits of the plots under the canvas: add, change, remove. They belong to the view, not to the model. */
import { z } from '../../base/schema.ts';
import { plotSchema } from '../document.ts';
import type { PlotRecord, SpikeloomDocument } from '../document.ts';
import { probeName } from '../names.ts';
import { findRecord } from '../records.ts';
import { alreadyThere, editKind, firstMissing, notThere } from './edit-kind.ts';

const id = plotSchema.shape.id;

/** `the traces plot of v of Cells`, or `the raster plot` when it shows several things. */
function plotText(document: SpikeloomDocument, plot: PlotRecord | undefined): string {
  if (plot === undefined) return 'a missing plot';
  const [only] = plot.probes;
  const probe = plot.probes.length === 1 && only !== undefined ? findRecord(document.probes, only) : undefined;
  return probe === undefined ? `the ${plot.kind} plot` : `the ${plot.kind} plot of ${probeName(document, probe)}`;
}

function find(document: SpikeloomDocument, plotId: string): PlotRecord | undefined {
  return document.view.plots.find((plot) => plot.id === plotId);
}

const add = editKind({
  schema: z.strictObject({
    type: z.literal('plot.add'),
    plot: plotSchema,
    /** Place among the plots; at the end without it. */
    index: z.number().int().nonnegative().optional(),
  }),
  change(draft, { plot, index }) {
    if (find(draft, plot.id) !== undefined) return alreadyThere('plot', plot.id);
    const missing = firstMissing(draft.probes, plot.probes, 'probe');
    if (missing !== undefined) return missing;
    draft.view.plots = draft.view.plots.toSpliced(index ?? draft.view.plots.length, 0, plot);
    return undefined;
  },
  label: (document, edit) => `Add ${plotText(document, edit.plot)}`,
});

const change = editKind({
  schema: z.strictObject({
    type: z.literal('plot.change'),
    id,
    changes: z.strictObject({ kind: plotSchema.shape.kind.optional(), probes: plotSchema.shape.probes.optional() }),
  }),
  change(draft, edit) {
    const plot = find(draft, edit.id);
    if (plot === undefined) return notThere('plot', edit.id);
    const { kind = plot.kind, probes = plot.probes } = edit.changes;
    const missing = edit.changes.probes && firstMissing(draft.probes, edit.changes.probes, 'probe');
    if (missing !== undefined) return missing;
    draft.view.plots = draft.view.plots.map((each) => (each.id === edit.id ? { id: each.id, kind, probes } : each));
    return undefined;
  },
  label: (document, edit) => `Change ${plotText(document, find(document, edit.id))}`,
});

const remove = editKind({
  schema: z.strictObject({ type: z.literal('plot.remove'), id }),
  change(draft, edit) {
    if (find(draft, edit.id) === undefined) return notThere('plot', edit.id);
    draft.view.plots = draft.view.plots.filter((plot) => plot.id !== edit.id);
    return undefined;
  },
  label: (document, edit) => `Remove ${plotText(document, find(document, edit.id))}`,
});

export const plotEdits = { 'plot.add': add, 'plot.change': change, 'plot.remove': remove } as const;
