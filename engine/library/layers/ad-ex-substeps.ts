/** One step of adaptive exponential cells in Runge-Kutta substeps, each followed by a look at the threshold (NEST, aeif_psc_exp). */

/** Names of parameters that the text needs. */
export const adExNames = [
  ...['tau_mem', 'bias', 'conductance', 'v_thresh', 'v_reset', 'v_rest', 'refractory'],
  ...['subthresh_adapt', 'spike_adapt', 'delta_t', 'tau_adapt', 'tau_syn_exc', 'tau_syn_inh'],
] as const;

/** Names of the texts' states, in units of the equation language. */
export const adExStates = 'v : volt\nw : amp\nI_exc : amp\nI_inh : amp\ncountdown : 1\nfired : 1';

/** Where the slope of v and w is taken, and the names it gets. */
interface Stage {
  readonly name: number;
  readonly v: string;
  readonly w: string;
  /** Factors of the synaptic currents. */
  readonly factors: readonly [string, string];
}

/** Synaptic currents decay exactly; while a cell is refractory its membrane is held and the rest goes on. */
function slope({ name, v, w, factors: [exc, inh] }: Stage): string[] {
  return [
    `at_${name} = where(free > 0, min(${v}, v_peak), v_reset)`,
    `rising_${name} = conductance*sharp*exponential*exp((at_${name} - v_thresh)/sharp)`,
    `current_${name} = I_exc*${exc} + I_inh*${inh} - (${w}) + bias + rising_${name}`,
    `kv_${name} = free*(conductance*(v_rest - at_${name}) + current_${name})/(conductance*tau_mem)`,
    `kw_${name} = (subthresh_adapt*(at_${name} - v_rest) - (${w}))/tau_adapt`,
  ];
}

/** A classical step of fourth order over h. */
const substep = [
  'free = where(countdown > 0, 0, 1)',
  ...slope({ name: 1, v: 'v', w: 'w', factors: ['1', '1'] }),
  ...slope({ name: 2, v: 'v + h/2*kv_1', w: 'w + h/2*kw_1', factors: ['half_exc', 'half_inh'] }),
  ...slope({ name: 3, v: 'v + h/2*kv_2', w: 'w + h/2*kw_2', factors: ['half_exc', 'half_inh'] }),
  ...slope({ name: 4, v: 'v + h*kv_3', w: 'w + h*kw_3', factors: ['half_exc*half_exc', 'half_inh*half_inh'] }),
  'v = v + h/6*(kv_1 + 2*kv_2 + 2*kv_3 + kv_4)',
  'w = w + h/6*(kw_1 + 2*kw_2 + 2*kw_3 + kw_4)',
  'I_exc = I_exc*half_exc*half_exc',
  'I_inh = I_inh*half_inh*half_inh',
  'fire = where(v >= v_peak, free, 0)',
  'v = where(fire > 0, v_reset, v)',
  'w = w + fire*spike_adapt',
  'countdown = where(fire > 0, held, countdown)',
  'fired = max(fired, fire)',
];

/** The statements of a step: a cell that is refractory counts the step of its spike besides. */
export function adExStep(substeps: number): string {
  return [
    `h = dt/${substeps}`,
    'half_exc = exp(-h/2/tau_syn_exc)',
    'half_inh = exp(-h/2/tau_syn_inh)',
    'exponential = where(delta_t > 0*mV, 1, 0)',
    'sharp = where(delta_t > 0*mV, delta_t, 1*mV)',
    'v_peak = v_thresh + exponential*10*mV',
    'waiting = ceil(refractory/dt - 0.001)',
    'held = where(waiting > 0, waiting + 1, 0)',
    'fired = 0*fired',
    ...Array.from({ length: substeps }, () => substep).flat(),
    'countdown = max(countdown - 1, 0)',
  ].join('\n');
}
