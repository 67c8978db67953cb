/** How far training is, and the loss of every epoch so far. */
import { useState } from 'react';
import { significant } from '../../../engine/units/format-quantity.ts';
import { CurveChart } from '../../plots/CurveChart.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { Switch } from '../../ui/Switch.tsx';

interface TrainingCurveProps {
  readonly epoch: number;
  readonly epochs: number;
  readonly curve: readonly number[];
  readonly best: number | undefined;
}

export function TrainingCurve({ epoch, epochs, curve, best }: TrainingCurveProps) {
  return (
    <>
      <div className="training-progress">
        <span>
          Epoch <span className="mono">{epoch}</span>
          {epochs > 0 && (
            <>
              {' '}
              of <span className="mono">{epochs}</span>
            </>
          )}
        </span>
        {best !== undefined && (
          <span>
            loss <span className="mono">{significant(curve.at(-1) ?? 0)}</span>, least{' '}
            <span className="mono">{significant(best)}</span>
          </span>
        )}
      </div>
      <Progress label="Training" fraction={epochs > 0 ? epoch / epochs : 0} />
      <LossCurve curve={curve} />
    </>
  );
}

/** The loss over the epochs, on an axis of its size or of its powers of ten. */
export function LossCurve({ curve }: { readonly curve: readonly number[] }) {
  const [logarithmic, setLogarithmic] = useState(false);
  return (
    <div className="loss-curve">
      <CurveChart
        label={`Loss over ${curve.length} epochs, from ${significant(curve[0] ?? 0)} to ${significant(curve.at(-1) ?? 0)}.`}
        across="epoch"
        up="loss"
        x={curve.map((_, epoch) => epoch)}
        y={curve}
        logarithmic={logarithmic}
      />
      <label className="loss-axis">
        <Switch label="Logarithmic axis" checked={logarithmic} onChange={setLogarithmic} /> logarithmic axis
      </label>
    </div>
  );
}
