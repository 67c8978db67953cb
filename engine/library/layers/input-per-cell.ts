/** Inputs added to cells one by one: the number of channels must be that of the cells, or one for all. */
import { problem } from '../../base/problem.ts';
import type { Result } from '../../base/result.ts';
import { failed, ok } from '../../base/result.ts';
import { i32Local, load } from '../../build/ir/expressions.ts';
import { loop, store } from '../../build/ir/statements.ts';
import type { SignalId } from '../../build/ir/types.ts';
import type { ElementBuilder, SizeRequest } from '../../build/library-kind.ts';
import type { ParameterSpec } from '../../model/kind.ts';
import { sizeParameter } from '../specs.ts';

/** Parameter `size` of layers that take as many cells as channels arrive at their port `in`. */
export const sizeOfInput: ParameterSpec = {
  ...sizeParameter(1),
  description: 'Number of cells; follows from the input where it is connected with more than one channel.',
};

/** Cells of such a layer whose sizes are asked for; undefined while the channels are not known. */
export function cellsAsked({
  parameters,
  inputSize,
}: Pick<SizeRequest, 'parameters' | 'inputSize'>): number | undefined {
  const connected = inputSize('in');
  return connected === undefined ? undefined : cellsFor(connected, parameters.number('size'));
}

/** Cells of such a layer that is being built. */
export function cellsOfInput(builder: ElementBuilder): number {
  return cellsFor(builder.inputSize('in'), builder.number('size'));
}

function cellsFor(connected: number, size: number): number {
  return connected > 1 ? connected : size;
}

/** The input vector spread over the cells: zeros without connection, one channel to all, else channel i to cell i. */
export function inputPerCell(builder: ElementBuilder, port: string, cells: number, ahead = false): Result<SignalId> {
  const channels = builder.inputSize(port);
  const input = ahead ? builder.inputAhead(port) : builder.input(port);
  if (channels === cells) return ok(input);
  if (channels > 1) {
    return failed(
      problem('model/port-size', `"${builder.name}" has ${cells} cells but ${channels} channels arrive at "${port}".`, {
        hint: `Connect ${cells} channels or one.`,
        at: { element: builder.id, path: `inputs.${port}` },
      }),
    );
  }
  const name = `${port}_spread${ahead ? '_ahead' : ''}`;
  const spread = builder.signal({ name, shape: [cells], initial: 0, role: 'transient' });
  builder.operator({
    name: `${name}/copy`,
    slot: 'inputs',
    reads: [input],
    sets: [spread],
    body: [loop('i', 0, cells, [store(spread, i32Local('i'), load(input, 0))])],
  });
  return ok(spread);
}
