/** Recurrent LIF cells whose spikes are counts, without weights at input and output (Rockpool 1.0.7 RecLIFJax, RecLIFCurrentInJax). */
import { andThen, mapResult, ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { matrix, sizeParameter } from '../specs.ts';
import { inputPerCell } from './input-per-cell.ts';
import { cellEquations, cellOutputs, cellParameters, cellStates, expandRecLif } from './rec-lif-cells.ts';
import { matrixShape, weightSignal } from './weights.ts';

export const recLif: ElementKind = {
  id: 'layers/rec-lif',
  family: 'layers',
  title: 'Recurrent LIF layer, trainable',
  summary:
    'Trainable spiking cells with recurrent weights, one input channel per cell; a cell may spike several times in a step.',
  keywords: ['rockpool', 'RecLIFJax', 'RecLIFCurrentInJax', 'spiking', 'recurrent', 'training'],
  parameters: [
    { ...sizeParameter(50), description: 'Number of cells; follows from the weights where they are given.' },
    ...cellParameters,
    matrix(
      'w_recurrent',
      'recurrent weights',
      '1',
      'Weights [from, to]; drawn from a normal distribution when absent.',
    ),
  ],
  inputs: [{ name: 'in', title: 'input', types: ['continuous', 'spikes'], accepts: 'channels', unit: '1' }],
  outputs: cellOutputs,
  states: cellStates,
  equations: cellEquations('x'),
  source: 'Rockpool 1.0.7, RecLIFJax and RecLIFCurrentInJax',
  defaultProbe: 'spikes',
  sizes({ parameters }) {
    const cells = matrixShape(parameters, 'w_recurrent')?.[1] ?? parameters.number('size');
    return ok({ outputs: { activity: cells, recurrent: cells, spikes: cells }, cells });
  },
  expand(builder) {
    const cells = matrixShape(builder, 'w_recurrent')?.[1] ?? builder.number('size');
    return andThen(inputPerCell(builder, 'in', cells), (drive) =>
      andThen(weightSignal(builder, 'w_recurrent', [cells, cells], 0.5 / Math.sqrt(cells), '1'), (w_recurrent) =>
        mapResult(expandRecLif(builder, { cells, drive, w_recurrent }), () => undefined),
      ),
    );
  },
};
