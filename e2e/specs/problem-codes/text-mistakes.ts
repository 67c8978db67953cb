/** Mistakes in texts: quantities, equations, methods of integration. */
import type { PopulationDefinition } from '../../../engine/build/population/definition.ts';
import { checkPopulation } from '../../../engine/build/population/check-population.ts';
import { parseModel } from '../../../engine/equations/parse-model.ts';
import { lif } from '../../../engine/library/neurons/lif.ts';
import { parseQuantity } from '../../../engine/units/parse-quantity.ts';
import { told, type Mistake, type Mistakes } from './case.ts';

export const unitMistakes: Mistakes<'units'> = {
  'units/syntax': () => told(parseQuantity('twenty ms')),
  'units/unknown-unit': () => told(parseQuantity('20 parsec')),
};

const leaky: PopulationDefinition = {
  cells: 1,
  model: 'dv/dt = (v_rest - v)/tau_mem : volt',
  method: 'euler',
  parameters: ['tau_mem', 'v_rest', 'v_thresh'],
  threshold: 'v > v_thresh',
  reset: 'v = v_rest',
  initial: { v: 'v_rest' },
};

/** What is said to a neuron with this change. */
function neuron(change: Partial<PopulationDefinition>): Mistake {
  return () => told(checkPopulation({ ...leaky, ...change }, { id: 'cells', parameters: lif.parameters }));
}

export const equationMistakes: Mistakes<'equations'> = {
  'equations/syntax': neuron({ model: 'dv/dt = (v_rest - v/tau_mem : volt' }),
  'equations/unknown-name': neuron({ threshold: 'u > v_thresh' }),
  'equations/dimension': neuron({ model: 'dv/dt = v_rest - v : volt' }),
  'equations/duplicate-name': neuron({ model: `${leaky.model}\nv : volt` }),
  'equations/reserved-name': neuron({ model: `${leaky.model}\ndt : second` }),
  'equations/unit': () => told(parseModel('v : mV')),
  'equations/flag': neuron({ model: `${leaky.model} (sometimes)` }),
  'equations/type': neuron({ threshold: 'v + v_thresh' }),
  'equations/cycle': neuron({ model: `${leaky.model}\na = b : 1\nb = a : 1` }),
  'equations/write': neuron({ reset: 't = 0*second' }),
};

export const integrationMistakes: Mistakes<'integration'> = {
  'integration/not-applicable': neuron({ model: 'dv/dt = -v**2/(v_rest*tau_mem) : volt', method: 'exponential-euler' }),
};
