/** Choices of a plot: what it shows, as what, export and removal; in the small window that hangs from its badge. */
import { useState, type ReactNode } from 'react';
import type { PlotRecord } from '../../engine/model/document.ts';
import type { ProbeInformation } from '../../engine/protocol/messages.ts';
import { commandOf } from '../commands/registry.ts';
import { useServices } from '../stores/services.ts';
import { Button } from '../ui/Button.tsx';
import { Popover } from '../ui/Popover.tsx';
import { Select } from '../ui/Select.tsx';
import { picturePng, seriesArchive, tableCsv } from './export-plot.ts';
import { plotKinds } from './plot-kinds.ts';
import type { PlotKind } from './plot-plan.ts';
import { ProbeChooser } from './ProbeChooser.tsx';
import type { Chart } from './uplot-chart.ts';
import { usePlotServices } from './use-plot-services.ts';

export interface PlotMenuProps {
  /** What stands on the button. */
  readonly badge: string;
  children(close: () => void): ReactNode;
}

export function PlotMenu({ badge, children }: PlotMenuProps) {
  const [open, setOpen] = useState(false);
  const action = 'Choose what is shown, export or remove';
  return (
    <Popover
      title="This plot"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button type="button" className="plot-menu" aria-label={badge === '' ? action : `${badge}. ${action}`}>
          <span>{badge}</span>
          <span aria-hidden="true">▾</span>
        </button>
      }
    >
      <div className="plot-choices">{children(() => setOpen(false))}</div>
    </Popover>
  );
}

export interface PlotChoicesProps {
  readonly plot: PlotRecord;
  readonly kind: PlotKind;
  readonly probes: readonly ProbeInformation[];
  /** Of a batch, the one that is shown and exported. */
  readonly member: number;
  readonly chart: { readonly current: Chart | undefined };
  readonly panel: string;
  close(): void;
}

export function PlotChoices({ plot, kind, probes, member, chart, panel, close }: PlotChoicesProps) {
  const services = useServices();
  const { commands } = usePlotServices();
  const exporting = useExport(kind, { probes, member }, chart, panel);
  const then = (action: () => unknown) => () => {
    void action();
    close();
  };
  const nothing = probes.length === 0;
  return (
    <>
      <ProbeChooser plot={plot} kind={kind} />
      <section className="plot-actions">
        <label>
          <span>Show as</span>
          <Select
            label="Show as"
            value={kind.id}
            choices={plotKinds.entries.map(({ id, title }) => ({ value: id, title }))}
            onChange={(value) => commands.changePlot(plot.id, { kind: value })}
          />
        </label>
        <div className="plot-buttons">
          <Button disabled={nothing} onClick={then(exporting.picture)}>
            Export as PNG
          </Button>
          <Button disabled={nothing} onClick={then(exporting.tables)}>
            Export as CSV
          </Button>
          <Button disabled={nothing} onClick={then(exporting.series)}>
            Export as series (npz)
          </Button>
          <Button
            disabled={!probes.some(({ type }) => type === 'samples')}
            onClick={then(() => commandOf('measure.traces').run(services))}
          >
            Compare two traces…
          </Button>
          <Button onClick={then(() => commands.addPlot(kind.id, []))}>Add another plot</Button>
          <Button onClick={then(() => commands.removePlot(plot.id))}>Remove this plot</Button>
        </div>
      </section>
    </>
  );
}

function useExport(
  kind: PlotKind,
  { probes, member }: Pick<PlotChoicesProps, 'probes' | 'member'>,
  chart: PlotChoicesProps['chart'],
  panel: string,
) {
  const { history, save } = usePlotServices();
  const name = `${kind.id}-${probes[0]?.elementName ?? 'plot'}`;
  return {
    async picture() {
      const bytes = chart.current === undefined ? undefined : await picturePng(chart.current.canvas(), panel);
      if (bytes !== undefined) save(`${name}.png`, { title: 'Picture', extensions: ['png'] }, bytes);
    },
    async tables() {
      for (const probe of probes) {
        const table = tableCsv(probe, await history.export({ probe: probe.id, member }));
        const { members = 1 } = probe;
        const file = `${probe.elementName}-${probe.target}${members > 1 ? `-member-${member + 1}` : ''}.csv`;
        save(file, { title: 'Table', extensions: ['csv'] }, new TextEncoder().encode(table));
      }
    },
    async series() {
      for (const probe of probes) {
        const archive = seriesArchive(probe, await history.export({ probe: probe.id }));
        if (archive.ok)
          save(`${probe.elementName}-${probe.target}.npz`, { title: 'Series', extensions: ['npz'] }, archive.value);
      }
    },
  };
}
