/** The systems conform knows. To add one, write it beside this file and name it here. */
import { createRegistry } from '../../base/registry.ts';
import type { System } from '../system.ts';
import { ffIafBrian, ffIafSpkInBrian, recIafBrian, recIafSpkInBrian } from './brian-layers.ts';
import { ffCliaf, recCliaf } from './cliaf.ts';
import { continuousSeries } from './continuous-series.ts';
import { equationNetwork } from './equation-network.ts';
import { equationNeuron } from './equation-neuron.ts';
import { eventSeries } from './event-series.ts';
import { liquidReservoir, liquidStateMachine } from './lsm.ts';
import { lifAdEx, lifAdExRecurrent, norseIntegrator, norseLif, norseLifRecurrent } from './norse.ts';
import { passThroughEvents } from './pass-through-events.ts';
import { passThrough } from './pass-through.ts';
import { ffRateEuler, recRateEuler } from './rate-layers.ts';
import { recLifCurrentInJax, recLifCurrentInJaxIo, recLifJax, recLifJaxIo } from './rec-lif-jax.ts';
import { forceRateEulerJax, recRateEulerJax } from './rec-rate-jax.ts';
import { lif, mackeyGlass, reservoir, reservoirRidge, ridge } from './reservoirs.ts';
import { expSynSystems } from './exp-syn.ts';
import { softMaxLayer } from './soft-max.ts';
import { rockpool2FfIafBrian } from './rockpool2-iaf.ts';
import { torchIafLayers } from './torch-iaf.ts';
import { ffUpDown } from './up-down.ts';
import { rockpool2Modules } from './rockpool2-modules.ts';

export const systems = createRegistry<System>('system', [
  passThrough,
  passThroughEvents,
  ffUpDown,
  ffCliaf,
  recCliaf,
  softMaxLayer,
  ...expSynSystems,
  ffRateEuler,
  recRateEuler,
  ffIafBrian,
  ffIafSpkInBrian,
  recIafBrian,
  recIafSpkInBrian,
  ...torchIafLayers,
  rockpool2FfIafBrian,
  lif,
  reservoir,
  ridge,
  reservoirRidge,
  mackeyGlass,
  lifAdEx,
  lifAdExRecurrent,
  norseLif,
  norseLifRecurrent,
  norseIntegrator,
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
]);
