/** Which signals are the state of an element, and what each is drawn from where the state is randomised. */
import { mapResult, type Result } from '../base/result.ts';
import { ok } from '../base/result.ts';
import type { KindDescriptor } from '../model/kind.ts';
import type { Assembly, ElementAssembly } from './assembly.ts';
import { createParameterReader } from './parameter-reader.ts';
import type { SignalId } from './program.ts';

/** A state variable as a run can reset, keep and randomise it. */
export interface StateVariable {
  readonly element: string;
  readonly signal: SignalId;
  /** Whole numbers are never drawn; moments are neither drawn nor kept when the clock begins anew. */
  readonly holds: 'numbers' | 'counts' | 'moments';
  /** Both ends of what it is drawn from evenly, one number for all cells or one each; undefined: around where it stands. */
  readonly between?: readonly [low: number | Float64Array, high: number | Float64Array];
}

/** Reset potential and threshold under the names that kinds have for them. */
const membraneEnds = [
  ['v_reset', 'v_thresh'],
  ['V_reset', 'V_T'],
  ['v_reset', 'v_th'],
  ['reset', 'threshold'],
] as const;

/** State variables of all elements, in the order of the model. */
export function stateVariables(assembly: Assembly): StateVariable[] {
  return [...assembly.elements.values()].flatMap((element) => variablesOf(assembly, element));
}

function variablesOf(assembly: Assembly, element: ElementAssembly): StateVariable[] {
  const { kind, states } = element;
  const { id } = element.element.record;
  return [...states].flatMap(([name, signal]): StateVariable[] => {
    if (assembly.signals.get(signal)?.role !== 'state') return [];
    const holds = kind.states.find((state) => state.name === name)?.holds ?? 'numbers';
    const between = name === 'v' ? endsOf(assembly, element) : undefined;
    return [{ element: id, signal, holds, ...(between === undefined ? {} : { between }) }];
  });
}

/** The membrane of cells that spike lies between reset potential and threshold. */
function endsOf(assembly: Assembly, element: ElementAssembly): StateVariable['between'] {
  const names = membraneEnds.find((pair) => pair.every((name) => hasQuantity(element.kind, name)));
  if (names === undefined) return undefined;
  const [low, high] = names.map((name) => endOf(assembly, element, name));
  return low?.ok === true && high?.ok === true ? [low.value, high.value] : undefined;
}

function hasQuantity({ parameters }: KindDescriptor, name: string): boolean {
  return parameters.some((spec) => spec.name === name && spec.type === 'quantity');
}

function endOf(assembly: Assembly, { element, cells }: ElementAssembly, name: string): Result<number | Float64Array> {
  const { id, name: ownName } = element.record;
  const owner = { id, name: ownName, seed: assembly.model.seed, parameters: element.parameters };
  const reader = createParameterReader(owner, assembly.library);
  const same = reader.constant(name);
  return same === undefined ? mapResult(reader.vector(name, cells), (each) => each) : ok(same);
}
