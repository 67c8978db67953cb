/** What came of a training: the loss before and after, and how well each objective and readout is met. */
import type { TrainReply, TrainingScore } from '../../../engine/protocol/training-messages.ts';
import { significant } from '../../../engine/units/format-quantity.ts';
import { SeriesProblems } from '../SeriesProblems.tsx';
import { LossCurve } from './TrainingCurve.tsx';

export function TrainingOutcome({ reply }: { readonly reply: TrainReply }) {
  const { curve, bestEpoch, scores, edit, stopped, problems } = reply;
  const before = curve[0];
  const best = bestEpoch === null ? undefined : curve[bestEpoch];
  return (
    <>
      {before !== undefined && (
        <p className="training-verdict">
          Loss <strong className="mono">{significant(before)}</strong> before,{' '}
          <strong className="mono">{significant(best ?? before)}</strong> after
          {bestEpoch !== null && ` epoch ${bestEpoch}`}
          {stopped && ', stopped early'}.
        </p>
      )}
      {edit === null && (
        <p>Nothing got better, so there is nothing to use. Try another learning rate or more epochs.</p>
      )}
      <SeriesProblems title="Told on the way" problems={problems} />
      {scores.length > 0 && <Scores scores={scores} />}
      {curve.length > 1 && <LossCurve curve={curve} />}
    </>
  );
}

const measureWords: Readonly<Record<TrainingScore['measure'], string>> = {
  squared: 'squared error',
  binary: 'binary cross-entropy',
  classes: 'cross-entropy of classes',
  'spike-count': 'squared error of sums',
  nrmse: 'NRMSE',
};

function Scores({ scores }: { readonly scores: readonly TrainingScore[] }) {
  const number = (value: number | null): string => (value === null ? '–' : significant(value));
  return (
    <table className="measure-table training-scores">
      <thead>
        <tr>
          <th scope="col">Scored</th>
          <th scope="col">before</th>
          <th scope="col">after</th>
          <th scope="col">NRMSE</th>
        </tr>
      </thead>
      <tbody>
        {scores.map(({ element, name, measure, before, after, nrmse }) => (
          <tr key={element}>
            <th scope="row">
              {name} <small>{measureWords[measure]}</small>
            </th>
            <td className="mono">{number(before)}</td>
            <td className="mono">{number(after)}</td>
            <td className="mono">{number(nrmse)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
