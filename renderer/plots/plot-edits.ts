/** Plot edits: what adding, changing and removing plots and probes means for the document; pure. */
import type { PlotRecord, ProbeRecord, SpikeloomDocument } from '../../engine/model/document.ts';
import { batch, type Edit, type SingleEdit } from '../../engine/model/edits/edit.ts';
import type { KindCatalogue } from '../../engine/model/kind.ts';
import type { NewProbe } from './plot-services.ts';
import { expectedProbe, sameProbe } from './probe-choices.ts';

/** Makes an id that is not in use: `newId('probe')`. */
export type NewId = (prefix: string) => string;

/** The probe that records this, and the edit that makes it where it is not there yet. */
function probeFor(document: SpikeloomDocument, wanted: NewProbe, newId: NewId): { readonly id: string; readonly edits: readonly SingleEdit[] } {
  const present = sameProbe(document, wanted);
  if (present !== undefined) return { id: present.id, edits: [] };
  const probe: ProbeRecord = { id: newId('probe'), element: wanted.element, target: wanted.target, cells: wanted.cells === null ? null : [...wanted.cells] };
  return { id: probe.id, edits: [{ type: 'probe.add', probe }] };
}

/** Records these and shows them in the plot; undefined when they are shown there already. */
export function showInPlot(document: SpikeloomDocument, wanted: readonly NewProbe[], plot: PlotRecord, newId: NewId): Edit | undefined {
  const probes = wanted.map((each) => probeFor(document, each, newId));
  const added = probes.map((each) => each.id).filter((id) => !plot.probes.includes(id));
  if (added.length === 0) return undefined;
  return batch([...probes.flatMap((each) => each.edits), { type: 'plot.change', id: plot.id, changes: { probes: [...plot.probes, ...added] } }]);
}

/** Records these and shows them in a plot of their own. */
export function showInNewPlot(document: SpikeloomDocument, wanted: readonly NewProbe[], kind: string, newId: NewId): Edit {
  const probes = wanted.map((each) => probeFor(document, each, newId));
  const plot: PlotRecord = { id: newId('plot'), kind, probes: probes.map((each) => each.id) };
  return batch([...probes.flatMap((each) => each.edits), { type: 'plot.add', plot }]);
}

/** What an element is recorded at when nothing else is asked for: a readout's prediction beside its target, else the kind's own choice. */
export function usualProbes(document: SpikeloomDocument, catalogue: KindCatalogue, element: string): readonly NewProbe[] {
  const kind = catalogue.find(document.elements[element]?.kind ?? '');
  if (kind === undefined) return [];
  const outputs = kind.outputs.map((port) => port.name);
  if (kind.family === 'readouts' && outputs.includes('prediction') && outputs.includes('target')) {
    return ['prediction', 'target'].map((target) => ({ element, target, cells: null }));
  }
  const target = kind.defaultProbe ?? outputs[0] ?? kind.states[0]?.name;
  return target === undefined ? [] : [{ element, target, cells: null }];
}

/** The kind of plot that shows these best. */
export function plotKindFor(document: SpikeloomDocument, catalogue: KindCatalogue, probes: readonly NewProbe[]): 'raster' | 'traces' | 'prediction' {
  if (probes.some((probe) => probe.target === 'prediction') && probes.some((probe) => probe.target === 'target')) return 'prediction';
  const first = probes[0];
  const expected = first === undefined ? undefined : expectedProbe(document, catalogue, { id: '', element: first.element, target: first.target, cells: null });
  return expected?.type === 'events' ? 'raster' : 'traces';
}

/** Shows an element: in the plot of the fitting kind that is there, else in a new one; undefined when it is shown or has nothing to show. */
export function plotElementEdit(document: SpikeloomDocument, catalogue: KindCatalogue, element: string, newId: NewId): Edit | undefined {
  const wanted = usualProbes(document, catalogue, element).map((probe) => recordedAlready(document, probe) ?? probe);
  if (wanted.length === 0) return undefined;
  const kind = plotKindFor(document, catalogue, wanted);
  const plots = document.view.plots.filter((plot) => plot.kind === kind);
  const own = plots.find((plot) => wanted.every((probe) => plot.probes.includes(sameProbe(document, probe)?.id ?? '')));
  if (own !== undefined) return undefined;
  const first = plots[0];
  return kind === 'prediction' || first === undefined ? showInNewPlot(document, wanted, kind, newId) : showInPlot(document, wanted, first, newId);
}

/** The same output is recorded already, of all cells or some: rather that than a second probe. */
function recordedAlready(document: SpikeloomDocument, wanted: NewProbe): ProbeRecord | undefined {
  return Object.values(document.probes).find((probe) => probe.element === wanted.element && probe.target === wanted.target);
}
