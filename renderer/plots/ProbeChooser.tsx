/** Probe chooser: ticks what a plot shows among what is recorded, and records more of the network. */
import { useId, useMemo, useState, type FormEvent } from 'react';
import type { PlotRecord, SpikeloomDocument } from '../../engine/model/document.ts';
import type { PlotKind } from './plot-plan.ts';
import { expectedProbe, parseCells, probeChoices, type ProbeChoice } from './probe-choices.ts';
import { useReadable } from './readable.ts';
import { Button } from '../ui/Button.tsx';
import { Select } from '../ui/Select.tsx';
import { TextField } from '../ui/TextField.tsx';
import { usePlotServices } from './use-plot-services.ts';

export interface ProbeChooserProps {
  readonly plot: PlotRecord;
  readonly kind: PlotKind;
}

export function ProbeChooser({ plot, kind }: ProbeChooserProps) {
  const services = usePlotServices();
  const document = useReadable(services.document);
  const recorded = Object.values(document.probes).filter((probe) =>
    fits(expectedProbe(document, services.catalogue, probe), kind),
  );
  const tick = (probe: string, shown: boolean): void => {
    const probes = shown ? [...plot.probes, probe] : plot.probes.filter((each) => each !== probe);
    services.commands.changePlot(plot.id, { probes });
  };
  return (
    <section className="probe-chooser" aria-label="What this plot shows">
      <h3>Shown here</h3>
      {recorded.length === 0 && <p>Nothing that fits this plot is recorded yet.</p>}
      {recorded.map((probe) => (
        <label key={probe.id}>
          <input
            type="checkbox"
            checked={plot.probes.includes(probe.id)}
            onChange={(event) => tick(probe.id, event.currentTarget.checked)}
          />
          <span>{document.elements[probe.element]?.name ?? probe.element}</span>
          <code>{probe.target}</code>
          <small>{probe.cells === null ? 'all' : cellsText(probe.cells)}</small>
        </label>
      ))}
      <RecordMore plot={plot} kind={kind} document={document} />
    </section>
  );
}

function fits(
  probe: { readonly type: 'samples' | 'events'; readonly target: string } | undefined,
  kind: PlotKind,
): boolean {
  if (probe === undefined) return false;
  return kind.accepts({ id: '', element: '', elementName: '', unit: '', channels: 1, cells: null, ...probe });
}

function cellsText(cells: readonly number[]): string {
  return cells.length > 4 ? `${cells.length} cells` : `cell ${cells.join(', ')}`;
}

function RecordMore({ plot, kind, document }: ProbeChooserProps & { readonly document: SpikeloomDocument }) {
  const services = usePlotServices();
  const id = useId();
  const choices = useMemo(
    () => probeChoices(document, services.catalogue).filter((choice) => fits(choice, kind)),
    [document, services.catalogue, kind],
  );
  const [chosen, setChosen] = useState('');
  const [cells, setCells] = useState('');
  const parsed = parseCells(cells);
  const choice = choices.find((each) => keyOf(each) === chosen) ?? choices[0];
  if (choice === undefined) return null;
  const record = (event: FormEvent): void => {
    event.preventDefault();
    if (parsed === undefined) return;
    services.commands.addProbe({ element: choice.element.id, target: choice.target, cells: parsed }, plot.id);
    setCells('');
  };
  return (
    <form onSubmit={record}>
      <h3>Record more</h3>
      <Select
        label="What to record"
        value={keyOf(choice)}
        choices={choices.map((each) => ({ value: keyOf(each), title: `${each.element.name} · ${each.title}` }))}
        onChange={setChosen}
      />
      <TextField
        label="Cells"
        wrong={parsed === undefined}
        reasonId={`${id}-cells`}
        placeholder="all cells, or 0, 5, 10-14"
        value={cells}
        onChange={(event) => setCells(event.currentTarget.value)}
      />
      {parsed === undefined && (
        <p id={`${id}-cells`} className="entry-reason" role="alert">
          Write cell numbers like 0, 5, 10-14, or leave it empty for all.
        </p>
      )}
      <Button type="submit">Record and show</Button>
    </form>
  );
}

function keyOf(choice: ProbeChoice): string {
  return `${choice.element.id}/${choice.target}`;
}
