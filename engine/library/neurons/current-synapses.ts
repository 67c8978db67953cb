/** Shared by current-based neurons: ports, the synaptic current's equation, where projections go. */
import type { ElementBuilder } from '../../build/library-kind.ts';
import type { InputPortSpec } from '../../model/kind.ts';
import type { PopulationInput, PopulationSignals } from '../../build/population/definition.ts';

/** Spikes add their weight to the synaptic current; continuous values times weight are a current. */
export const currentInputs: readonly InputPortSpec[] = [
  { name: 'synapses', title: 'synapses', types: ['spikes'], accepts: 'synapses', unit: 'A' },
  { name: 'current', title: 'current', types: ['continuous'], accepts: 'synapses', unit: 'A' },
];

/** Exponential synaptic current. */
export const synapticCurrent = 'dI_syn/dt = -I_syn/tau_syn : amp';

const externalName = 'I_ext';

/** The transient vector that continuous projections add to, zeroed in every step. */
export function externalCurrent(builder: ElementBuilder, cells: number): Readonly<Record<string, PopulationInput>> {
  const signal = builder.signal({ name: externalName, shape: [cells], initial: 0, role: 'transient', unit: 'A' });
  builder.zero(signal, cells);
  return { [externalName]: { signal, unit: 'amp' } };
}

/** Makes states probeable and tells the ports where to deliver. */
export function receiveCurrents(builder: ElementBuilder, signals: PopulationSignals): void {
  builder.receive('synapses', { events: signals.states['I_syn'] ?? '' });
  builder.receive('current', { continuous: `${builder.id}/${externalName}` });
}
