/** Gradients through time of norse layers: L = Σ R ⊙ spikes + ½ Σ v², v at the end, by weights and input. */
import type { Result } from '../../base/result.ts';
import { andThen, ok } from '../../base/result.ts';
import type { NumericArray, ResolvedValue } from '../../model/validated.ts';
import type { BatchGradients, Loss, Member } from '../../training/gradient-run.ts';
import { arrayOf, numberOf, recordOf } from '../case-access.ts';
import { prepareGradient } from '../gradient-laboratory.ts';
import type { Laboratory } from '../laboratory.ts';
import type { CaseRecord, CaseValue, ReferenceCase } from '../reference-case.ts';
import { isRecord } from '../reference-case.ts';
import { spread } from './rate-layers.ts';
import { memberOf, stacked, transposed } from './batches.ts';
import { cellParameters, recurrentParameters, type NorseCells } from './norse-parameters.ts';

/** Names of the surrogate gradients of norse. */
const methods: Readonly<Record<string, string>> = {
  super: 'super-spike',
  tanh: 'tanh',
  triangle: 'triangle',
  circ: 'circ',
  heavi_erfc: 'erfc',
};

/** The surrogate gradient of a case; some versions leave alpha out of that of SuperSpike. */
function surrogateOf({ parameters, all }: ReferenceCase): Record<string, ResolvedValue> {
  const surrogate = methods[String(parameters['method'] ?? 'super')] ?? '';
  const variant = isRecord(all['variant']) ? all['variant'] : {};
  const ignored = surrogate === 'super-spike' && variant['super_backward_uses_alpha'] === false;
  return { surrogate, sharpness: ignored ? 1 : numberOf(parameters['alpha'] ?? 100, 'alpha') };
}

interface Sizes {
  readonly steps: number;
  readonly batch: number;
  readonly inputs: number;
  readonly cells: number;
}

/** Where gradients of the layer are found: their key in the case, the signal, and how it lies. */
interface Wanted {
  readonly key: string;
  readonly signal: string;
  read(gradient: Float64Array, sizes: Sizes): NumericArray;
}

const table = 'source/out_table';

/** The feed-forward layer behind a product with weights. */
export function trainFeedForward(
  kind: NorseCells,
  reference: ReferenceCase,
  laboratory: Laboratory,
): Result<CaseRecord> {
  const weights = arrayOf(reference.parameters['input_weights'], 'input_weights');
  const wanted: Wanted = {
    key: 'input_weights',
    signal: 'product/weights',
    read: (gradient, { inputs, cells }) => transposed({ shape: [inputs, cells], values: gradient }),
  };
  const linksOf: Layers['linksOf'] = ({ cells }) => [
    { id: 'product', kind: 'layers/pass-through', parameters: { weights: transposed(weights) } },
    {
      id: 'subject',
      kind: kind.layer,
      parameters: { ...cellParameters(kind, reference, cells), ...surrogateOf(reference) },
    },
  ];
  return train(reference, laboratory, { kind, wanted: [wanted], linksOf });
}

/** The recurrent layer; without autapses the diagonal has no gradient. */
export function trainRecurrent(kind: NorseCells, reference: ReferenceCase, laboratory: Laboratory): Result<CaseRecord> {
  const autapses = reference.parameters['autapses'] === true;
  const square = (gradient: Float64Array, { cells }: Sizes): NumericArray => ({
    shape: [cells, cells],
    values: gradient.map((value, place) => (autapses || place % (cells + 1) !== 0 ? value : 0)),
  });
  const wanted: readonly Wanted[] = [
    {
      key: 'input_weights',
      signal: 'subject/W_in',
      read: (values, { inputs, cells }) => ({ shape: [cells, inputs], values }),
    },
    { key: 'recurrent_weights', signal: 'subject/W_rec', read: square },
  ];
  const linksOf: Layers['linksOf'] = ({ cells }) => [
    {
      id: 'subject',
      kind: kind.recurrentLayer,
      parameters: { ...recurrentParameters(kind, reference, cells), ...surrogateOf(reference) },
    },
  ];
  return train(reference, laboratory, { kind, wanted, linksOf });
}

/** The layers of a case. */
interface Layers {
  readonly kind: NorseCells;
  readonly wanted: readonly Wanted[];
  linksOf(sizes: Sizes): Parameters<typeof prepareGradient>[1]['links'];
}

