/** Rockpool's layers on JAX as kinds. Of the spiking ones with readout the package saves the recurrent weights alone, under another name than its constructor's. */
import { idleField, listField, numberField, orElse, weightsField, type RockpoolField } from './rockpool-fields.ts';
import type { RockpoolForm } from './rockpool-form.ts';
import type { RockpoolLayer } from './rockpool-network.ts';

/** The state of JAX's generator; it says nothing here, where a run has a seed. */
const generatorState = idleField('rng_key', () => [0, 0]);
const noise = orElse(0, numberField('noise_std', ''));

/** Without a step of its own a layer takes a tenth of its shortest time constant. */
function tenthOf(...keys: readonly string[]): (values: RockpoolLayer['values']) => number {
  return (values) => Math.min(...keys.flatMap((key) => values[key] ?? Number.NaN).map(Number)) / 10;
}

const spikingCells: readonly RockpoolField[] = [
  { ...weightsField('weights', 'w_recurrent'), also: 'w_recurrent' },
  ...[noise, listField('tau_mem', 's'), listField('tau_syn', 's'), orElse(-1, listField('bias', '')), generatorState],
];

/** Weights that the package leaves out of its files. */
function lost(key: string): RockpoolField {
  return { ...weightsField(key), lost: true };
}

/** A trainable layer of spiking cells; `target` tells where its input goes. */
function recurrentLif(className: string, target: 'synapse' | 'membrane'): RockpoolForm {
  const readout = className.endsWith('_IO');
  return {
    ...{ className, switches: {}, cellMatrix: 'w_recurrent', chosen: { target } },
    ...(target === 'synapse' ? { takesEventsOnly: true } : {}),
    ...(readout
      ? { kind: 'layers/rec-lif-io', inputs: { key: 'w_in', side: 0 }, output: 'out' }
      : { kind: 'layers/rec-lif', inputs: { key: 'weights', side: 1 }, output: 'spikes' }),
    fields: [...spikingCells, ...(readout ? [lost('w_in'), lost('w_out')] : [])],
    defaultStep: tenthOf('tau_mem', 'tau_syn'),
  };
}

const rateUnits: readonly RockpoolField[] = [
  ...[weightsField('w_in'), weightsField('w_out'), generatorState],
  ...[listField('tau', 's'), listField('bias', ''), noise],
];
const rate = { inputs: { key: 'w_in', side: 0 }, output: 'out', switches: {}, activation: true } as const;

export const jaxForms: readonly RockpoolForm[] = [
  {
    ...{ ...rate, className: 'RecRateEulerJax', kind: 'layers/rec-rate-io', cellMatrix: 'w_recurrent' },
    ...{ fields: [...rateUnits, weightsField('w_recurrent')], defaultStep: tenthOf('tau') },
  },
  {
    ...{ ...rate, className: 'ForceRateEulerJax', kind: 'layers/force-rate-io', cellMatrix: 'w_in' },
    ...{ fields: rateUnits, defaultStep: tenthOf('tau'), forced: { port: 'force', key: 'w_in' } },
  },
  recurrentLif('RecLIFJax', 'synapse'),
  recurrentLif('RecLIFCurrentInJax', 'membrane'),
  recurrentLif('RecLIFJax_IO', 'synapse'),
  recurrentLif('RecLIFCurrentInJax_IO', 'membrane'),
];
