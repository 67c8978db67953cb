/** How fast a leaky reservoir forgets: the spectral radius of its whole step (reservoirpy's effective_spectral_radius). */
import { createMatrix, addToDiagonal, type Matrix } from '../math/matrix.ts';
import { spectralRadius } from '../math/spectral-radius.ts';

/** max |λ| of leak·W + (1 − leak)·I. Source: Jaeger et al., Neural Networks 20 (2007). */
export function effectiveSpectralRadius({ rows, columns, values }: Matrix, leak: number): number {
  const leaky = createMatrix(
    rows,
    columns,
    values.map((value) => leak * value),
  );
  return spectralRadius(addToDiagonal(leaky, 1 - leak));
}
