/** Poisson drive: for every channel the number of spikes that many independent Poisson sources give in a step. */
import { failed, ok } from '../../base/result.ts';
import { problem } from '../../base/problem.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { f64, i32Local, loadI32, toF64 } from '../../build/ir/expressions.ts';
import { loop, store } from '../../build/ir/statements.ts';
import { largestThresholdMean, steadyCounts } from '../../build/operators/poisson-counts.ts';
import { integer, quantity, sizeParameter } from '../specs.ts';
import { batchSize, membersOf } from './batch-size.ts';

export const poissonDrive: ElementKind = {
  id: 'stimuli/poisson-drive',
  family: 'stimuli',
  title: 'Poisson drive',
  summary: 'Counts of spikes from many Poisson sources per channel and step, without their single trains.',
  keywords: ['random', 'background', 'external', 'noise', 'rate', 'brunel'],
  parameters: [
    sizeParameter(20),
    integer('sources', 'sources per channel', 100, 'Number of independent Poisson sources of each channel.', {
      minimum: 1,
      favourite: true,
    }),
    quantity('rate', 'rate of a source', 10, 'Hz', 'Mean number of spikes per second of each source.', {
      minimum: 0,
      favourite: true,
    }),
    batchSize('numbers of its own'),
  ],
  inputs: [],
  outputs: [{ name: 'counts', title: 'spikes per step', type: 'continuous', unit: '1' }],
  states: [],
  equations: ['counts ~ Poisson(sources · rate · dt)'],
  source: 'Superposition of Poisson processes; counts by comparison with the cumulative distribution',
  defaultProbe: 'counts',
  sizes: ({ parameters }) =>
    ok({ outputs: { counts: parameters.number('size') }, cells: undefined, members: membersOf(parameters) }),
  expand(builder) {
    const mean = builder.number('sources') * builder.number('rate') * builder.timeStepSeconds;
    const request = { name: 'drive', cells: builder.number('size'), key: builder.stream('counts'), mean: f64(mean) };
    const counts = steadyCounts(builder, request);
    if (counts === undefined) return failed(tooMany(builder, mean));
    const cells = builder.number('size');
    const numbers = builder.signal({ name: 'counts', shape: [cells], initial: 0, role: 'transient' });
    const index = i32Local('n');
    builder.operator({
      name: 'counts/convert',
      slot: 'start',
      reads: [counts],
      sets: [numbers],
      body: [loop('n', 0, cells, [store(numbers, index, toF64(loadI32(counts, index)))])],
    });
    builder.output('counts', numbers);
    return ok(undefined);
  },
};

function tooMany({ id, name }: { readonly id: string; readonly name: string }, mean: number) {
  return problem(
    'model/parameter-range',
    `"${name}" would give ${Number(mean.toPrecision(4))} spikes per step; at most ${largestThresholdMean} can be drawn.`,
    {
      hint: 'Use fewer sources, a lower rate or a shorter time step.',
      at: { element: id, path: 'parameters.sources' },
    },
  );
}
