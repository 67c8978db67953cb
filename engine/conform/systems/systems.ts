/** The systems conform knows. To add one, write it beside this file and name it here. */
import { createRegistry } from '../../base/registry.ts';
import type { System } from '../system.ts';
import { ffIafBrian, ffIafSpkInBrian, recIafBrian, recIafSpkInBrian } from './brian-layers.ts';
import { ffCliaf, recCliaf } from './cliaf.ts';
import { chipGeneratorSystems } from './chip-generators.ts';
import { deneveSystem } from './deneve.ts';
import { recDiaf } from './diaf.ts';
import { continuousSeries } from './continuous-series.ts';
import { henon, logistic, narma } from './data-series.ts';
import { equationNetwork } from './equation-network.ts';
import { equationNeuron } from './equation-neuron.ts';
import { eventSeries } from './event-series.ts';
import { liquidTopologies } from './liquid-topologies.ts';
import { liquidReservoir, liquidStateMachine } from './lsm.ts';
import { norseSystems } from './norse.ts';
import { passThroughEvents } from './pass-through-events.ts';
import { memoryCapacity, observables, spectralRadii } from './observables.ts';
import { passThrough } from './pass-through.ts';
import { ffRateEuler, recRateEuler } from './rate-layers.ts';
import { recLifCurrentInJax, recLifCurrentInJaxIo, recLifJax, recLifJaxIo } from './rec-lif-jax.ts';
import { forceRateEulerJax, recRateEulerJax } from './rec-rate-jax.ts';
import { reservoirMatrices } from './reservoir-matrix-cases.ts';
import { lif, lifRidge, mackeyGlass, reservoir, reservoirRidge, ridge } from './reservoirs.ts';
import { weightGeneratorSystems } from './weight-generators.ts';
import { expSynSystems } from './exp-syn.ts';
import { softMaxLayer } from './soft-max.ts';
import { rockpool2FfIafBrian } from './rockpool2-iaf.ts';
import { dynapseFunctions } from './dynapse-functions.ts';
import { virtualDynapse } from './virtual-dynapse.ts';
import { nestLayers } from './nest-layers.ts';
import { torchIafLayers } from './torch-iaf.ts';
import { recFsSpikeEulerBt } from './tight-balance.ts';
import { ffUpDown } from './up-down.ts';
import { rockpool2Modules } from './rockpool2-modules.ts';
import { networkSystem } from './network.ts';

export const systems = createRegistry<System>('system', [
  passThrough,
  passThroughEvents,
  ffUpDown,
  ffCliaf,
  recCliaf,
  recDiaf,
  recFsSpikeEulerBt,
  softMaxLayer,
  ...expSynSystems,
  ffRateEuler,
  recRateEuler,
  ffIafBrian,
  ffIafSpkInBrian,
  recIafBrian,
  recIafSpkInBrian,
  ...torchIafLayers,
  ...nestLayers,
  rockpool2FfIafBrian,
  lif,
  reservoir,
  ridge,
  reservoirRidge,
  mackeyGlass,
  ...norseSystems,
  recRateEulerJax,
  forceRateEulerJax,
  liquidReservoir,
  liquidStateMachine,
  recLifJax,
  recLifCurrentInJax,
  recLifJaxIo,
  recLifCurrentInJaxIo,
  ...rockpool2Modules,
  equationNeuron,
  equationNetwork,
  continuousSeries,
  eventSeries,
  lifRidge,
  henon,
  logistic,
  narma,
  observables,
  spectralRadii,
  memoryCapacity,
  reservoirMatrices,
  ...liquidTopologies,
  ...weightGeneratorSystems,
  ...chipGeneratorSystems,
  virtualDynapse,
  dynapseFunctions,
  networkSystem((id) => findSystem(id)),
  deneveSystem((id) => findSystem(id)),
]);

function findSystem(id: string): System | undefined {
  return systems.find(id);
}
