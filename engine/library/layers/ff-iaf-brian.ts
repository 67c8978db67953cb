/** Feed-forward integrate-and-fire layer driven by weighted currents (FFIAFBrian of Rockpool 1.0.7 and Rockpool 2). */
import { andThen, mapResult, ok, type Result } from '../../base/result.ts';
import type { SignalId } from '../../build/ir/types.ts';
import type { ElementBuilder, ElementKind } from '../../build/library-kind.ts';
import { denseProduct } from '../../build/operators/dense-product.ts';
import type { KindDescriptor } from '../../model/kind.ts';
import { flag, matrix, sizeParameter } from '../specs.ts';
import { spikeOutput } from '../stimuli/spikes.ts';
import { brianIafParameters, currentInput, expandBrianIaf } from './brian-iaf.ts';
import { ownStates } from './brian-own-equations.ts';
import { describeByTexts } from './describe-by-texts.ts';
import { timeVarying, varyingInputs, varyingPorts } from './time-varying.ts';
import { matrixShape, weightSignal } from './weights.ts';

const base: KindDescriptor = {
  id: 'layers/ff-iaf-brian',
  family: 'layers',
  title: 'IAF layer',
  summary: 'Leaky integrate-and-fire cells driven by weighted input currents.',
  keywords: ['rockpool', 'FFIAFBrian', 'LIF', 'integrate and fire', 'spiking'],
  parameters: [
    { ...sizeParameter(20), description: 'Number of cells; follows from the weights where they are given.' },
    ...brianIafParameters(15),
    flag('leak', 'leak', true, 'Without leak the membrane is a pure integrator (eqNeuronCLIAFFF).', {
      group: 'Membrane',
    }),
    matrix(
      'weights',
      'input weights',
      'mA',
      'Weights [inputs, cells] turning the input into currents; drawn when absent.',
    ),
    timeVarying,
  ],
  inputs: [{ name: 'in', title: 'input', types: ['continuous', 'spikes'], accepts: 'channels', unit: '1' }],
  outputs: [spikeOutput],
  states: [{ name: 'v', title: 'membrane potential', unit: 'V' }],
  equations: [
    'dv/dt = (v_rest − v + r_m · I) / tau_mem',
    'I = x · W + bias + noise',
    'v > v_thresh → spike, v = v_reset',
  ],
  source: 'Rockpool 1.0.7 and Rockpool 2.9, FFIAFBrian: one layer, the same equations',
  defaultProbe: 'spikes',
};

const described = describeByTexts(base, ['neuron_eq', 'time_varying'], (text) => ({
  states: [...base.states, ...ownStates(text('neuron_eq'), base.states)],
  inputs: [...base.inputs, ...varyingPorts(base.parameters, text('time_varying'))],
}));

export const ffIafBrian: ElementKind = {
  ...described,
  sizes({ parameters }) {
    const size = matrixShape(parameters, 'weights')?.[1] ?? parameters.number('size');
    return ok({ outputs: { spikes: size }, cells: size });
  },
  expand(builder) {
    const cells = matrixShape(builder, 'weights')?.[1] ?? builder.number('size');
    return andThen(inputCurrent(builder, cells), (input) =>
      andThen(varyingInputs(builder, cells), (varying) =>
        mapResult(
          expandBrianIaf(builder, { cells, currents: {}, input, varying, leak: builder.flag('leak') }),
          () => undefined,
        ),
      ),
    );
  },
};

/** x · W of this step and of the next one. */
function inputCurrent(builder: ElementBuilder, cells: number): Result<ReturnType<typeof currentInput>> {
  const shape = matrixShape(builder, 'weights');
  const channels = Math.max(1, builder.inputSize('in'));
  const inputs = builder.inputSize('in') === 0 ? (shape?.[0] ?? channels) : channels;
  const deviation = 0.01 / Math.sqrt(inputs);
  return mapResult(weightSignal(builder, 'weights', [inputs, cells], deviation, 'A'), (weights) => {
    const current = (suffix: string, vector: SignalId): SignalId =>
      emitCurrent(builder, `current${suffix}`, { vector, matrix: weights, inputs: channels, outputs: cells });
    const now = current('', builder.input('in'));
    return currentInput(now, looksAhead(builder) ? current('_ahead', builder.inputAhead('in')) : now);
  });
}

/** Whether a stage of the integration reads what arrives in the next step. */
function looksAhead(builder: ElementBuilder): boolean {
  return ['rk4', 'heun'].includes(builder.text('method'));
}

type Weighted = Pick<Parameters<typeof denseProduct>[0], 'vector' | 'matrix' | 'inputs' | 'outputs'>;

function emitCurrent(builder: ElementBuilder, name: string, weighted: Weighted): SignalId {
  const { vector, matrix: weights, outputs } = weighted;
  const result = builder.signal({ name, shape: [outputs], initial: 0, role: 'transient', unit: 'A' });
  builder.operator({
    name: `${name}/product`,
    slot: 'inputs',
    reads: [vector, weights],
    sets: [result],
    body: denseProduct({ ...weighted, result, transposed: false, accumulate: false }),
  });
  return result;
}
