/** What gestures measure of a layer: the radii of its recurrent weights, and how far back it remembers its input. */
import type { Problem } from '../../engine/base/problem.ts';
import { problem } from '../../engine/base/problem.ts';
import { drivenLayer, layerWithAllWeights, noiseSeries } from '../../engine/library/layer-alone.ts';
import { leakOf, recurrentWeights } from '../../engine/library/recurrent-layers.ts';
import type { ElementRecord } from '../../engine/model/document.ts';
import { elementName } from '../../engine/model/names.ts';
import { findRecord } from '../../engine/model/records.ts';
import type { Measured, Radii, Recall } from '../../engine/protocol/measures.ts';
import { PortError } from '../../engine/protocol/port.ts';
import { significant } from '../../engine/units/format-quantity.ts';
import type { Services } from '../stores/services.ts';

/** The selected layer that has a matrix of recurrent weights, where it is the only one selected. */
export function selectedRecurrent({ document, selection }: Services): ElementRecord | undefined {
  const [only, ...others] = selection.getState().elements;
  if (only === undefined || others.length > 0) return undefined;
  const record = findRecord(document.getState().document.elements, only);
  return record !== undefined && recurrentWeights(record.kind) !== undefined ? record : undefined;
}

/** The radii of the recurrent weights as they are drawn or given. */
export async function radiiOf(services: Services, element: ElementRecord): Promise<Measured<Radii>> {
  const { document } = services.document.getState();
  const weights = `${element.id}/${recurrentWeights(element.kind) ?? ''}`;
  const request = {
    document: layerWithAllWeights(document, element),
    weights,
    leak: leakOf(element, document.run) ?? null,
  };
  return answered(() => services.link.engine().measureRadii(request));
}

/** Says the radii of the selected layer. */
export async function tellRadii(services: Services): Promise<void> {
  const element = selectedRecurrent(services);
  if (element === undefined) return;
  const { value, problems } = await radiiOf(services, element);
  const { notify } = services.session.getState();
  const name = elementName(element);
  if (value === undefined) return notify('error', `${name} was not measured`, sentences(problems));
  notify('info', `${name}: spectral radius ${significant(value.spectralRadius)}`, [
    value.effective === null ? '' : `Effective spectral radius, with its leak: ${significant(value.effective)}.`,
  ]);
}

/** What a measurement of memory capacity is made with. */
export interface RecallWishes {
  readonly delays: number;
  readonly values: number;
  readonly washout: number;
  readonly testShare: number;
  readonly ridge: number;
  readonly lowest: number;
  readonly highest: number;
  readonly stepsPerValue: number;
  readonly seed: number;
  /** Output port from which the input is recalled. */
  readonly output: string;
}

/** Drives the layer alone, beside the run; undefined when the signal is aborted. */
export async function recallOf(
  services: Services,
  element: ElementRecord,
  wishes: RecallWishes,
  signal: AbortSignal,
): Promise<Measured<Recall> | undefined> {
  const { delays, stepsPerValue, output } = wishes;
  const refused = refusalOf(wishes);
  if (refused !== undefined) return { value: undefined, problems: [refused] };
  const series = noiseSeries(wishes.values, wishes);
  const drive = { values: series.subarray(delays), stepsPerValue, output };
  const request = {
    ...{ document: drivenLayer(services.document.getState().document, element, drive), series, mostDelay: delays },
    ...{ stepsPerValue, washout: wishes.washout, testShare: wishes.testShare, ridge: wishes.ridge },
  };
  const answer = await answered(() => services.link.engine().measureRecall(request, signal));
  return signal.aborted ? undefined : answer;
}

/** Most steps that a layer is driven for. */
const mostSteps = 5_000_000;

function refusalOf({ values, delays, stepsPerValue, lowest, highest }: RecallWishes): Problem | undefined {
  if (highest <= lowest)
    return problem('measure/impossible', `Noise from ${lowest} to ${highest} never changes.`, {
      hint: 'Give a highest value above the lowest.',
    });
  if (values <= delays)
    return problem('training/too-few-samples', `${values} values are too few to recall ${delays} of them.`, {
      hint: 'Play about ten values for each delay.',
    });
  if (values * stepsPerValue <= mostSteps) return undefined;
  return problem(
    'measure/impossible',
    `${values} values of ${stepsPerValue} steps each are more than ${mostSteps} steps.`,
    {
      hint: 'Play fewer values, or hold each for fewer steps.',
    },
  );
}

/** An engine that is gone is a problem like others; what was cancelled has nothing to say. */
async function answered<T>(ask: () => Promise<Measured<T>>): Promise<Measured<T>> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    const gone = problem('run/crashed', 'The engine did not answer.', { hint: 'Start it again, then measure again.' });
    return { value: undefined, problems: error.kind === 'cancelled' ? [] : [gone] };
  }
}

function sentences(problems: readonly Problem[]): string[] {
  return problems.map(({ message, hint = '' }) => `${message} ${hint}`.trim());
}
