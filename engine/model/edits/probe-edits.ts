/** Edits of probes: add, remove, change what is recorded. */
import type { Problem } from '../../base/problem.ts';
import { z } from '../../base/schema.ts';
import { probeSchema } from '../document.ts';
import type { ProbeRecord, SpikeloomDocument } from '../document.ts';
import { probeName } from '../names.ts';
import { dropRecord, findRecord } from '../records.ts';
import { alreadyThere, editKind, firstMissing, notThere } from './edit-kind.ts';

const id = probeSchema.shape.id;

/** Adds a probe of an element that is there. */
export function addProbe(draft: SpikeloomDocument, probe: ProbeRecord): Problem | undefined {
  if (Object.hasOwn(draft.probes, probe.id)) return alreadyThere('probe', probe.id);
  const missing = firstMissing(draft.elements, [probe.element], 'element');
  if (missing === undefined) draft.probes[probe.id] = probe;
  return missing;
}

/** Removes probes, takes them out of plots, and removes plots that lose their last probe by it. */
export function dropProbes(draft: SpikeloomDocument, isGone: (probe: ProbeRecord) => boolean): void {
  const gone = new Set(
    Object.values(draft.probes)
      .filter(isGone)
      .map((probe) => probe.id),
  );
  for (const each of gone) dropRecord(draft.probes, each);
  if (!draft.view.plots.some((plot) => plot.probes.some((probe) => gone.has(probe)))) return;
  draft.view.plots = draft.view.plots.flatMap((plot) => {
    const probes = plot.probes.filter((probe) => !gone.has(probe));
    if (probes.length === plot.probes.length) return [plot];
    return probes.length === 0 ? [] : [{ ...plot, probes }];
  });
}

function named(document: SpikeloomDocument, probeId: string): string {
  const record = findRecord(document.probes, probeId);
  return record === undefined ? 'a missing probe' : probeName(document, record);
}

const add = editKind({
  schema: z.strictObject({ type: z.literal('probe.add'), probe: probeSchema }),
  change: (draft, edit) => addProbe(draft, edit.probe),
  label: (document, edit) => `Record ${probeName(document, edit.probe)}`,
});

const remove = editKind({
  schema: z.strictObject({ type: z.literal('probe.remove'), ids: z.array(id).min(1) }),
  change(draft, { ids }) {
    const missing = firstMissing(draft.probes, ids, 'probe');
    if (missing !== undefined) return missing;
    const gone = new Set(ids);
    dropProbes(draft, (probe) => gone.has(probe.id));
    return undefined;
  },
  label(document, { ids }) {
    const [only] = ids;
    return ids.length === 1 && only !== undefined
      ? `Stop recording ${named(document, only)}`
      : `Remove ${ids.length} probes`;
  },
});

const update = editKind({
  schema: z.strictObject({
    type: z.literal('probe.update'),
    id,
    changes: z.strictObject({ target: probeSchema.shape.target.optional(), cells: probeSchema.shape.cells.optional() }),
  }),
  change(draft, edit) {
    const probe = findRecord(draft.probes, edit.id);
    if (probe === undefined) return notThere('probe', edit.id);
    const { target, cells } = edit.changes;
    if (target !== undefined) probe.target = target;
    if (cells !== undefined) probe.cells = cells;
    return undefined;
  },
  label(document, edit) {
    const probe = findRecord(document.probes, edit.id);
    const target = edit.changes.target ?? probe?.target ?? '';
    const name = probe === undefined ? 'a missing probe' : probeName(document, { ...probe, target });
    const { cells } = edit.changes;
    if (cells === undefined) return `Record ${name}`;
    return `Record ${name} of ${cells === null ? 'all cells' : `${cells.length} cells`}`;
  },
});

export const probeEdits = { 'probe.add': add, 'probe.remove': remove, 'probe.update': update } as const;
