/** Rockpool's generators of weights that a chip can hold, and of reservoirs with their input. */
import type { UniformSource } from '../../base/random.ts';
import { mapResult, type Result } from '../../base/result.ts';
import {
  digitalReservoir,
  dynapseReservoir,
  flexibleReservoir,
  type ReservoirWithInput,
} from '../../generators/chip-reservoirs.ts';
import {
  digitalWeights,
  dynapseWeights,
  type ContactLevels,
  type ScaledContacts,
} from '../../generators/chip-weights.ts';
import { createMatrix, type Matrix } from '../../math/matrix.ts';
import { createUniformSource } from '../../base/random.ts';
import { arrayFromMatrix, numberOf, vectorArray } from '../case-access.ts';
import type { CaseRecord, ReferenceCase } from '../reference-case.ts';
import type { System } from '../system.ts';
import { optionsOf, present, type OptionReader } from './case-options.ts';
import { asksForDraws, drawnStatistics, type NamedMatrices } from './drawn-matrices.ts';

const limits =
  'Contacts that the fan-out cannot hold are refused before any is drawn; the original (and conform) leaves cells empty where it is used up exactly.';
const signs =
  'Input contacts keep their sign however few strengths there are; the original (and conform) mixes the signs when each has one strength.';

function chipSystem(
  name: string,
  where: string,
  deviations: readonly string[],
  draw: (options: OptionReader, uniform: UniformSource) => Result<NamedMatrices>,
): System {
  return {
    id: `rockpool.${name}`,
    kinds: ['weights'],
    targetless: true,
    where: [`generators/${where}`],
    deviations,
    run(reference: ReferenceCase): Result<CaseRecord> {
      const options = optionsOf(reference.parameters);
      if (asksForDraws(reference)) return drawnStatistics(reference, (uniform) => draw(options, uniform));
      return mapResult(draw(options, createUniformSource(1)), (matrices) => ({
        output: Object.values(matrices).map(arrayFromMatrix),
      }));
    },
  };
}

/** Rows and columns: a number is both. */
function shapeOf(options: OptionReader): { readonly rows: number; readonly columns: number } {
  const [rows = numberOf(options.number('shape'), 'shape'), columns = rows] = options.list('shape') ?? [];
  return { rows, columns };
}

function limitsOf(options: OptionReader) {
  return {
    connectivity: options.number('connectivity'),
    fanIn: options.number('max_num_inputs'),
    fanOut: options.number('max_num_outputs'),
    spectralRadius: options.number('normalization'),
    emptyBeyondFanOut: true,
  };
}

const digital = chipSystem('digital', 'chip-weights.ts digitalWeights', [limits], (options, uniform) =>
  mapResult(
    digitalWeights(
      {
        ...shapeOf(options),
        ...present({
          ...limitsOf(options),
          excitatoryShare: options.number('ratio_exc'),
          bits: options.number('bit_resolution'),
          range: options.number('use_range'),
          rescale: options.number('f_rescale'),
        }),
      },
      uniform,
    ),
    contactsOf,
  ),
);

function contactsOf({ weights, contacts, scale }: ScaledContacts): NamedMatrices {
  return { weights, count: contacts, scale: scalar(scale) };
}

function scalar(value: number): Matrix {
  return createMatrix(1, 1, vectorArray([value]).values);
}

/** Strengths with their probabilities; undefined where the case has neither. */
function levelsOf(options: OptionReader, values: string, probabilities: string, usual: readonly number[]) {
  const [given, shares] = [options.list(values), options.list(probabilities)];
  if (given === undefined && shares === undefined) return undefined;
  const levels: ContactLevels = { values: given ?? usual, ...present({ probabilities: shares }) };
  return levels;
}

const dynapse = chipSystem('dynapse_conform', 'chip-weights.ts dynapseWeights', [limits], (options, uniform) =>
  mapResult(
    dynapseWeights(
      {
        ...shapeOf(options),
        ...present({
          ...limitsOf(options),
          excitatoryShare: options.number('ratio_exc'),
          excitatory: levelsOf(options, 'weights_exc', 'probs_w_exc', [1, 2]),
          inhibitory: levelsOf(options, 'weights_inh', 'probs_w_inh', [1, 2]),
        }),
      },
      uniform,
    ),
    contactsOf,
  ),
);

function reservoirOf({ input, weights, contacts, scale }: ReservoirWithInput): NamedMatrices {
  return { weights_in: input, weights_res: weights, count: contacts, scale: scalar(scale) };
}

function inputOf(options: OptionReader) {
  return {
    inputDensity: options.isNull('input_density') ? null : options.number('input_density'),
    inputExcitatoryShare: options.number('ratio_exc_in'),
    leaveSpace: options.boolean('leave_space_for_input'),
    excitatoryShare: options.number('ratio_exc_rec'),
  };
}

const inputDigital = chipSystem('in_res_digital', 'chip-reservoirs.ts digitalReservoir', [limits], (options, uniform) =>
  mapResult(
    digitalReservoir(
      {
        size: numberOf(options.number('size'), 'size'),
        ...present({
          ...limitsOf(options),
          ...inputOf(options),
          bits: options.number('bit_resolution'),
          range: options.number('ratio_rec_in'),
        }),
      },
      uniform,
    ),
    reservoirOf,
  ),
);

function dynapseOptions(options: OptionReader, usual: readonly number[]) {
  return {
    size: numberOf(options.number('size'), 'size'),
    mixedSigns: true,
    ...present({
      ...limitsOf(options),
      ...inputOf(options),
      excitatory: levelsOf(options, 'weights_exc', 'probs_w_exc_rec', usual),
      inhibitory: levelsOf(options, 'weights_inh', 'probs_w_inh_rec', usual),
      inputExcitatoryProbabilities: options.list('tupfProbWExcIn'),
      inputInhibitoryProbabilities: options.list('tupfProbWInhIn'),
    }),
  };
}

const inputDynapse = chipSystem(
  'in_res_dynapse',
  'chip-reservoirs.ts dynapseReservoir',
  [limits, signs],
  (options, uniform) => mapResult(dynapseReservoir(dynapseOptions(options, [1, 2]), uniform), reservoirOf),
);

/** Where no input contact fits, the original gives a column of zeros, however many inputs there are. */
function withoutInput(made: ReservoirWithInput): ReservoirWithInput {
  const fits = made.input.values.some((value) => value !== 0);
  return fits ? made : { ...made, input: createMatrix(made.weights.rows, 1) };
}

const inputDynapseFlex = chipSystem(
  'in_res_dynapse_flex',
  'chip-reservoirs.ts flexibleReservoir',
  [limits, signs],
  (options, uniform) => {
    const inputs = { inputs: options.number('size_in'), inputContacts: options.number('max_fanin') };
    const made = flexibleReservoir({ ...dynapseOptions(options, [1, 1]), ...present(inputs) }, uniform);
    return mapResult(made, (reservoir) => reservoirOf(withoutInput(reservoir)));
  },
);

export const chipGeneratorSystems: readonly System[] = [digital, dynapse, inputDigital, inputDynapse, inputDynapseFlex];
