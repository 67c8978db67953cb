/** Example and benchmark W1: 4,000 conductance-based cells that keep each other firing (Vogels and Abbott 2005). */
import type { ParameterValue } from '../../engine/model/value.ts';
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import { connection, element, example, plot, probe, quantity, spread } from './describe.ts';

const equations = `dv/dt = (ge*(E_e - v) + gi*(E_i - v) - (v - E_L))/tau_m : volt (unless refractory)
dge/dt = -ge/tau_e : 1
dgi/dt = -gi/tau_i : 1
E_L : volt (shared)
E_e : volt (shared)
E_i : volt (shared)
tau_m : second (shared)
tau_e : second (shared)
tau_i : second (shared)`;

/** Conductances count in units of the leak. */
function cells(size: number): Record<string, ParameterValue> {
  return {
    size,
    model: equations,
    threshold_condition: 'v > -50*mV',
    reset_statements: 'v = -60*mV',
    refractory_period: '5*ms',
    method: 'exponential-euler',
    event_handlers: 'on excitation: ge += w\non inhibition: gi += w',
    E_L: quantity(-60, 'mV'),
    E_e: quantity(0, 'mV'),
    E_i: quantity(-80, 'mV'),
    tau_m: quantity(20, 'ms'),
    tau_e: quantity(5, 'ms'),
    tau_i: quantity(10, 'ms'),
    v: { distribution: 'normal', arguments: { mean: quantity(-65, 'mV'), deviation: quantity(5, 'mV') } },
    ge: notNegative(4, 1.5),
    gi: notNegative(20, 12),
  };
}

function notNegative(mean: number, deviation: number): ParameterValue {
  return {
    distribution: 'clipped-normal',
    arguments: { mean: quantity(mean, '1'), deviation: quantity(deviation, '1'), least: quantity(0, '1') },
  };
}

/** The benchmark of Brette et al. (2007) as a simulator's user would write it: open-ended in real time, spikes and two membranes recorded. */
export function vogelsAbbott(): SpikeloomDocument {
  const synapses = (weight: number): Record<string, ParameterValue> => ({
    weight: spread(weight, '1'),
    probability: quantity(0.02, '1'),
    autapses: true,
  });
  const [excite, inhibit] = [synapses(0.6), synapses(6.7)];
  return example({
    name: 'Vogels–Abbott network',
    run: { timeStep: quantity(0.1, 'ms'), duration: null, seed: 1, speed: 1 },
    elements: [
      element('excitatory', 'neurons/equations', 'Excitatory', [0, 0], cells(3200)),
      element('inhibitory', 'neurons/equations', 'Inhibitory', [420, 0], cells(800)),
    ],
    connections: [
      connection('e-e', 'sparse-random', 'excitatory.spikes', 'excitatory.excitation', excite),
      connection('e-i', 'sparse-random', 'excitatory.spikes', 'inhibitory.excitation', excite),
      connection('i-e', 'sparse-random', 'inhibitory.spikes', 'excitatory.inhibition', inhibit),
      connection('i-i', 'sparse-random', 'inhibitory.spikes', 'inhibitory.inhibition', inhibit),
    ],
    probes: [
      probe('probe-excitatory', 'excitatory.spikes'),
      probe('probe-inhibitory', 'inhibitory.spikes'),
      probe('probe-membrane', 'excitatory.v', [0, 1]),
    ],
    plots: [
      plot('plot-raster', 'raster', 'probe-excitatory', 'probe-inhibitory'),
      plot('plot-membrane', 'traces', 'probe-membrane'),
    ],
  });
}
