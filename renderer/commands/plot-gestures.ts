/** What gestures do to probes and plots: each call is one edit that can be undone. */
import { createIdentifier } from '../../engine/base/identifier.ts';
import type { ElementRecord, PlotRecord, ProbeRecord, SpikeloomDocument } from '../../engine/model/document.ts';
import { batch, type SingleEdit } from '../../engine/model/edits/edit.ts';
import { kindOf, type KindDescriptor } from '../../engine/model/kind.ts';
import type { Services } from '../stores/services.ts';

export interface Recording {
  readonly element: string;
  readonly target: string;
  readonly cells: readonly number[] | null;
}

/** Populations larger than this are recorded by a few cells where every cell is a trace. */
const tracedCells = 8;
/** More plots than this under the canvas are too narrow to read. */
export const mostPlots = 3;

type PlotChoice = 'raster' | 'traces' | 'prediction';

/** What a new element is recorded by, and the plot that shows it while there are few. */
export function defaultRecording(
  services: Services,
  document: SpikeloomDocument,
  element: ElementRecord,
  kind: KindDescriptor,
): SingleEdit[] {
  const probes = defaultProbes(services, element, kind);
  if (probes.length === 0) return [];
  const edits: SingleEdit[] = probes.map((probe) => ({ type: 'probe.add', probe }));
  const choice = plotChoice(kind, probes[0]?.target ?? '');
  const wanted =
    kind.family !== 'stimuli' &&
    document.view.plots.length < 2 &&
    !document.view.plots.some((plot) => plot.kind === choice);
  if (wanted)
    edits.push({
      type: 'plot.add',
      plot: newPlot(
        services,
        choice,
        probes.map((probe) => probe.id),
      ),
    });
  return edits;
}

function defaultProbes(services: Services, element: ElementRecord, kind: KindDescriptor): ProbeRecord[] {
  if (kind.defaultProbe === undefined) return [];
  const compared = kind.family === 'readouts' && kind.outputs.some((port) => port.name === 'target') ? ['target'] : [];
  return [kind.defaultProbe, ...compared].map((target) => ({
    id: createIdentifier('pr', services.random.bytes),
    element: element.id,
    target,
    cells: defaultCells(element, kind, target),
  }));
}

/** All cells of what spikes and of what is small; the first few of a large population's traces. */
function defaultCells(element: ElementRecord, kind: KindDescriptor, target: string): number[] | null {
  if (kind.outputs.some((port) => port.name === target && port.type === 'spikes')) return null;
  const size = kind.parameters.find((spec) => spec.type === 'integer' && ['size', 'units'].includes(spec.name));
  const cells = size === undefined ? undefined : (element.parameters[size.name] ?? size.default);
  return typeof cells === 'number' && cells > tracedCells
    ? Array.from({ length: tracedCells }, (_, cell) => cell)
    : null;
}

function plotChoice(kind: KindDescriptor, target: string): PlotChoice {
  if (kind.outputs.some((port) => port.name === target && port.type === 'spikes')) return 'raster';
  return kind.family === 'readouts' ? 'prediction' : 'traces';
}

export function newPlot(services: Services, kind: string, probes: readonly string[]): PlotRecord {
  return { id: createIdentifier('pl', services.random.bytes), kind, probes: [...probes] };
}

/** Shows what the element does in a plot of its own, recording it if needed. */
export function plotElement(services: Services, id: string): void {
  const { document } = services.document.getState();
  const element = document.elements[id];
  const kind = kindOf(services.catalogue, element);
  if (element === undefined || kind === undefined) return;
  const wanted = defaultProbes(services, element, kind);
  const [first] = wanted;
  if (first === undefined) {
    services.session.getState().notify('info', `${kind.title} has nothing to plot`);
    return;
  }
  const found = wanted.map((probe) => recorded(document, probe) ?? probe);
  const edits: SingleEdit[] = found
    .filter((probe) => document.probes[probe.id] === undefined)
    .map((probe) => ({ type: 'probe.add', probe }));
  const ids = found.map((probe) => probe.id);
  const choice = plotChoice(kind, first.target);
  const alike = document.view.plots.filter((plot) => plot.kind === choice);
  if (alike.some((plot) => ids.every((probe) => plot.probes.includes(probe)))) return;
  const last = alike.at(-1);
  if (last !== undefined && (last.probes.length === 0 || document.view.plots.length >= mostPlots)) {
    edits.push({ type: 'plot.change', id: last.id, changes: { probes: [...new Set([...last.probes, ...ids])] } });
  } else {
    edits.push({ type: 'plot.add', plot: newPlot(services, choice, ids) });
  }
  services.documents.dispatch(batch(edits, `Plot ${element.name}`));
}

/** A probe of the element that records the target already, of whichever cells. */
function recorded(document: SpikeloomDocument, wanted: Recording): ProbeRecord | undefined {
  return Object.values(document.probes).find(
    (probe) => probe.element === wanted.element && probe.target === wanted.target,
  );
}

export function addPlot(services: Services, kind: string, probes: readonly string[]): void {
  services.documents.dispatch({ type: 'plot.add', plot: newPlot(services, kind, probes) });
}

export function changePlot(
  services: Services,
  id: string,
  change: { readonly kind?: string; readonly probes?: readonly string[] },
): void {
  const { kind, probes } = change;
  const changes = { ...(kind === undefined ? {} : { kind }), ...(probes === undefined ? {} : { probes: [...probes] }) };
  services.documents.dispatch({ type: 'plot.change', id, changes });
}

/** Records what is wanted, unless it is recorded already, and shows it in the plot; without a plot in a new one. */
export function addRecording(services: Services, wanted: Recording, plotId: string | undefined): void {
  const { document } = services.document.getState();
  const same = sameRecording(document, wanted);
  const probe = same ?? newProbe(services, wanted);
  const show = showProbe(services, document, wanted, probe.id, plotId);
  if (show === undefined) return;
  services.documents.dispatch(same === undefined ? batch([{ type: 'probe.add', probe }, show]) : show);
}

function newProbe({ random }: Services, { element, target, cells }: Recording): ProbeRecord {
  return { id: createIdentifier('pr', random.bytes), element, target, cells: cells === null ? null : [...cells] };
}

function sameRecording(document: SpikeloomDocument, { element, target, cells }: Recording): ProbeRecord | undefined {
  return Object.values(document.probes).find(
    (probe) =>
      probe.element === element && probe.target === target && JSON.stringify(probe.cells) === JSON.stringify(cells),
  );
}

/** Undefined when the plot shows the probe already. */
function showProbe(
  services: Services,
  document: SpikeloomDocument,
  { element, target }: Recording,
  probe: string,
  plotId: string | undefined,
): SingleEdit | undefined {
  const plot = document.view.plots.find((each) => each.id === plotId);
  if (plot !== undefined) {
    if (plot.probes.includes(probe)) return undefined;
    return { type: 'plot.change', id: plot.id, changes: { probes: [...plot.probes, probe] } };
  }
  const kind = kindOf(services.catalogue, document.elements[element]);
  const choice = kind === undefined ? 'traces' : plotChoice(kind, target);
  return { type: 'plot.add', plot: newPlot(services, choice, [probe]) };
}
