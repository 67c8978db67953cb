/** Plot dock: the plots of the document side by side under the canvas, with borders to drag between them. */
import { Fragment, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { PlotRecord } from '../../engine/model/document.ts';
import { useCommandKeys } from '../commands/use-command-keys.ts';
import { Button } from '../ui/Button.tsx';
import { printKeys } from '../ui/Kbd.tsx';
import { PlotFrame } from './PlotFrame.tsx';
import { plotKinds } from './plot-kinds.ts';
import { usePart } from './readable.ts';
import { usePlotServices } from './use-plot-services.ts';
import './plots.css';

const narrowest = 0.15;

export function PlotDock() {
  const plots = usePart(usePlotServices().document, (document) => document.view.plots);
  const [weights, setWeights] = useState<Readonly<Record<string, number>>>({});
  const weightOf = (plot: PlotRecord | undefined): number => (plot === undefined ? 1 : (weights[plot.id] ?? 1));
  const shift = (left: PlotRecord, right: PlotRecord, share: number): void => {
    const both = weightOf(left) + weightOf(right);
    const first = Math.min(Math.max(weightOf(left) + share * both, narrowest * both), (1 - narrowest) * both);
    setWeights({ ...weights, [left.id]: first, [right.id]: both - first });
  };
  if (plots.length === 0) return <NoPlots />;
  return (
    <div className="plot-dock" role="region" aria-label="Plots">
      {plots.map((plot, index) => (
        <Fragment key={plot.id}>
          {index > 0 && (
            <Border
              share={shareOf(weightOf(plots[index - 1] ?? plot), weightOf(plot))}
              onShift={(share) => shift(plots[index - 1] ?? plot, plot, share)}
            />
          )}
          <div className="plot-place" style={{ flexGrow: weightOf(plot) }}>
            <PlotFrame plot={plot} />
          </div>
        </Fragment>
      ))}
    </div>
  );
}

function NoPlots() {
  const keys = useCommandKeys('edit.plot');
  return (
    <div className="plot-dock plot-dock-empty" role="region" aria-label="Plots">
      <p>No plots yet. Drag an output here{keys !== undefined && `, or press ${printKeys(keys)} on a block`}.</p>
      <AddPlot />
    </div>
  );
}

function AddPlot() {
  const { commands } = usePlotServices();
  return (
    <div className="plot-add" role="group" aria-label="Add a plot">
      {plotKinds.entries.map((kind) => (
        <Button key={kind.id} icon="add" onClick={() => commands.addPlot(kind.id, [])}>
          {kind.title}
        </Button>
      ))}
    </div>
  );
}

/** Percent of both widths that the first one has. */
function shareOf(before: number, after: number): number {
  return Math.round((100 * before) / (before + after));
}

interface BorderProps {
  /** Percent of both widths that is left of the border. */
  readonly share: number;
  onShift(share: number): void;
}

/** A border between two plots: dragged, or moved with the arrow keys. `onShift` gets the share of both widths it moved. */
function Border({ share, onShift }: BorderProps) {
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.buttons !== 1 || event.movementX === 0) return;
    const before = event.currentTarget.previousElementSibling?.clientWidth ?? 0;
    const after = event.currentTarget.nextElementSibling?.clientWidth ?? 0;
    onShift(event.movementX / Math.max(before + after, 1));
  };
  const key = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -0.05, ArrowRight: 0.05 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onShift(step);
  };
  return (
    <div
      className="plot-border"
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the plots"
      aria-valuenow={share}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={key}
    />
  );
}
