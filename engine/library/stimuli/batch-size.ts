/** Batch size of stimuli: each member of a batch gets numbers of its own, drawn for it or from columns of its own. */
import { problem } from '../../base/problem.ts';
import { collect, failed, ok, type Result } from '../../base/result.ts';
import { add, loadI32 } from '../../build/ir/expressions.ts';
import type { Expression, SignalId } from '../../build/ir/types.ts';
import type { ElementBuilder, ParameterReader } from '../../build/library-kind.ts';
import type { ParameterSpec } from '../../model/kind.ts';
import { integer } from '../specs.ts';

/** More members than this are for several runs. */
const mostMembers = 1024;

/** The parameter; `own` says what each member gets for itself: "spikes of its own". */
export function batchSize(own: string): ParameterSpec {
  const description = `How many copies of the network run side by side, with the same weights; each gets ${own}. With 1, all copies that another stimulus asks for get the same.`;
  return integer('members', 'batch size', 1, description, { minimum: 1, maximum: mostMembers, group: 'Batch' });
}

/** Members that a stimulus with this parameter has an input of its own for. */
export function membersOf(parameters: ParameterReader): number {
  return parameters.number('members');
}

/** What is made of a random stream, once for each member; the first one has that of a run without a batch. */
export function drawnForMembers<T>(
  builder: Pick<ElementBuilder, 'members' | 'stream'>,
  purpose: string,
  make: (key: number) => Result<T>,
): Result<T[]> {
  const purposes = Array.from({ length: builder.members }, (_, member) =>
    member === 0 ? purpose : `${purpose}/${member}`,
  );
  return collect(purposes.map((each) => make(builder.stream(each))));
}

/** Series of the same length as the columns of a table, row by row. */
export function asColumns(series: readonly Float64Array[]): Float64Array {
  const [first] = series;
  if (first === undefined || series.length === 1) return first ?? new Float64Array();
  const table = new Float64Array(first.length * series.length);
  series.forEach((values, column) => values.forEach((value, row) => (table[row * series.length + column] = value)));
  return table;
}

/** Columns of each member where a table of so many has those of all, one after the other. */
export function columnsOfMember(
  parameters: ParameterReader,
  columns: number,
  owner: { readonly id: string; readonly name: string },
): Result<number> {
  const members = membersOf(parameters);
  if (columns % members === 0) return ok(columns / members);
  const fitting = Array.from({ length: columns }, (_, index) => index + 1).filter((size) => columns % size === 0);
  const message = `"${owner.name}" has ${columns} channels, which cannot be dealt out to ${members} members of a batch.`;
  return failed(
    problem('model/parameter-range', message, {
      hint: `Set the batch size to ${fitting.slice(0, 8).join(', ')}${fitting.length > 8 ? ', …' : ''}.`,
      at: { element: owner.id, path: 'parameters.members' },
    }),
  );
}

/** Where in a row of a table the columns of a member begin. */
export interface MemberColumns {
  readonly reads: readonly SignalId[];
  /** The first of them, i32; undefined where there is one member. */
  readonly first: Expression | undefined;
  /** Place in the row of a channel of the member. */
  of(channel: Expression): Expression;
}

/** The columns of members that have so many each; `name` tells tables of one element apart. */
export function memberColumns(builder: ElementBuilder, name: string, each: number): MemberColumns {
  if (builder.members === 1) return { reads: [], first: undefined, of: (channel) => channel };
  const begins = Int32Array.from({ length: builder.members }, (_, member) => member * each);
  const signal = builder.signal({
    ...{ name: `${name}_first_column`, type: 'i32', shape: [1], role: 'constant' },
    ...{ initial: begins.subarray(0, 1), ofMembers: begins },
  });
  const first = loadI32(signal);
  return { reads: [signal], first, of: (channel) => add(first, channel) };
}
