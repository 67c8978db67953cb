/** Which systems are timed against their original packages, on which case; and why the others are not. */

/** Cases by the driver of their original in `python/`. */
export const timedCases: Readonly<Record<string, readonly string[]>> = {
  rockpool_numpy: [
    'rockpool/PassThrough/delay',
    'rockpool/FFRateEuler/plain-relu',
    'rockpool/RecRateEuler/plain-relu',
    'rockpool/PassThroughEvents/plain',
    'rockpool/FFExpSyn/plain',
    'rockpool/FFUpDown/plain',
    'rockpool/FFCLIAF/plain-subtract-multi-spike',
    'rockpool/RecCLIAF/plain-subtract-multi-spike',
    'rockpool/RecDIAF/plain-int8',
    'rockpool/RecFSSpikeEulerBT/sine-input',
    'rockpool/Network/rate-reservoir',
  ],
  rockpool_series: ['rockpool/TSContinuous/resample', 'rockpool/TSEvent/raster'],
  rockpool_jax: [
    'rockpool/RecRateEulerJax/plain-relu',
    'rockpool/ForceRateEulerJax/plain-relu',
    'rockpool/RecLIFJax/plain',
    'rockpool/RecLIFCurrentInJax/plain',
    'rockpool/RecLIFJax_IO/plain',
    'rockpool/RecLIFCurrentInJax_IO/plain',
  ],
  rockpool_torch: [
    'rockpool/FFExpSynTorch/random-spikes',
    'rockpool/FFIAFTorch/step-noise-vector-params',
    'rockpool/FFIAFRefrTorch/step-noise-vector-params',
    'rockpool/FFIAFSpkInTorch/random-spikes',
    'rockpool/FFIAFSpkInRefrTorch/random-spikes',
    'rockpool/RecIAFTorch/random-recurrent',
    'rockpool/RecIAFRefrTorch/random-recurrent',
    'rockpool/RecIAFSpkInTorch/random',
    'rockpool/RecIAFSpkInRefrTorch/random',
    'rockpool/RecIAFSpkInRefrCLTorch/random',
  ],
  rockpool_brian: [
    'rockpool/FFExpSynBrian/random-spikes',
    'rockpool/FFIAFBrian/vector-params-step-noise',
    'rockpool/FFIAFSpkInBrian/mixed-weights-vector-params',
    'rockpool/RecIAFBrian/random-recurrent',
    'rockpool/RecIAFSpkInBrian/random',
  ],
  rockpool_nest: [
    'rockpool/FFIAFNest/step-current',
    'rockpool/RecIAFSpkInNest/random',
    'rockpool/RecAEIFSpkInNest/vector-params',
    'rockpool/VirtualDynapse/given-mismatch',
  ],
  rockpool2_modules: [
    'rockpool2/Linear/with-bias',
    'rockpool2/ExpSyn/vector-tau',
    'rockpool2/Rate/rec-tanh',
    'rockpool2/LIF/recurrent-bias',
    'rockpool2/FFIAFBrian/default-rk4',
  ],
  norse_modules: [
    'norse/LI/li-0',
    'norse/LIF/ff-0',
    'norse/LIFRecurrent/rec-0',
    'norse/LIFAdEx/default',
    'norse/LIFAdExCell/default',
    'norse/LIFAdExRecurrent/autapses',
    'norse/LIFAdExRecurrentCell/default',
    'norse/lif_adex_current_encoder/const-0',
  ],
  reservoirpy_nodes: ['reservoirpy/Reservoir/run-1-tanh', 'reservoirpy/LIF/mackey-glass-liquid'],
  mlx_snn: ['lsm/LiquidReservoir/erdos-renyi', 'lsm/LSM/linear'],
};

/** Drivers whose package cannot be had, with the reason. */
export const unavailable: Readonly<Record<string, string>> = {
  mlx_snn: 'not measured: mlx-snn could not be installed beside the others',
};

const steps = 'a single step, which its module is timed with over a whole series';
const sized = 'makes or changes numbers of a size that is given; nothing goes on in time';
const fitted = 'fits weights: its run is timed as the node without readout, the fit of 50,000 rows as W6';

/** Systems without a row, by the reason. */
export const untimed: Readonly<Record<string, readonly string[]>> = {
  'timed against Brian2 as the workloads W1 to W5': ['equations.network', 'equations.neuron'],
  'its layers are timed one by one; the network itself takes no time': ['rockpool.NetworkDeneve'],
  'the released layer cannot run': ['rockpool.SoftMaxLayer'],
  [steps]: ['norse.lif_adex_feed_forward_step', 'norse.lif_adex_step'],
  [fitted]: ['reservoirpy.LIFRidge', 'reservoirpy.ReservoirRidge', 'reservoirpy.Ridge', 'reservoirpy.memory_capacity'],
  [sized]: [
    ...['lsm.erdos_renyi', 'lsm.scale_free', 'lsm.small_world'],
    ...['henon_map', 'logistic_map', 'mackey_glass', 'mat_gen', 'narma', 'observables', 'spectral_radius'].map(
      (name) => `reservoirpy.${name}`,
    ),
    ...['DiscretiseWeightMatrix', 'DynapseHelpers', 'add_random_long_range', 'combine_ff_rec_stack', 'digital'].map(
      rockpool,
    ),
    ...['dynapse_conform', 'iaf_sparse_net', 'in_res_digital', 'in_res_dynapse', 'in_res_dynapse_flex'].map(rockpool),
    ...['one_dim_exc_res', 'partitioned_2d_reservoir', 'ring_reservoir', 'rndm_ei_net', 'rndm_sparse_ei_net'].map(
      rockpool,
    ),
    ...['two_dim_exc_res', 'unit_lambda_net', 'wilson_cowan_net', 'wipe_non_switiching_eigs'].map(rockpool),
  ],
};

function rockpool(name: string): string {
  return `rockpool.${name}`;
}
