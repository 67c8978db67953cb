/** Benchmark W5: 10,000 adaptive exponential cells without synapses, each with a constant current of its own. */
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { element, example, plot, probe, quantity } from './describe.ts';

const equations = `dv/dt = (g_L*(E_L - v) + g_L*Delta_T*exp((v - V_T)/Delta_T) + I - w)/C : volt
dw/dt = (a*(v - E_L) - w)/tau_w : amp
I : amp
C : farad (shared)
g_L : siemens (shared)
E_L : volt (shared)
V_T : volt (shared)
Delta_T : volt (shared)
tau_w : second (shared)
a : siemens (shared)`;

/** Forward Euler over 10,000 steps of 0.1 ms; currents from 0.6 to 1.2 nA. */
export function adexCells(): SpikeloomDocument {
  return example({
    name: 'AdEx cells',
    run: { timeStep: quantity(0.1, 'ms'), duration: quantity(1, 's'), seed: 1, speed: null },
    elements: [
      element('cells', 'neurons/equations', 'AdEx cells', [0, 0], {
        size: 10_000,
        model: equations,
        threshold_condition: 'v > -30*mV',
        reset_statements: 'v = -70.6*mV\nw += 80.5*pA',
        refractory_period: '',
        event_handlers: '',
        method: 'euler',
        I: { distribution: 'uniform', arguments: { low: quantity(600, 'pA'), high: quantity(1200, 'pA') } },
        C: quantity(281, 'pF'),
        g_L: quantity(30, 'nS'),
        E_L: quantity(-70.6, 'mV'),
        V_T: quantity(-50.4, 'mV'),
        Delta_T: quantity(2, 'mV'),
        tau_w: quantity(144, 'ms'),
        a: quantity(4, 'nS'),
        v: quantity(-70.6, 'mV'),
      }),
    ],
    connections: [],
    probes: [probe('probe-spikes', 'cells.spikes')],
    plots: [plot('plot-raster', 'raster', 'probe-spikes')],
  });
}
