/** Traces: state variables and channels over time, as lines that touch every extreme. */
import type { TraceView } from '../../engine/protocol/history-messages.ts';
import type { ProbeInformation } from '../../engine/protocol/messages.ts';
import { createLinePlan, type LineRequest } from './line-plan.ts';
import { channelName, type PlanContext, type PlotKind } from './plot-plan.ts';

export const tracesKind: PlotKind = {
  id: 'traces',
  title: 'Traces',
  empty: (plot) => `Drag an output here, or ${plot} on a block`,
  accepts: (probe) => probe.type === 'samples',
  plan: (context) => createLinePlan(context, tracesBadge, linesOf(context)),
  chip: (probes) => shownOf(probes),
};

const mostLines = 8;
const linesPerProbe = 4;

/** The first channels of each probe, as many as the eye can follow. */
function linesOf(context: PlanContext): LineRequest[] {
  const each = Math.max(Math.min(linesPerProbe, Math.floor(mostLines / Math.max(context.probes.length, 1))), 1);
  const several = new Set(context.probes.map((probe) => probe.element)).size > 1;
  const lines = context.probes.slice(0, mostLines).flatMap((probe) =>
    Array.from({ length: Math.min(probe.channels, each) }, (_, channel) => ({
      probe,
      channel,
      name: several ? `${probe.elementName} ${channelName(probe, channel)}` : channelName(probe, channel),
    })),
  );
  return lines.map((line, index) => ({
    ...line,
    colour: context.colours.lines[index % context.colours.lines.length] ?? context.colours.ink,
    width: 1.25,
    dashed: false,
  }));
}

/** "cells 1–4 of 100 · v" when a plot shows fewer lines than there are. */
function shownOf(probes: readonly ProbeInformation[]): string {
  const first = probes[0];
  if (first === undefined) return '';
  const channels = probes.reduce((sum, probe) => sum + probe.channels, 0);
  const each = Math.max(Math.min(linesPerProbe, Math.floor(mostLines / probes.length)), 1);
  const shown = probes.slice(0, mostLines).reduce((sum, probe) => sum + Math.min(probe.channels, each), 0);
  return shown < channels ? `${shown} of ${channels.toLocaleString('en')} cells` : '';
}

function tracesBadge(views: readonly TraceView[]): string {
  const reduced = Math.max(...views.map((view) => view.samplesPerColumn), 0);
  if (reduced === 0) return '';
  return reduced <= 1 ? 'every sample shown' : `min–max kept, 1 in ${Math.round(reduced).toLocaleString('en')}`;
}
