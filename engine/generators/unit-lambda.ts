/** A network whose eigenvalues fill the unit disc (Rockpool's unit_lambda_net). */
import type { UniformSource } from '../base/random.ts';
import { failed, mapResult, type Result } from '../base/result.ts';
import type { Matrix } from '../math/matrix.ts';
import { refusedArgument, whole } from './arguments.ts';
import { normalDraw } from './draws.ts';
import { scaleMatrix } from './scale-matrix.ts';
import { sparseMatrix } from './sparse-matrix.ts';

/** [size, size] of normal numbers with mean 0 and deviation 1/√size (Girko's circular law). */
export function unitLambdaNetwork(size: number, uniform: UniformSource): Result<Matrix> {
  const refusal = refusedArgument({ size: [size, whole(1)] });
  if (refusal !== undefined) return failed(refusal);
  const drawn = sparseMatrix(size, size, 1, normalDraw(), uniform);
  return mapResult(drawn, (matrix) => scaleMatrix(matrix, 1 / Math.sqrt(size)));
}
