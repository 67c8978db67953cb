/** The library: every built-in kind, in palette order. To add one, write its file and name it here. */
import { createRegistry } from '../base/registry.ts';
import type { ConnectorKind, DistributionKind, ElementKind, Library } from '../build/library-kind.ts';
import type { KindCatalogue, KindDescriptor } from '../model/kind.ts';
import { allToAll } from './connectors/all-to-all.ts';
import { fixedInDegree } from './connectors/fixed-in-degree.ts';
import { fixedOutDegree } from './connectors/fixed-out-degree.ts';
import { withSynapseModels } from './connectors/modelled-synapses.ts';
import { oneToOne } from './connectors/one-to-one.ts';
import { sparseRandom } from './connectors/sparse-random.ts';
import { wire } from './connectors/wire.ts';
import { clippedNormal } from './distributions/clipped-normal.ts';
import { normal } from './distributions/normal.ts';
import { uniform } from './distributions/uniform.ts';
import { adExEncoder } from './layers/ad-ex-encoder.ts';
import { cliaf } from './layers/cliaf.ts';
import { cliafConvolution } from './layers/cliaf-convolution.ts';
import { dense } from './layers/dense.ts';
import { eventDrivenIaf } from './layers/event-driven-iaf.ts';
import { expSyn } from './layers/exp-syn.ts';
import { ffIafExact } from './layers/ff-iaf-exact.ts';
import { eventPooling } from './layers/event-pooling.ts';
import { ffIafBrian } from './layers/ff-iaf-brian.ts';
import { ffIafSpikesBrian } from './layers/ff-iaf-spikes-brian.ts';
import { ffIafTorch } from './layers/ff-iaf-torch.ts';
import { ffRateEuler } from './layers/ff-rate-euler.ts';
import { forceRateIo } from './layers/force-rate-io.ts';
import { lifAdExRecurrent } from './layers/lif-ad-ex-recurrent.ts';
import { lifAdEx } from './layers/lif-ad-ex.ts';
import { liLayer } from './layers/li.ts';
import { lifSynapses } from './layers/lif-synapses.ts';
import { synapticFilter } from './layers/synaptic-filter.ts';
import { thresholdRate } from './layers/threshold-rate.ts';
import { lifRecurrent } from './layers/lif-recurrent.ts';
import { lifReservoir } from './layers/lif-reservoir.ts';
import { lifLayer } from './layers/lif.ts';
import { liquidReservoir } from './layers/liquid-reservoir.ts';
import { passThroughEvents } from './layers/pass-through-events.ts';
import { passThrough } from './layers/pass-through.ts';
import { rateReservoir } from './layers/rate-reservoir.ts';
import { recAdEx } from './layers/rec-ad-ex.ts';
import { recIafExact } from './layers/rec-iaf-exact.ts';
import { recIafBrian } from './layers/rec-iaf-brian.ts';
import { recIafSpikesBrian } from './layers/rec-iaf-spikes-brian.ts';
import { recIafTorch } from './layers/rec-iaf-torch.ts';
import { recLifIo } from './layers/rec-lif-io.ts';
import { recLif } from './layers/rec-lif.ts';
import { recRateEuler } from './layers/rec-rate-euler.ts';
import { recRateIo } from './layers/rec-rate-io.ts';
import { softmaxLayer } from './layers/softmax.ts';
import { tightBalance } from './layers/tight-balance.ts';
import { virtualDynapse } from './layers/virtual-dynapse.ts';
import { upDown } from './layers/up-down.ts';
import { adex } from './neurons/adex.ts';
import { equationNeurons } from './neurons/equations.ts';
import { lif } from './neurons/lif.ts';
import { objective } from './readouts/objective.ts';
import { ridge } from './readouts/ridge.ts';
import { constant } from './stimuli/constant.ts';
import { live } from './stimuli/live.ts';
import { events } from './stimuli/events.ts';
import { henonMap } from './stimuli/henon-map.ts';
import { logisticMap } from './stimuli/logistic-map.ts';
import { mackeyGlass } from './stimuli/mackey-glass.ts';
import { narma } from './stimuli/narma.ts';
import { poissonDrive } from './stimuli/poisson-drive.ts';
import { poisson } from './stimuli/poisson.ts';
import { ramp } from './stimuli/ramp.ts';
import { regularSpikes } from './stimuli/regular-spikes.ts';
import { series } from './stimuli/series.ts';
import { sine } from './stimuli/sine.ts';
import { step } from './stimuli/step.ts';

/** Stimuli, populations, layers and readouts. */
export const elementKinds = createRegistry<ElementKind>('element kind', [
  poisson,
  poissonDrive,
  regularSpikes,
  constant,
  live,
  step,
  sine,
  ramp,
  series,
  events,
  henonMap,
  logisticMap,
  mackeyGlass,
  narma,
  lif,
  adex,
  equationNeurons,
  rateReservoir,
  lifReservoir,
  ffRateEuler,
  recRateEuler,
  passThrough,
  passThroughEvents,
  expSyn,
  upDown,
  cliaf,
  cliafConvolution,
  eventPooling,
  eventDrivenIaf,
  tightBalance,
  softmaxLayer,
  ffIafBrian,
  ffIafSpikesBrian,
  recIafBrian,
  recIafSpikesBrian,
  ffIafTorch,
  recIafTorch,
  ffIafExact,
  recIafExact,
  recAdEx,
  virtualDynapse,
  dense,
  thresholdRate,
  synapticFilter,
  lifSynapses,
  lifLayer,
  lifRecurrent,
  liLayer,
  lifAdEx,
  lifAdExRecurrent,
  adExEncoder,
  liquidReservoir,
  recRateIo,
  forceRateIo,
  recLif,
  recLifIo,
  ridge,
  objective,
]);

/** Connectors that make synapses. */
export const connectorKinds = createRegistry<ConnectorKind>('connector', [
  ...[allToAll, oneToOne, sparseRandom, fixedInDegree, fixedOutDegree].map(withSynapseModels),
]);

/** Distributions of which parameters may be drawn. */
export const distributions = createRegistry<DistributionKind>('distribution', [uniform, normal, clippedNormal]);

const kinds = createRegistry<KindDescriptor>('kind', [...elementKinds.entries, ...connectorKinds.entries, wire]);

/** Every kind as the model and the workbench see it. */
export const catalogue: KindCatalogue = {
  find: kinds.find,
  entries: kinds.entries,
  distributionArguments: (id) => distributions.find(id)?.arguments,
};

/** Every kind as the build sees it. */
export const library: Library = {
  element: elementKinds.find,
  connector: connectorKinds.find,
  distribution: distributions.find,
};
