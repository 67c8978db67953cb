/** Topologies of liquids in mlx-snn: erdos_renyi, small_world, scale_free. */
import type { UniformSource } from '../../base/random.ts';
import { mapResult, type Result } from '../../base/result.ts';
import { excitatoryColumns, type DaleOptions } from '../../generators/dale-weights.ts';
import { erdosRenyi } from '../../generators/erdos-renyi.ts';
import { scaleFree } from '../../generators/scale-free.ts';
import { smallWorld } from '../../generators/small-world.ts';
import { createMatrix, type Matrix } from '../../math/matrix.ts';
import { numberOf } from '../case-access.ts';
import type { CaseRecord } from '../reference-case.ts';
import type { System } from '../system.ts';
import { optionsOf, present, type OptionReader } from './case-options.ts';
import { boundedDraws } from './drawn-matrices.ts';

type Draw = (size: number, dale: DaleOptions, options: OptionReader, uniform: UniformSource) => Result<Matrix>;

function topology(name: string, where: string, deviations: readonly string[], draw: Draw): System {
  return {
    id: `lsm.${name}`,
    kinds: ['weights'],
    targetless: true,
    where: [`generators/${where}`],
    deviations: [
      'Computed in double precision; conform rounds to the single precision of the original.',
      ...deviations,
    ],
    run(reference) {
      const options = optionsOf(reference.parameters);
      const size = numberOf(reference.parameters['n'], 'n');
      const excitatoryShare = options.number('exc_ratio');
      const dale = present({ excitatoryShare, spectralRadius: options.number('spectral_radius') });
      const single = (uniform: UniformSource): Result<Matrix> =>
        mapResult(draw(size, dale, options, uniform), ({ rows, columns, values }) =>
          createMatrix(rows, columns, values.map(Math.fround)),
        );
      return boundedDraws(reference, single, (draws) => signsOf(draws, excitatoryColumns(size, excitatoryShare)));
    },
  };
}

/** What must hold of all draws exactly: nothing on the diagonal, positive columns first, numbers of single precision. */
function signsOf(draws: readonly Matrix[], excitatory: number): CaseRecord {
  const every = (holds: (value: number, row: number, column: number) => boolean): boolean =>
    draws.every(({ values, columns }) =>
      values.every((value, place) => holds(value, Math.floor(place / columns), place % columns)),
    );
  const loops = draws.reduce(
    (sum, { values, columns }) =>
      sum + values.filter((value, place) => value !== 0 && place % (columns + 1) === 0).length,
    0,
  );
  return {
    self_connections: loops,
    exc_columns_all_nonnegative: every((value, _, column) => column >= excitatory || value >= 0),
    inh_columns_all_nonpositive: every((value, _, column) => column < excitatory || value <= 0),
    dtype: every((value) => value === Math.fround(value)) ? 'float32' : 'float64',
    n_exc_columns: excitatory,
  };
}

export const liquidTopologies: readonly System[] = [
  topology('erdos_renyi', 'erdos-renyi.ts erdosRenyi', [], (size, dale, options, uniform) =>
    erdosRenyi({ size, ...dale, ...present({ probability: options.number('p') }) }, uniform),
  ),
  topology(
    'small_world',
    'small-world.ts smallWorld',
    ['More neighbours than cells are refused; from twice as many on the original connects cells with themselves.'],
    (size, dale, options, uniform) => {
      const own = present({ neighbours: options.number('k'), rewiring: options.number('p_rewire') });
      return smallWorld({ size, ...dale, ...own }, uniform);
    },
  ),
  topology(
    'scale_free',
    'scale-free.ts scaleFree',
    ['Edges count at once; the original (and conform) counts those of the latest cell one cell later.'],
    (size, dale, options, uniform) => {
      const own = present({ attachments: options.number('m') });
      return scaleFree({ size, ...dale, ...own, lateCounts: true }, uniform);
    },
  ),
];
