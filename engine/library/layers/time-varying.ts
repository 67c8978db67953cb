/** Parameters of a layer that follow a port over time: which they are, their ports, and their values in the equations. */
import { problem } from '../../base/problem.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import type { ElementBuilder } from '../../build/library-kind.ts';
import type { PopulationInput } from '../../build/population/definition.ts';
import type { InputPortSpec, ParameterSpec } from '../../model/kind.ts';
import { inputPerCell } from './input-per-cell.ts';

/** Names of the parameters that have a port of their own. */
export const timeVarying: ParameterSpec = {
  name: 'time_varying',
  title: 'parameters over time',
  description:
    'Names of parameters that follow an input port over time, separated by commas (bias, v_thresh). Without connection a parameter keeps its value.',
  type: 'text',
  default: '',
  group: 'Time-varying parameters',
};

function namesIn(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,]+/u).filter((name) => name !== ''))];
}

/** Parameters that can follow a port: quantities that may differ from cell to cell. */
function canVary({ type, perCell }: ParameterSpec): boolean {
  return type === 'quantity' && perCell === true;
}

/** A port for each parameter that the text names. */
export function varyingPorts(parameters: readonly ParameterSpec[], text: string): readonly InputPortSpec[] {
  return namesIn(text).flatMap((name) => {
    const spec = parameters.find((candidate) => candidate.name === name && canVary(candidate));
    if (spec === undefined) return [];
    const unit = siUnit(spec);
    return [
      { name, title: `${spec.title} (${unit})`, types: ['continuous'] as const, accepts: 'channels' as const, unit },
    ];
  });
}

/** Ports carry SI values: mA and mV arrive as A and V. */
function siUnit({ unit = '1' }: ParameterSpec): string {
  return unit.length > 1 ? unit.replace(/^m/u, '') : unit;
}

/** What stands for the parameters whose ports are connected; a Problem for names that cannot vary. */
export function varyingInputs(
  builder: ElementBuilder,
  cells: number,
): Result<Readonly<Record<string, PopulationInput>>> {
  const found: Record<string, PopulationInput> = {};
  const { parameters, inputs } = builder.kind;
  for (const name of namesIn(builder.text(timeVarying.name))) {
    const port = inputs.find((candidate) => candidate.name === name);
    if (port === undefined) return failed(unknownName(builder, name, parameters));
    if (builder.inputSize(name) === 0) continue;
    const signal = inputPerCell(builder, name, cells);
    if (!signal.ok) return signal;
    const ahead = inputPerCell(builder, name, cells, true);
    if (!ahead.ok) return ahead;
    found[name] = { signal: signal.value, ahead: ahead.value, unit: port.unit };
  }
  return ok(found);
}

function unknownName(builder: ElementBuilder, name: string, parameters: readonly ParameterSpec[]) {
  const possible = parameters.filter(canVary).map((spec) => spec.name);
  return problem('model/parameter-unknown', `"${builder.name}" has no parameter ${name} that can follow a port.`, {
    hint: `Name some of ${possible.join(', ')}.`,
    at: { element: builder.id, path: `parameters.${timeVarying.name}` },
  });
}
