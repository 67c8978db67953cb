/** Prediction: what a readout predicts against what was true, with its score beside that of repeating the last value. */
import type { ProbeInformation } from '../../engine/protocol/messages.ts';
import { significant } from '../../engine/units/format-quantity.ts';
import { createLinePlan, type LineRequest } from './line-plan.ts';
import type { PlanContext, PlotFigures, PlotKind } from './plot-plan.ts';

export const predictionKind: PlotKind = {
  id: 'prediction',
  title: 'Prediction',
  empty: (plot) =>
    `${plot.charAt(0).toUpperCase()}${plot.slice(1)} on a readout to see its prediction against the target`,
  accepts: (probe) => probe.type === 'samples' && (probe.target === 'prediction' || probe.target === 'target'),
  plan: (context) => createLinePlan(context, () => '', linesOf(context)),
  chip: scoreOf,
};

const mostOutputs = 3;

/** The true value dashed below, the prediction in colour above it. */
function linesOf(context: PlanContext): LineRequest[] {
  const ordered = [...context.probes].sort((left, right) => Number(isTrue(right)) - Number(isTrue(left)));
  return ordered.flatMap((probe) =>
    Array.from({ length: Math.min(probe.channels, mostOutputs) }, (_, channel) => ({
      probe,
      channel,
      name: (isTrue(probe) ? 'true' : 'prediction') + (probe.channels > 1 ? ` ${channel + 1}` : ''),
      colour: isTrue(probe)
        ? context.colours.thirdInk
        : (context.colours.lines[(3 + channel) % context.colours.lines.length] ?? context.colours.ink),
      width: isTrue(probe) ? 1 : 1.75,
      dashed: isTrue(probe),
    })),
  );
}

function isTrue(probe: ProbeInformation): boolean {
  return probe.target === 'target';
}

/** "NRMSE 0.083 · persistence 0.412", or what the readout is doing before there is a score. */
function scoreOf(probes: readonly ProbeInformation[], figures: PlotFigures): string {
  const readout = figures.readouts.find((each) => probes.some((probe) => probe.element === each.element));
  if (readout === undefined) return '';
  if (readout.nrmse === undefined) return phaseWords[readout.phase];
  const persistence =
    readout.persistenceNrmse === undefined ? '' : ` · persistence ${significant(readout.persistenceNrmse)}`;
  return `NRMSE ${significant(readout.nrmse)}${persistence}`;
}

const phaseWords = {
  washout: 'settling',
  collecting: 'collecting training data',
  predicting: 'predicting',
  scored: 'scored',
} as const;
