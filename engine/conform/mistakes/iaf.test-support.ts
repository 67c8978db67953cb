/** Bad inputs of the integrate-and-fire layers of Rockpool: Brian's, Torch's, NEST's, and the module of Rockpool 2. */
import { torchForms } from '../systems/torch-iaf-forms.ts';
import { tryElement, type Mistake, type Rows } from './mistake.test-support.ts';

const ms = (value: number) => ({ value, unit: 'ms' });
const amperes = (...rows: readonly (readonly number[])[]): Rows => ({ rows, unit: 'A' });

/** A system with the kind that it is, and what of that kind its mistakes are made with. */
interface Subject {
  readonly system: string;
  readonly kind: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Weights of a layer of two cells, by name. */
  readonly input: string | undefined;
  readonly recurrent: string | undefined;
  readonly taus: readonly string[];
}

const brian: readonly Subject[] = [
  { system: 'FFIAFBrian', kind: 'ff-iaf-brian', input: 'weights', recurrent: undefined, taus: ['tau_mem'] },
  { system: 'FFIAFSpkInBrian', kind: 'ff-iaf-spikes-brian', input: 'weights', recurrent: undefined, taus: ['tau_syn'] },
  { system: 'RecIAFBrian', kind: 'rec-iaf-brian', input: undefined, recurrent: 'weights', taus: ['tau_syn_r'] },
  {
    ...{ system: 'RecIAFSpkInBrian', kind: 'rec-iaf-spikes-brian', input: 'weights_in', recurrent: 'weights_rec' },
    taus: ['tau_syn_inp', 'tau_syn_rec'],
  },
].map((subject) => ({
  ...subject,
  system: `rockpool.${subject.system}`,
  kind: `layers/${subject.kind}`,
  settings: {},
}));

const torch: readonly Subject[] = Object.entries(torchForms).map(([name, { kind, input, weights, taus }]) => {
  const own = Object.values(weights);
  return {
    system: `rockpool.${name}`,
    kind,
    settings: { input_type: input },
    input: own.find((each) => each !== 'weights_rec'),
    recurrent: own.find((each) => each === 'weights_rec'),
    taus: ['tau_mem', ...Object.values(taus).map(([each]) => each)],
  };
});

const nest: readonly Subject[] = [
  { system: 'FFIAFNest', kind: 'ff-iaf-exact', input: 'weights', recurrent: undefined, taus: [] },
  {
    system: 'RecIAFSpkInNest',
    kind: 'rec-iaf-exact',
    input: 'weights_in',
    recurrent: 'weights_rec',
    taus: ['tau_syn_exc'],
  },
  {
    ...{ system: 'RecAEIFSpkInNest', kind: 'rec-ad-ex', input: 'weights_in', recurrent: 'weights_rec' },
    taus: ['tau_syn_inh', 'tau_adapt'],
  },
].map(({ system, kind, taus, ...matrices }) => ({
  ...{ ...matrices, system: `rockpool.${system}`, kind: `layers/${kind}` },
  ...{ settings: {}, taus: ['tau_mem', ...taus] },
}));

const rockpool2: readonly Subject[] = brian
  .filter(({ kind }) => kind === 'layers/ff-iaf-brian')
  .map((subject) => ({ ...subject, system: 'rockpool2.FFIAFBrian' }));

const subjects = [...brian, ...torch, ...nest, ...rockpool2];

function mistakesOf({ system, kind, settings, input, recurrent, taus }: Subject): readonly Mistake[] {
  const two = { ...settings, size: 2 };
  const square = recurrent === undefined ? {} : { [recurrent]: amperes([0, 0], [0, 0]) };
  const matrices = [input, recurrent].flatMap((name) => (name === undefined ? [] : [name]));
  return [
    ...matrices.map((name) => ({
      system,
      about: `${name} of the wrong shape`,
      attempt: () => tryElement(kind, { ...settings, ...square, [name]: amperes([1, 2], [3, 4], [5, 6]) }),
      mentions: name === recurrent ? [name, '[3, 2]', '[2, 2]'] : [name, '[3, 2]'],
    })),
    ...matrices.map((name) => ({
      system,
      about: `${name} not finite`,
      attempt: () => tryElement(kind, { ...settings, [name]: amperes([1, Number.NaN], [0, 0]) }),
      mentions: [name, 'finite'],
    })),
    ...taus.map((name) => ({
      system,
      about: `a negative ${name}`,
      attempt: () => tryElement(kind, { ...settings, [name]: ms(-5) }),
      mentions: [name, '-5 ms', 'greater than 0'],
    })),
    {
      system,
      about: 'a time step longer than the membrane time constant',
      attempt: () => tryElement(kind, { ...settings, tau_mem: ms(2) }, { timeStepMilliseconds: 5 }),
      mentions: ['tau_mem', '2 ms', '5 ms'],
    },
    {
      system,
      about: 'thresholds of too few cells',
      attempt: () => tryElement(kind, { ...two, v_thresh: { values: [-50, -51, -52], unit: 'mV' } }),
      mentions: ['v_thresh', '3', '2'],
    },
    {
      system,
      about: 'a parameter that there is not',
      attempt: () => tryElement(kind, { ...two, colour: 3 }),
      mentions: ['colour'],
    },
  ];
}

