/** Weights of a simulated DYNAP-SE board: whole contacts within the limits of the board, times the weight of one. */
import { problem, type Problem } from '../../base/problem.ts';
import { andThen, failed, mapResult, ok, type Result } from '../../base/result.ts';
import { contactWeights, mismatchRows, type Mismatch } from '../../boards/dynapse/board-neurons.ts';
import { brokenLimits } from '../../boards/dynapse/connection-limits.ts';
import { fanInLimit, fanOutLimit } from '../../boards/dynapse/limits.ts';
import type { ElementBuilder } from '../../build/library-kind.ts';
import { neuronVector } from './dynapse-neurons.ts';
import { countWeights, type LayerMatrix } from './layer-weights.ts';

interface BoardWeights {
  readonly input: LayerMatrix;
  readonly recurrent: LayerMatrix;
}

/** Problems `model/parameter-shape` for matrices larger than the board, `model/parameter-range` for connections that it cannot hold. */
export function boardWeights(builder: ElementBuilder, cells: number, mismatch: Mismatch): Result<BoardWeights> {
  const channels = builder.number('cores_chip') * builder.number('neurons_core');
  return andThen(contactsOf(builder, 'connections_rec', cells, cells), (recurrent) =>
    andThen(contactsOf(builder, 'connections_ext', channels, cells), (external) =>
      andThen(withinLimits(builder, recurrent, external), () =>
        andThen(inputRows(builder, external, { rows: channels, cells }), (input) =>
          andThen(neuronVector(builder, cells, 'baseweight_e', mismatchOfContacts(builder, mismatch)), (excitatory) =>
            mapResult(
              neuronVector(builder, cells, 'baseweight_i', mismatchOfContacts(builder, mismatch)),
              (inhibitory) => {
                const base = { neurons: cells, excitatory, inhibitory };
                const factor = synapseFactor(builder, mismatch, cells);
                const own = contactWeights({
                  contacts: recurrent,
                  ...base,
                  ...(factor === undefined ? {} : { factor }),
                });
                return {
                  recurrent: layerMatrix('weights_rec', own, own.length / cells, cells),
                  input: layerMatrix(
                    'weights_in',
                    contactWeights({ contacts: input, ...base }),
                    input.length / cells,
                    cells,
                  ),
                };
              },
            ),
          ),
        ),
      ),
    ),
  );
}

/** Contacts of single synapses match as released; cores still differ. */
function mismatchOfContacts(builder: ElementBuilder, mismatch: Mismatch): Mismatch {
  return builder.flag('synapses_match') ? () => 1 : mismatch;
}

function synapseFactor(builder: ElementBuilder, mismatch: Mismatch, cells: number) {
  if (builder.flag('synapses_match')) return undefined;
  const first = mismatchRows.length;
  return (excitatory: boolean, source: number, target: number): number =>
    mismatch(first + (excitatory ? 0 : cells) + source, target);
}

function layerMatrix(name: string, values: Float64Array, inputs: number, outputs: number): LayerMatrix {
  const made = { byTarget: false, synapses: countWeights(values), unit: 'A', draftBytes: undefined };
  return { name, inputs, outputs, values, ...made };
}

/** Contacts [rows, cells], cut to whole numbers; what a smaller matrix does not give is 0. Empty without a matrix. */
function contactsOf(builder: ElementBuilder, name: string, rows: number, cells: number): Result<Float64Array> {
  const given = builder.array(name);
  if (given === null) return ok(new Float64Array());
  const [from = 0, to = 0] = given.shape;
  if (given.shape.length !== 2 || from > rows || to > cells) {
    const message = `${name} of "${builder.name}" has shape [${given.shape.join(', ')}]; at most [${rows}, ${cells}] fit on the board.`;
    return failed(
      problem('model/parameter-shape', message, {
        hint: 'Give a smaller matrix or a larger board.',
        at: { element: builder.id, path: `parameters.${name}` },
      }),
    );
  }
  const contacts = new Float64Array(rows * cells);
  given.values.forEach((count, place) => {
    contacts[Math.floor(place / to) * cells + (place % to)] = Math.trunc(count);
  });
  return ok(contacts);
}

/** Rows of the contacts for the channels of the port: in order, or as `ids_in` says. */
function inputRows(
  builder: ElementBuilder,
  external: Float64Array,
  { rows, cells }: { readonly rows: number; readonly cells: number },
): Result<Float64Array> {
  const connected = builder.inputSize('in');
  const listed = builder.array('ids_in')?.values;
  const channels = Math.max(1, connected);
  if (listed !== undefined && connected > 0 && listed.length !== connected)
    return failed(
      refused(builder, 'ids_in', `has ${listed.length} rows for ${connected} channels`, 'one for each channel'),
    );
  const places = Array.from({ length: channels }, (_, channel) => listed?.[channel] ?? channel);
  const wrong = places.find((row) => !Number.isInteger(row) || row < 0 || row >= rows);
  if (wrong !== undefined && connected > 0)
    return failed(refused(builder, 'ids_in', `leads to channel ${wrong}`, `between 0 and ${rows - 1}`));
  const picked = new Float64Array(channels * cells);
  places.forEach((row, channel) => picked.set(external.subarray(row * cells, (row + 1) * cells), channel * cells));
  return ok(picked);
}

function refused(builder: ElementBuilder, name: string, given: string, allowed: string): Problem {
  return problem('model/parameter-range', `${name} of "${builder.name}" ${given}; it must be ${allowed}.`, {
    at: { element: builder.id, path: `parameters.${name}` },
  });
}

function withinLimits(builder: ElementBuilder, recurrent: Float64Array, external: Float64Array): Result<void> {
  if (!builder.flag('check_limits')) return ok(undefined);
  const size = {
    chips: builder.number('chips'),
    coresPerChip: builder.number('cores_chip'),
    neuronsPerCore: builder.number('neurons_core'),
  };
  const { fanIn, fanOut, aliasing } = brokenLimits(
    { recurrent, external: external.length === 0 ? undefined : external },
    size,
  );
  const name = 'connections_rec';
  const problems: Problem[] = [];
  if (fanIn !== undefined)
    problems.push(
      refused(builder, name, `leads ${fanIn.inputs} contacts onto neuron ${fanIn.neuron}`, `at most ${fanInLimit}`),
    );
  if (fanOut !== undefined)
    problems.push(
      refused(builder, name, `leads from neuron ${fanOut.neuron} to ${fanOut.chips} chips`, `at most ${fanOutLimit}`),
    );
  if (aliasing !== undefined) {
    const [first, second] = aliasing.sources;
    const given = `leads from ${first} and ${second} to core ${aliasing.core}, which cannot tell them apart`;
    problems.push(
      refused(
        builder,
        name,
        given,
        'sources of different numbers on their chips (channels count from the last neuron on)',
      ),
    );
  }
  return problems.length === 0 ? ok(undefined) : failed(...problems);
}
