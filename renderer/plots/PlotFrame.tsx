/** Plot frame: heading, chip and menu of one plot around its chart. */
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { PlotRecord } from '../../engine/model/document.ts';
import type { ProbeInformation } from '../../engine/protocol/messages.ts';
import { useCommandKeys } from '../commands/use-command-keys.ts';
import { printKeys } from '../ui/Kbd.tsx';
import { plotKinds } from './plot-kinds.ts';
import type { PlotKind, PlotPlan } from './plot-plan.ts';
import { PlotChart } from './PlotChart.tsx';
import { PlotChoices, PlotMenu } from './PlotChoices.tsx';
import { historyOfMember, memberName, membersOf, PlotMember, useShownMember } from './PlotMember.tsx';
import { usePart } from './readable.ts';
import { tracesKind } from './traces.ts';
import type { Chart } from './uplot-chart.ts';
import { usePlotColours } from './use-plot-colours.ts';
import { usePlotServices } from './use-plot-services.ts';

export const PlotFrame = memo(function PlotFrame({ plot }: { readonly plot: PlotRecord }) {
  const services = usePlotServices();
  const kind = plotKinds.find(plot.kind) ?? tracesKind;
  const colours = usePlotColours();
  const probes = useShownProbes(plot, kind);
  const members = membersOf(probes);
  const { member, setMember } = useShownMember(plot.id, members);
  const plan = useMemo(
    () => kind.plan({ probes, history: historyOfMember(services.history, member), colours }),
    [kind, probes, services.history, member, colours],
  );
  const chart = useRef<Chart | undefined>(undefined);
  const { badge, onShown } = useBadge(plan);
  const onChart = useCallback((next: Chart | undefined) => ((chart.current = next), undefined), []);
  const names = [...new Set(probes.map((probe) => probe.elementName))].join(', ');
  const keys = useCommandKeys('edit.plot');
  const plotWords = keys === undefined ? 'choose Plot' : `press ${printKeys(keys)}`;
  const shown = members > 1 ? `, ${memberName(member, members).toLowerCase()}` : '';
  const label = `${kind.title}${names === '' ? '' : ` of ${names}`}${shown}`;
  return (
    <section className="plot" data-plot={plot.id} aria-label={label}>
      <header>
        <h2>{kind.title}</h2>
        <span className="plot-of" title={names}>
          {names}
        </span>
        <PlotChip kind={kind} probes={probes} />
        <PlotMember member={member} members={members} onChange={setMember} />
        <PlotMenu badge={badge}>
          {(close) => <PlotChoices {...{ plot, kind, probes, member, chart, close }} panel={colours.panel} />}
        </PlotMenu>
      </header>
      {probes.length === 0 ? (
        <p className="plot-empty">{plot.probes.length === 0 ? kind.empty(plotWords) : 'Nothing recorded yet'}</p>
      ) : (
        <PlotChart plan={plan} colours={colours} label={label} onShown={onShown} onChart={onChart} />
      )}
    </section>
  );
});

/** Milliseconds between changes of a badge. */
const badgeInterval = 200;

/** What the plan says about what it shows, a few times a second. */
function useBadge(plan: PlotPlan): { readonly badge: string; onShown(): void } {
  const [badge, setBadge] = useState('');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const onShown = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      setBadge(plan.badge());
    }, badgeInterval);
  }, [plan]);
  return { badge, onShown };
}

/** The probes of the plot that the engine records, in the order of the plot; the same array while nothing changed. */
function useShownProbes(plot: PlotRecord, kind: PlotKind): readonly ProbeInformation[] {
  const recorded = usePart(usePlotServices().run, (run) => run.probes);
  return useMemo(
    () =>
      plot.probes
        .map((id) => recorded.find((probe) => probe.id === id))
        .filter((probe) => probe !== undefined && kind.accepts(probe)) as ProbeInformation[],
    [plot.probes, recorded, kind],
  );
}

/** Drawn again only when its text changes, however often the run reports. */
function PlotChip({ kind, probes }: { readonly kind: PlotKind; readonly probes: readonly ProbeInformation[] }) {
  const text = usePart(usePlotServices().figures, (run) => kind.chip(probes, run));
  return text === '' ? null : (
    <span className="plot-chip-room">
      <span className="plot-chip">{text}</span>
    </span>
  );
}