const rows = amperes([0.1, 0.2], [0.3, 0.4]);

export const iafMistakes: readonly Mistake[] = [
  ...subjects.flatMap(mistakesOf),
  {
    system: 'rockpool.FFIAFBrian',
    about: 'an integrator that there is not',
    attempt: () => tryElement('layers/ff-iaf-brian', { method: 'rk17' }),
    mentions: ['method', 'rk17', 'rk4'],
  },
  {
    system: 'rockpool.FFIAFSpkInBrian',
    about: 'own equations of the wrong unit',
    attempt: () => tryElement('layers/ff-iaf-spikes-brian', { neuron_eq: 'dv/dt = -v : volt' }),
    mentions: ['neuron_eq', 'volt'],
  },
  {
    system: 'rockpool2.FFIAFBrian',
    about: 'a parameter over time that cannot be one',
    attempt: () => tryElement('layers/ff-iaf-brian', { time_varying: 'refractory' }),
    mentions: ['time_varying', 'refractory', 'bias'],
  },
  {
    system: 'rockpool.RecIAFTorch',
    about: 'as many channels as neither one nor the cells',
    attempt: () => tryElement('layers/rec-iaf-torch', { input_type: 'spikes', weights_in: rows, size: 3 }),
    mentions: ['weights_in', '[2, 2]'],
  },
  {
    system: 'rockpool.RecIAFSpkInRefrTorch',
    about: 'a negative refractory period',
    attempt: () => tryElement('layers/rec-iaf-torch', { refractory: ms(-1) }),
    mentions: ['refractory', '-1 ms', '0'],
  },
  {
    system: 'rockpool.RecIAFSpkInNest',
    about: 'a delay below the time step',
    attempt: () => tryElement('layers/rec-iaf-exact', { delay_rec: ms(0.5) }),
    mentions: ['delay_rec', '0.5 ms', '1 ms'],
  },
  {
    system: 'rockpool.RecIAFSpkInNest',
    about: 'delays of the wrong shape',
    attempt: () => tryElement('layers/rec-iaf-exact', { size: 2, delays_rec: { rows: [[1, 2]], unit: 'ms' } }),
    mentions: ['delays_rec', '[1, 2]', '[2, 2]'],
  },
  {
    system: 'rockpool.RecAEIFSpkInNest',
    about: 'one of the delays below the time step',
    attempt: () =>
      tryElement('layers/rec-ad-ex', {
        size: 2,
        delays_rec: {
          rows: [
            [1, 2],
            [3, 0.1],
          ],
          unit: 'ms',
        },
      }),
    mentions: ['delays_rec', '0.1', '1 ms'],
  },
  {
    system: 'rockpool.RecAEIFSpkInNest',
    about: 'a sharpness below 0',
    attempt: () => tryElement('layers/rec-ad-ex', { delta_t: { value: -1, unit: 'mV' } }),
    mentions: ['delta_t', '-1 mV', '0'],
  },
  {
    system: 'rockpool.FFIAFNest',
    about: 'a leak conductance of 0',
    attempt: () => tryElement('layers/ff-iaf-exact', { conductance: { value: 0, unit: 'nS' } }),
    mentions: ['conductance', '0 nS', 'greater than 0'],
  },
  ...boardMistakes(),
];

/** Boards of 2 chips with 2 neurons each. */
function boardMistakes(): readonly Mistake[] {
  const board = { chips: 2, cores_chip: 1, neurons_core: 2 };
  const contacts = (...rows: readonly (readonly number[])[]): Rows => ({ rows, unit: '1' });
  const mistake = (
    about: string,
    parameters: Parameters<typeof tryElement>[1],
    mentions: readonly string[],
  ): Mistake => ({
    ...{ system: 'rockpool.VirtualDynapse', about, mentions },
    attempt: () => tryElement('layers/virtual-dynapse', { ...board, ...parameters }),
  });
  return [
    mistake('too many contacts onto a neuron', { connections_rec: contacts([0, 60], [0, 5]) }, [
      '65',
      'neuron 1',
      '64',
    ]),
    mistake('sources that cannot be told apart', { connections_rec: contacts([1, 0], [0, 0], [0, 1]) }, [
      '0 and 2',
      'core 0',
    ]),
    mistake('contacts of more neurons than there are', { connections_rec: contacts([0, 0, 0, 0, 1]) }, [
      '[1, 5]',
      '[4, 4]',
    ]),
    mistake('more channels than neurons on a chip', { connections_ext: contacts([1], [1], [1]) }, [
      'connections_ext',
      '[2, 4]',
    ]),
    mistake('mismatch factors of the wrong shape', { mismatch_factors: contacts([1, 1]) }, ['[1, 2]', '[20, 4]']),
    mistake('the other time constant of too few neurons', { has_tau_mem_2: contacts([1, 0]) }, ['has_tau_mem_2', '4']),
    mistake('a bias for neither cores nor neurons', { bias: { values: [1, 2, 3], unit: 'pA' } }, ['bias', '3', '4']),
    mistake('a bias below 0', { bias: { value: -1, unit: 'pA' } }, ['bias', '-1 pA', '0']),
    mistake('a row of contacts for one channel of many', { ids_in: contacts([1]) }, [
      'ids_in',
      '1 rows',
      '20 channels',
    ]),
  ];
}
