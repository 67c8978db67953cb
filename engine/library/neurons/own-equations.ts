/** Ready-made neurons as texts that people can change: the same equations, parameters and ports in an equation block. */
import { defined } from '../../base/assert.ts';
import { unitOfDimension } from '../../units/dimension.ts';
import { parseUnit } from '../../units/parse-unit.ts';
import type { EquationForm, ParameterSpec } from '../../model/kind.ts';
import { findRecord } from '../../model/records.ts';
import type { ParameterValue } from '../../model/value.ts';

type Parameters = Readonly<Record<string, ParameterValue>>;

/** The equations of a neuron with current inputs, as its own expansion uses them. */
export interface OwnEquations {
  /** Differential equations, without declarations of parameters and inputs. */
  readonly model: string;
  /** Further lines that a block needs and the expansion brings by other means. */
  readonly more: readonly string[];
  readonly threshold: string;
  readonly reset: string;
  /** Names of the parameters that the texts mention. */
  readonly parameters: readonly string[];
  /** The parameter that a state starts at; states without start at zero. */
  readonly initial: Readonly<Record<string, string>>;
  readonly differences: readonly string[];
}

/** Name of the refractory period in a block, where `refractory` itself is a word of the language. */
const refractoryName = 't_ref';

/** An element with the specifications `specs` and the values `parameters`, as an equation block. */
export function equationForm(specs: readonly ParameterSpec[], parameters: Parameters, own: OwnEquations): EquationForm {
  const value = (name: string): ParameterValue => findRecord(parameters, name) ?? defaultOf(specNamed(specs, name));
  const declared = own.parameters.map((name) => declaration(name, specNamed(specs, name)));
  const lines = [own.model, ...own.more, 'I_ext : amp (input)', ...declared];
  const held = !isZero(value('refractory'));
  const period = held ? [declaration(refractoryName, specNamed(specs, 'refractory'))] : [];
  const values = own.parameters.map((name) => [name, value(name)] as const);
  const starts = Object.entries(own.initial).map(([state, name]) => [state, value(name)] as const);
  return {
    kind: 'neurons/equations',
    parameters: {
      size: value('size'),
      model: [...lines, ...period].join('\n'),
      threshold_condition: own.threshold,
      reset_statements: own.reset,
      refractory_period: held ? refractoryName : '',
      event_handlers: 'on synapses: I_syn += w',
      method: value('method'),
      ...Object.fromEntries([...values, ...starts]),
      ...(held ? { [refractoryName]: value('refractory') } : {}),
    },
    inputs: { current: 'I_ext' },
    differences: [...own.differences, ...starts.filter(([, start]) => isDrawn(start)).map(([name]) => drawnAnew(name))],
  };
}

/** A period of nothing holds nothing: the block has no rule for it, as the ready-made neuron has none. */
function isZero(value: ParameterValue): boolean {
  return typeof value === 'object' && value !== null && 'value' in value && value.value === 0;
}

function isDrawn(value: ParameterValue): boolean {
  return typeof value === 'object' && value !== null && 'distribution' in value;
}

function drawnAnew(state: string): string {
  return `The values of ${state} at the start are drawn anew.`;
}

/** `tau_mem : second`, shared where the parameter cannot differ from cell to cell. */
function declaration(name: string, { unit = '1', perCell }: ParameterSpec): string {
  const parsed = parseUnit(unit);
  const words = parsed.ok ? unitOfDimension(parsed.value.dimension).replace('ampere', 'amp') : unit;
  return `${name} : ${words}${perCell === true ? '' : ' (shared)'}`;
}

function defaultOf({ type, default: value, unit = '1' }: ParameterSpec): ParameterValue {
  return type === 'quantity' && typeof value === 'number' ? { value, unit } : value;
}

function specNamed(specs: readonly ParameterSpec[], name: string): ParameterSpec {
  return defined(
    specs.find((spec) => spec.name === name),
    `parameter ${name}`,
  );
}
