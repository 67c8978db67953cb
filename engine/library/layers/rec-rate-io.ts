/** Recurrent rate units with input and output weights (Rockpool 1.0.7 RecRateEulerJax). */
import { andThen, mapResult, ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { matrix, sizeParameter } from '../specs.ts';
import { cellVector, emitProduct, ioWeights } from './io-weights.ts';
import { expandRateUnits, unitEquations, unitOutputs, unitParameters, unitStates } from './rate-io-units.ts';
import { matrixShape } from './weights.ts';

export const recRateIo: ElementKind = {
  id: 'layers/rec-rate-io',
  family: 'layers',
  title: 'Recurrent rate layer with readout',
  summary: 'Trainable rate units with input, recurrent and output weights.',
  keywords: ['rockpool', 'RecRateEulerJax', 'rate', 'recurrent', 'training'],
  parameters: [
    { ...sizeParameter(50), description: 'Number of units; follows from the weights where they are given.' },
    ...unitParameters,
    matrix('w_in', 'input weights', '1', 'Weights [inputs, units]; drawn from a normal distribution when absent.'),
    matrix(
      'w_recurrent',
      'recurrent weights',
      '1',
      'Weights [from, to]; drawn from a normal distribution when absent.',
    ),
    matrix('w_out', 'output weights', '1', 'Weights [units, outputs]; one output with drawn weights when absent.'),
  ],
  inputs: [{ name: 'in', title: 'input', types: ['continuous', 'spikes'], accepts: 'channels', unit: '1' }],
  outputs: [...unitOutputs, { name: 'recurrent', title: 'recurrent input', type: 'continuous', unit: '1' }],
  states: unitStates,
  equations: unitEquations('a · w_recurrent'),
  source: 'Rockpool 1.0.7, RecRateEulerJax',
  defaultProbe: 'out',
  sizes({ parameters }) {
    const cells = matrixShape(parameters, 'w_recurrent')?.[1] ?? parameters.number('size');
    const out = matrixShape(parameters, 'w_out')?.[1] ?? 1;
    return ok({ outputs: { out, activity: cells, drive: cells, recurrent: cells }, cells });
  },
  expand(builder) {
    const cells = matrixShape(builder, 'w_recurrent')?.[1] ?? builder.number('size');
    const connected = builder.inputSize('in');
    const inputs = connected === 0 ? (matrixShape(builder, 'w_in')?.[0] ?? 1) : connected;
    const outputs = matrixShape(builder, 'w_out')?.[1] ?? 1;
    return andThen(ioWeights(builder, { inputs, cells, outputs }), ([w_in = '', w_recurrent = '', w_out = '']) => {
      const recurrent = cellVector(builder, 'recurrent', cells);
      const weighted = { inputs, cells, outputs, w_in, w_out };
      return mapResult(expandRateUnits(builder, weighted, recurrent), (vector) => {
        emitProduct(builder, 'recurrent', {
          ...{ vector, inputs: cells },
          ...{ matrix: w_recurrent, result: recurrent, outputs: cells },
        });
        builder.output('recurrent', recurrent);
      });
    });
  },
};
