/** Example: monthly sunspot numbers forecast twelve months ahead by a rate reservoir and a ridge readout. */
import { readFileSync } from 'node:fs';
import { expectOk } from '../../engine/base/result.ts';
import { parseCsv } from '../../engine/formats/csv.ts';
import { encodeArray } from '../../engine/model/arrays.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { connection, element, example, plot, probe, quantity } from './describe.ts';

const heldOutMonths = 600;
const horizonMonths = 12;

/** One month is one time step of 1 ms; the last 600 months test the readout. */
export function sunspots(dataFolder: URL): SpikeloomDocument {
  const table = expectOk(parseCsv(readFileSync(new URL('sunspots_monthly.csv', dataFolder))));
  const column = table.names.length - 1;
  const months = Float64Array.from(
    { length: table.rows },
    (_, row) => table.values[row * table.names.length + column] as number,
  );
  const series = encodeArray(months, [months.length, 1], {
    source: 'sunspots_monthly.csv, monthly mean sunspot number 1749–2008 (NOAA)',
  });
  return example({
    name: 'Sunspots',
    run: { timeStep: { value: 1, unit: 'ms' }, duration: { value: months.length, unit: 'ms' }, seed: 1, speed: 1 },
    elements: [
      element('sunspots', 'stimuli/series', 'Sunspots', [0, 120], { series: { array: series.id, unit: '1' } }),
      element('reservoir', 'layers/rate-reservoir', 'Reservoir', [300, -70], {
        units: 100,
        sr: quantity(0.9, '1'),
        lr: quantity(0.1, '1'),
        input_scaling: quantity(0.005, '1'),
        input_connectivity: quantity(1, '1'),
        bias_scaling: quantity(0.5, '1'),
      }),
      element('readout', 'readouts/ridge', 'Forecast', [600, 120], {
        ridge: quantity(0.1, '1'),
        horizon: horizonMonths,
        washout: 100,
        train_until: months.length - heldOutMonths,
      }),
    ],
    connections: [
      connection('sunspots-reservoir', 'wire', 'sunspots.out', 'reservoir.in'),
      connection('reservoir-readout', 'wire', 'reservoir.out', 'readout.features'),
      connection('sunspots-readout', 'wire', 'sunspots.out', 'readout.target'),
    ],
    probes: [
      probe('probe-sunspots', 'sunspots.out'),
      probe('probe-states', 'reservoir.out', [0, 1, 2, 3, 4, 5]),
      probe('probe-prediction', 'readout.prediction'),
      probe('probe-target', 'readout.target'),
    ],
    plots: [
      plot('plot-prediction', 'prediction', 'probe-prediction', 'probe-target'),
      plot('plot-states', 'traces', 'probe-states'),
    ],
    arrays: { [series.id]: series },
  });
}
