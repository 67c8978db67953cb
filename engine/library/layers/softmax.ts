/** Soft-max over cells that sum weighted events without spiking (Rockpool 1.0.7 SoftMaxLayer, as documented). */
import { andThen, mapResult, ok } from '../../base/result.ts';
import type { ElementKind } from '../../build/library-kind.ts';
import { expandPopulation } from '../../build/population/expand-population.ts';
import { matrix, quantity } from '../specs.ts';
import { addEventsFlag, cellsOfEvents, eventPort, sizeOfEvents, weighedEvents } from './event-input.ts';
import { emitSoftmax } from './softmax-shares.ts';

export const softmaxLayer: ElementKind = {
  id: 'layers/softmax',
  family: 'layers',
  title: 'Soft-max layer',
  summary: 'Cells that sum weighted events; the output is their soft-max, which adds up to 1 over the cells.',
  keywords: ['rockpool', 'SoftMaxLayer', 'softmax', 'classification', 'probability', 'readout'],
  parameters: [
    { ...sizeOfEvents, default: 3 },
    quantity('bias', 'bias', 0, '1', 'Added in every step.', { perCell: true }),
    addEventsFlag(false),
    matrix('weights', 'weights', '1', 'Weights [inputs, cells]; one cell per channel when absent.'),
  ],
  inputs: [eventPort],
  outputs: [
    { name: 'out', title: 'soft-max', type: 'continuous', unit: '1' },
    { name: 'sum', title: 'membrane', type: 'continuous', unit: '1' },
  ],
  states: [{ name: 'v', title: 'membrane', unit: '1' }],
  equations: ['v = v + events · weights + bias', 'out_j = exp(v_j) / Σ_i exp(v_i), over the cells, after the step'],
  source:
    'Rockpool 1.0.7, SoftMaxLayer; its evolve fails and its soft-max goes over time, so the documentation is followed',
  defaultProbe: 'out',
  sizes(request) {
    const cells = cellsOfEvents(request);
    return ok({ outputs: { out: cells, sum: cells }, cells });
  },
  expand: (builder) =>
    andThen(weighedEvents(builder, builder.flag('add_events')), ({ cells, reads, body }) => {
      const drive = builder.signal({ name: 'drive', shape: [cells], initial: 0, role: 'transient' });
      builder.operator({ name: 'drive/product', reads, sets: [drive], body: body(drive, false) });
      const population = {
        ...{ cells, model: 'v : 1', method: 'discrete', update: 'v = v + drive + bias', parameters: ['bias'] },
        inputs: { drive: { signal: drive, unit: '1' } },
        initial: { v: 0 },
        outputsAfter: { sum: 'v' },
      };
      return mapResult(expandPopulation(builder, population), ({ outputs }) => {
        builder.output('out', emitSoftmax(builder, outputs['sum'] ?? '', cells, 'out'));
      });
    }),
};
