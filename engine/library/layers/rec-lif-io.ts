/** Recurrent LIF cells with input and output weights whose spikes are counts (Rockpool 1.0.7 RecLIFJax_IO, RecLIFCurrentInJax_IO). */
import { andThen, mapResult, ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { matrix, sizeParameter } from '../specs.ts';
import { cellVector, emitProduct, ioWeights } from './io-weights.ts';
import { cellEquations, cellOutputs, cellParameters, cellStates, expandRecLif } from './rec-lif-cells.ts';
import { matrixShape } from './weights.ts';

export const recLifIo: ElementKind = {
  id: 'layers/rec-lif-io',
  family: 'layers',
  title: 'Recurrent LIF layer with readout',
  summary:
    'Trainable spiking cells with input, recurrent and output weights; a cell may spike several times in a step.',
  keywords: ['rockpool', 'RecLIFJax_IO', 'RecLIFCurrentInJax_IO', 'spiking', 'recurrent', 'training'],
  parameters: [
    { ...sizeParameter(50), description: 'Number of cells; follows from the weights where they are given.' },
    ...cellParameters,
    matrix('w_in', 'input weights', '1', 'Weights [inputs, cells]; drawn from a normal distribution when absent.'),
    matrix(
      'w_recurrent',
      'recurrent weights',
      '1',
      'Weights [from, to]; drawn from a normal distribution when absent.',
    ),
    matrix('w_out', 'output weights', '1', 'Weights [cells, outputs]; one output with drawn weights when absent.'),
  ],
  inputs: [{ name: 'in', title: 'input', types: ['continuous', 'spikes'], accepts: 'channels', unit: '1' }],
  outputs: [{ name: 'out', title: 'readout', type: 'continuous', unit: '1' }, ...cellOutputs],
  states: cellStates,
  equations: [...cellEquations('w_in · x'), 'out = w_out · σ(v), taken before the spikes are subtracted'],
  source: 'Rockpool 1.0.7, RecLIFJax_IO and RecLIFCurrentInJax_IO',
  defaultProbe: 'out',
  sizes({ parameters }) {
    const cells = matrixShape(parameters, 'w_recurrent')?.[1] ?? parameters.number('size');
    const out = matrixShape(parameters, 'w_out')?.[1] ?? 1;
    return ok({ outputs: { out, activity: cells, recurrent: cells, spikes: cells }, cells });
  },
  expand(builder) {
    const cells = matrixShape(builder, 'w_recurrent')?.[1] ?? builder.number('size');
    const inputs = Math.max(1, builder.inputSize('in'));
    const outputs = matrixShape(builder, 'w_out')?.[1] ?? 1;
    return andThen(ioWeights(builder, { inputs, cells, outputs }), ([w_in = '', w_recurrent = '', w_out = '']) => {
      const drive = cellVector(builder, 'drive', cells);
      emitProduct(builder, 'drive', {
        vector: builder.input('in'),
        inputs,
        matrix: w_in,
        result: drive,
        outputs: cells,
      });
      return mapResult(expandRecLif(builder, { cells, drive, w_recurrent }), (vector) => {
        const out = builder.signal({ name: 'out', shape: [outputs], initial: 0, role: 'transient' });
        builder.output('out', out);
        emitProduct(builder, 'out', { vector, inputs: cells, matrix: w_out, result: out, outputs });
      });
    });
  },
};
