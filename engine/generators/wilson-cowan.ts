/** A network of oscillators, each an excitatory and an inhibitory cell (Rockpool's wilson_cowan_net). */
import type { UniformSource } from '../base/random.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { addToDiagonal, createMatrix, type Matrix } from '../math/matrix.ts';
import { badArgument, finite, notNegative, refusedArgument, whole } from './arguments.ts';
import { scaleColumnParts } from './balanced-ei.ts';
import { normalDraw } from './draws.ts';
import { placeBlock } from './stack-matrices.ts';

export interface WilsonCowanOptions {
  /** Pairs of an excitatory and an inhibitory cell. */
  readonly nodes: number;
  /** Weight of an excitatory cell to itself, and of an inhibitory one (its size). Default 1. */
  readonly selfExcitation?: number;
  readonly selfInhibition?: number;
  /** Deviations of the random weights, which count beside the self-connections only: columns are scaled. Default 1. */
  readonly excitatoryDeviation?: number;
  readonly inhibitoryDeviation?: number;
  /** Four matrices [nodes, nodes] to take instead of normal numbers over √nodes: those of EE, IE, EI and II. */
  readonly drawn?: readonly Matrix[];
}

/** Mean of what is positive of a standard normal number, 0 otherwise: 1/√(2π). */
const meanHalf = 1 / Math.sqrt(2 * Math.PI);

const defaults = { selfExcitation: 1, selfInhibition: 1, excitatoryDeviation: 1, inhibitoryDeviation: 1 };

/**
 * Weights [[EE, EI], [IE, II]] of 2·nodes cells: normal numbers of the sign of the block times its deviation/√nodes, with the
 * self-connection along the diagonal, also of EI and IE (to the other cell of the node); columns of EE and IE sum to
 * nodes/√(2π) + selfExcitation, those of EI and II to −(nodes/√(2π) + |selfInhibition|). After Wilson and Cowan, Biophys. J. 12 (1972).
 */
export function wilsonCowanNetwork(options: WilsonCowanOptions, uniform: UniformSource): Result<Matrix> {
  const all = { ...defaults, ...options };
  const { nodes, selfExcitation, selfInhibition, excitatoryDeviation, inhibitoryDeviation, drawn } = all;
  const refusal = refusedArgument({
    nodes: [nodes, whole(1)],
    'self-excitation': [selfExcitation, finite],
    'self-inhibition': [selfInhibition, finite],
    'excitatory deviation': [excitatoryDeviation, notNegative],
    'inhibitory deviation': [inhibitoryDeviation, notNegative],
  });
  if (refusal !== undefined) return failed(refusal);
  if (drawn?.some(({ rows, columns }) => rows !== nodes || columns !== nodes) === true)
    return failed(badArgument('drawn', 'of another size', `four matrices of ${nodes} × ${nodes}`));
  const [excitation, inhibition] = [meanHalf * nodes + selfExcitation, meanHalf * nodes + Math.abs(selfInhibition)];
  const excitatory = { sign: 1, deviation: excitatoryDeviation, self: selfExcitation, sum: excitation };
  const inhibitory = {
    ...{ sign: -1, deviation: inhibitoryDeviation },
    ...{ self: -Math.abs(selfInhibition), sum: inhibition },
  };
  const blocks = [
    { row: 0, column: 0, ...excitatory },
    { row: nodes, column: 0, ...excitatory },
    { row: 0, column: nodes, ...inhibitory },
    { row: nodes, column: nodes, ...inhibitory },
  ];
  const network = createMatrix(2 * nodes, 2 * nodes);
  const draw = normalDraw(0, 1 / Math.sqrt(nodes));
  for (const [turn, { row, column, sign, deviation, self, sum }] of blocks.entries()) {
    const numbers = drawn?.[turn]?.values ?? Float64Array.from({ length: nodes * nodes }, () => draw(uniform));
    const clipped = numbers.map((value) => (value * sign > 0 ? value * deviation : 0));
    const block = addToDiagonal(createMatrix(nodes, nodes, clipped), self);
    if (!scaleColumnParts(block, 0, nodes, sum))
      return failed(badArgument('nodes', nodes, 'more, or another seed: a column has no weight of its sign'));
    placeBlock(network, block, row, column);
  }
  return ok(network);
}