/** The members of the batch side by side. */
function train(
  reference: ReferenceCase,
  laboratory: Laboratory,
  { kind, wanted, linksOf }: Layers,
): Result<CaseRecord> {
  const { all } = reference;
  const data = arrayOf(recordOf(all['input'], 'input')['data'], 'input.data');
  const slopes = arrayOf(all['loss_weights_R'], 'loss_weights_R');
  const [steps = 0, batch = 0, inputs = 0] = data.shape;
  const sizes = { steps, batch, inputs, cells: slopes.shape[2] ?? 0 };
  const series = { shape: [steps, inputs], values: new Float64Array(steps * inputs) };
  const experiment = {
    links: [{ id: 'source', kind: 'stimuli/series', parameters: { series } }, ...linksOf(sizes)],
    timeStepSeconds: numberOf(all['dt'] ?? 0.001, 'dt'),
    steps,
    wrt: [table, ...wanted.map(({ signal }) => signal)],
    observed: ['subject/spikes', ...Object.values(kind.states).map((state) => `subject/${state}`)],
    ...{ members: batch, own: [table] },
  };
  const given = { data, slopes, initial: all['initial_state'], states: kind.states };
  return andThen(prepareGradient(laboratory, experiment), (run) =>
    andThen(run.evaluateBatch(membersOf(given, sizes)), (found) =>
      ok(outcomeOf(found, { wanted, states: kind.states }, sizes)),
    ),
  );
}

interface Batch {
  readonly data: NumericArray;
  readonly slopes: NumericArray;
  readonly initial: CaseValue | undefined;
  readonly states: NorseCells['states'];
}

function membersOf({ data, slopes, initial, states }: Batch, sizes: Sizes): Member[] {
  const given = isRecord(initial) ? initial : {};
  return Array.from({ length: sizes.batch }, (_, member) => {
    const starts = Object.entries(states).filter(([name]) => given[name] !== undefined);
    const contents = starts.map(([name, state]) => {
      const values = spread(arrayOf(given[name], name).values, sizes.batch * sizes.cells);
      return [`subject/${state}`, values.subarray(member * sizes.cells, (member + 1) * sizes.cells)] as const;
    });
    return {
      contents: new Map([[table, memberOf(data, member)] as const, ...contents]),
      loss: lossOf(memberOf(slopes, member), sizes),
    };
  });
}

function lossOf(weights: Float64Array, { steps, cells }: Sizes): Loss {
  return (outcome) => {
    const [spikes, v] = [outcome('subject/spikes'), outcome('subject/v')];
    const final = v.map((value, place) => (place >= (steps - 1) * cells ? value : 0));
    const value =
      weights.reduce((sum, weight, place) => sum + weight * (spikes[place] as number), 0) +
      0.5 * final.reduce((sum, potential) => sum + potential * potential, 0);
    return {
      value,
      slopes: new Map([
        ['subject/spikes', weights],
        ['subject/v', final],
      ]),
    };
  };
}

interface Shown {
  readonly wanted: readonly Wanted[];
  readonly states: NorseCells['states'];
}

function outcomeOf(found: BatchGradients, { wanted, states }: Shown, sizes: Sizes): CaseRecord {
  const { steps, batch, inputs, cells } = sizes;
  const { outcomes, gradients, own, value } = found;
  const last = (state: string): NumericArray => ({
    shape: [batch, cells],
    values: Float64Array.from(outcomes.flatMap((outcome) => [...outcome(state).subarray((steps - 1) * cells)])),
  });
  const output = stacked(
    outcomes.map((outcome) => outcome('subject/spikes')),
    [steps, batch, cells],
  );
  const weights = wanted.map(
    ({ key, signal, read }) => [key, read(gradients.get(signal) ?? new Float64Array(), sizes)] as const,
  );
  const final = Object.entries(states).map(([name, state]) => [name, last(`subject/${state}`)] as const);
  return {
    output,
    loss: value,
    gradients: {
      ...Object.fromEntries(weights),
      input: stacked(
        own.map((member) => member.get(table) ?? new Float64Array()),
        [steps, batch, inputs],
      ),
    },
    final_state: { ...Object.fromEntries(final), z: last('subject/spikes') },
    spike_count: output.values.reduce((sum, spike) => sum + spike, 0),
  };
}
