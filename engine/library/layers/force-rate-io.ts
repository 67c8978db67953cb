/** Rate units with input and output weights whose recurrent input is forced from outside (Rockpool 1.0.7 ForceRateEulerJax). */
import { andThen, collect, mapResult, ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { matrix, sizeParameter } from '../specs.ts';
import { inputPerCell } from './input-per-cell.ts';
import { expandRateUnits, unitEquations, unitOutputs, unitParameters, unitStates } from './rate-io-units.ts';
import { matrixShape, weightSignal } from './weights.ts';

export const forceRateIo: ElementKind = {
  id: 'layers/force-rate-io',
  family: 'layers',
  title: 'Forced rate layer with readout',
  summary: 'Trainable rate units with input and output weights; what they would tell each other is given from outside.',
  keywords: ['rockpool', 'ForceRateEulerJax', 'rate', 'teacher forcing', 'training'],
  parameters: [
    { ...sizeParameter(50), description: 'Number of units; follows from the weights where they are given.' },
    ...unitParameters,
    matrix('w_in', 'input weights', '1', 'Weights [inputs, units]; drawn from a normal distribution when absent.'),
    matrix('w_out', 'output weights', '1', 'Weights [units, outputs]; one output with drawn weights when absent.'),
  ],
  inputs: [
    { name: 'in', title: 'input', types: ['continuous', 'spikes'], accepts: 'channels', unit: '1' },
    { name: 'force', title: 'force', types: ['continuous'], accepts: 'channels', unit: '1', required: true },
  ],
  outputs: unitOutputs,
  states: unitStates,
  equations: unitEquations('force'),
  source: 'Rockpool 1.0.7, ForceRateEulerJax',
  defaultProbe: 'out',
  sizes({ parameters }) {
    const cells = matrixShape(parameters, 'w_in')?.[1] ?? parameters.number('size');
    const out = matrixShape(parameters, 'w_out')?.[1] ?? 1;
    return ok({ outputs: { out, activity: cells, drive: cells }, cells });
  },
  expand(builder) {
    const shape = matrixShape(builder, 'w_in');
    const cells = shape?.[1] ?? builder.number('size');
    const connected = builder.inputSize('in');
    const inputs = connected === 0 ? (shape?.[0] ?? 1) : connected;
    const outputs = matrixShape(builder, 'w_out')?.[1] ?? 1;
    const weights = collect([
      weightSignal(builder, 'w_in', [inputs, cells], 1 / Math.sqrt(inputs), '1'),
      weightSignal(builder, 'w_out', [cells, outputs], 1 / Math.sqrt(cells), '1'),
    ]);
    return andThen(weights, ([w_in = '', w_out = '']) =>
      andThen(inputPerCell(builder, 'force', cells), (force) =>
        mapResult(expandRateUnits(builder, { inputs, cells, outputs, w_in, w_out }, force), () => undefined),
      ),
    );
  },
};
