/** Training objective: what training is to make small, and how; in a run it shows the loss as it adds up. */
import { problem } from '../../base/problem.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import type { ElementBuilder, ElementKind } from '../../build/library-kind.ts';
import type { ProgramObjective } from '../../build/program.ts';
import { roundHalfEven } from '../../math/elementary.ts';
import { expandLoss, type ObjectiveLoss, type ScoredSteps } from './objective-loss.ts';
import { objectiveParameters } from './objective-parameters.ts';

export const objective: ElementKind = {
  id: 'readouts/objective',
  family: 'readouts',
  title: 'Training objective',
  summary:
    'Says what training is to make small: the distance of a prediction from a target, or of spikes from their wanted number.',
  keywords: [
    'train',
    'loss',
    'gradient',
    'Adam',
    'cross-entropy',
    'logistic',
    'tempotron',
    'rockpool train_logreg train_mst_simple',
  ],
  parameters: objectiveParameters,
  inputs: [
    {
      name: 'prediction',
      title: 'prediction',
      types: ['continuous', 'spikes'],
      accepts: 'channels',
      unit: '1',
      required: true,
    },
    { name: 'target', title: 'target', types: ['continuous', 'spikes'], accepts: 'channels', unit: '1' },
  ],
  outputs: [
    { name: 'loss', title: 'loss so far', type: 'continuous', unit: '1' },
    { name: 'error', title: 'error of the step', type: 'continuous', unit: '1' },
  ],
  states: [],
  equations: [
    'squared error: loss = mean over scored steps and channels of (prediction − target)²',
    'binary cross-entropy: loss = mean of log(1 + e^prediction) − target · prediction',
    'classes: o ← decay · o + prediction; loss = log Σ e^o − o[target]',
    'sums: loss = mean over channels of (Σ prediction − Σ target)²',
  ],
  source: 'Rockpool 1.0.7, train_output_target, train_logreg and train_mst_simple; Gütig (2016)',
  noGradient: 'it is what slopes are taken of',
  defaultProbe: 'loss',
  sizes: () => ok({ outputs: { loss: 1, error: 1 }, cells: undefined }),
  expand(builder) {
    const wrong = misfit(builder);
    if (wrong !== undefined) return failed(wrong);
    const window = scoredSteps(builder);
    if (!window.ok) return window;
    expandLoss(builder, lossOf(builder), window.value);
    builder.objective({ ...scoredBy(builder), ...window.value, ...changedBy(builder) });
    return ok(undefined);
  },
};

/** What is compared. */
function scoredBy(builder: ElementBuilder) {
  return {
    loss: lossOf(builder),
    prediction: builder.input('prediction'),
    channels: builder.inputSize('prediction'),
    target: builder.inputSize('target') === 0 ? undefined : builder.input('target'),
    targetChannels: builder.inputSize('target'),
    wanted: builder.number('wanted'),
    decay: builder.number('decay'),
    weight: builder.number('weight'),
  };
}

/** How parameters are changed. */
function changedBy(builder: ElementBuilder): Pick<ProgramObjective, 'rule' | 'descent' | 'logistic' | 'tempotron'> {
  return {
    rule: builder.text('rule') as ProgramObjective['rule'],
    descent: {
      epochs: builder.number('epochs'),
      learningRate: builder.number('learning_rate'),
      optimiser: builder.text('optimiser') as ProgramObjective['descent']['optimiser'],
      momentum: builder.number('momentum'),
      clip: builder.number('clip'),
      leastSeconds: builder.number('tau_least'),
      baseUnits: builder.flag('base_units'),
    },
    logistic: { regularize: builder.number('regularize'), batchSize: builder.number('batch_size') },
    tempotron: {
      eligibilityRatio: builder.number('eligibility_ratio'),
      asReleased: builder.flag('released_eligibility'),
    },
  };
}

/** The loss that a run shows: rules beside gradients have one of their own. */
function lossOf(builder: Pick<ElementBuilder, 'text'>): ObjectiveLoss {
  const rule = builder.text('rule');
  if (rule === 'logistic') return 'binary';
  return rule === 'tempotron' ? 'spike-count' : (builder.text('loss') as ObjectiveLoss);
}

/** What does not fit between prediction, target and loss. */
function misfit(builder: ElementBuilder) {
  const [channels, targets] = [builder.inputSize('prediction'), builder.inputSize('target')];
  const classes = lossOf(builder) === 'classes';
  if (channels === 0) {
    return problem('model/missing-input', `"${builder.name}" has nothing connected to "prediction".`, {
      hint: 'Connect what is to be trained.',
      at: { element: builder.id, path: 'inputs.prediction' },
    });
  }
  if (targets === 0 || targets === channels || (classes && targets === 1)) return undefined;
  return problem(
    'model/port-size',
    `"${builder.name}" compares ${channels} channels of its prediction with ${targets} of its target.`,
    {
      hint: classes
        ? 'Give the target one channel with the number of the class, or one channel for each class.'
        : 'Give both as many channels.',
      at: { element: builder.id, path: 'inputs.target' },
    },
  );
}

/** Larger than any step. */
const never = 2 ** 31 - 1;

/** The scored steps of an objective, by its own clock. Fails with `model/parameter-range` where none is left. */
function scoredSteps(
  builder: Pick<ElementBuilder, 'id' | 'name' | 'number' | 'timeStepSeconds' | 'steps'>,
): Result<ScoredSteps> {
  const stepAt = (name: string): number => roundHalfEven(builder.number(name) / builder.timeStepSeconds);
  const [from, given] = [stepAt('from'), stepAt('until')];
  const until = given === 0 ? (builder.steps ?? never) : Math.min(given, builder.steps ?? never);
  if (from < until && from < never) return ok({ from, until });
  return failed(
    problem('model/parameter-range', `"${builder.name}" scores no step: it begins where the scored time ends.`, {
      hint: 'Score from an earlier time, or until a later one.',
      at: { element: builder.id, path: 'parameters.from' },
    }),
  );
}
