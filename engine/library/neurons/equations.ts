/** Population of cells whose equations the user writes. */
import { placed } from '../../base/problem.ts';
import { andThen, failed, ok, type Result } from '../../base/result.ts';
import { methodChoices } from '../../build/method-choices.ts';
import type { ElementBuilder, ElementKind } from '../../build/library-kind.ts';
import { expandEquations } from '../../build/population/expand-equations.ts';
import type { EquationPopulation } from '../../build/population/equation-population.ts';
import type { Definition } from '../../equations/model-equations.ts';
import {
  populationTextNames,
  type CheckedPopulationText,
  type PopulationTextName,
} from '../../equations/population-text.ts';
import { textOf, type KindDescriptor, type ParameterSpec } from '../../model/kind.ts';
import type { ParameterValue } from '../../model/value.ts';
import { choice, sizeParameter } from '../specs.ts';
import { parameterName, readTexts, shapeOf, specNamed } from './equation-parameters.ts';

const equations = 'Equations';
const more = 'More equations';

function text(
  name: PopulationTextName,
  title: string,
  value: string,
  description: string,
  group: string,
): ParameterSpec {
  return { name, title, description, type: 'text', default: value, group };
}

const methods = [{ value: 'auto', title: 'automatic' }, ...methodChoices];

const defaultModel = `dv/dt = (R*(I_syn + I_e) - v)/tau_mem : volt (unless refractory)
dI_syn/dt = -I_syn/tau_syn : amp
I_e : amp
R = 40*Mohm : ohm
tau_mem = 20*ms : second
tau_syn = 5*ms : second`;

const own: readonly ParameterSpec[] = [
  sizeParameter(100),
  text(
    'model',
    'model',
    defaultModel,
    'Differential equations, subexpressions and parameters, one per line: dX/dt = … : unit, X = … : unit, X : unit. Flags stand in parentheses behind the unit.',
    equations,
  ),
  text('threshold_condition', 'threshold', 'v > 15*mV', 'A cell spikes when this holds. Empty: no spikes.', equations),
  text('reset_statements', 'reset', 'v = 0*mV', 'What a spike changes in its cell, statement by statement.', equations),
  text(
    'refractory_period',
    'refractory',
    '2*ms',
    'A time, or a condition during which a cell does not spike again. Empty: none.',
    equations,
  ),
  text(
    'event_handlers',
    'incoming spikes',
    'on synapses: I_syn += w',
    'What arriving spikes do, one line per input port: on PORT: statements. w is the weight of the synapse.',
    equations,
  ),
  choice('method', 'integration', 'auto', methods, 'How the equations are advanced by one step.', {
    group: equations,
  }),
  text('constants', 'constants', '', 'Names for numbers with units, one per line: tau = 10*ms.', more),
  text(
    'tables',
    'tables over time',
    '',
    'Functions of time given by numbers, one per line: NAME(interval) : unit. Used as NAME(t), or NAME(t, i) with a column per cell.',
    more,
  ),
  choice(
    'input_sampling',
    'inputs inside a step',
    'start',
    [
      { value: 'start', title: 'as at its start (Brian)' },
      { value: 'stages', title: 'at the time of each stage (Rockpool)' },
    ],
    'What methods with several stages read from linked ports. Tables over time are read at the time of each stage in either case.',
    { group: more },
  ),
  text(
    'custom_events',
    'events',
    '',
    'Further events, one per line: NAME: condition -> statements. Each has an output port.',
    more,
  ),
  text(
    'every_step',
    'regular updates',
    '',
    'Statements run in every step before all else, or at chosen moments under a heading such as "every 2*ms in before_groups:".',
    more,
  ),
];

const base = {
  id: 'neurons/equations',
  family: 'neurons',
  title: 'Equations',
  summary: 'Cells whose equations you write, with units, threshold, reset and events.',
  keywords: ['Brian', 'NeuronGroup', 'differential equation', 'custom neuron', 'own model', 'ode'],
  source: 'Stimberg, Brette and Goodman (2019), eLife 8:e47314 (the equation language)',
} as const;

type Parameters = Readonly<Record<string, ParameterValue>>;

const described = new Map<string, KindDescriptor>();
const keptDescriptions = 256;

/** The form of a population with these texts; the same object for the same texts. */
function describe(parameters: Parameters): KindDescriptor {
  const texts = populationTextNames.map((name) => textOf({ parameters: own }, parameters, name));
  const key = texts.join('\u0000');
  const known = described.get(key);
  if (known !== undefined) return known;
  const byName = new Map(populationTextNames.map((name, index) => [name, texts[index] ?? '']));
  const shape = shapeOf(own, (name) => byName.get(name) ?? '');
  const first = shape.outputs[0]?.name ?? shape.states[0]?.name;
  const made = { ...base, ...shape, ...(first === undefined ? {} : { defaultProbe: first }), describe };
  if (described.size >= keptDescriptions) described.clear();
  described.set(key, made);
  return made;
}

/** Sizes of everything that leaves: one value per cell, or one for what all cells share. */
function outputSizes(builder: { text(name: string): string; number(name: string): number }): Record<string, number> {
  const size = builder.number('size');
  const kind = describe(Object.fromEntries(populationTextNames.map((name) => [name, builder.text(name)])));
  return Object.fromEntries(kind.outputs.map(({ name }) => [name, size]));
}

export const equationNeurons: ElementKind = {
  ...describe({}),
  describe,
  sizes: ({ parameters }) => ok({ outputs: outputSizes(parameters), cells: parameters.number('size') }),
  expand(builder) {
    const checked = readTexts((name) => builder.text(name));
    if (!checked.ok) return failed(...checked.problems.map((found) => placed(found, { element: builder.id })));
    return andThen(ok(populationOf(builder, checked.value)), (population) => expandEquations(builder, population));
  },
};

function populationOf(builder: ElementBuilder, checked: CheckedPopulationText): EquationPopulation {
  return {
    cells: builder.number('size'),
    text: checked,
    method: builder.text('method'),
    inputSampling: builder.text('input_sampling') === 'stages' ? 'stages' : 'start',
    values: (definition, length) => valuesOf(builder, definition, length),
    table: (name) => builder.array(parameterName(own, name)),
  };
}

function valuesOf(builder: ElementBuilder, definition: Definition, length: number): Result<Float64Array> {
  const name = parameterName(own, definition.name);
  return specNamed(builder.kind.parameters, name).type === 'boolean'
    ? ok(new Float64Array(length).fill(builder.flag(name) ? 1 : 0))
    : builder.vector(name, length);
}
