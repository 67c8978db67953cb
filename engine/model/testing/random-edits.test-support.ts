/** Random edits for property tests: whatever a person may do next to a given document. */
import fc from 'fast-check';
import { encodeArray } from '../arrays.ts';
import type { SpikeloomDocument } from '../document.ts';
import { batch } from '../edits/edit.ts';
import type { Edit, EditType, SingleEdit } from '../edits/edit.ts';
import { copyElements, pasteEdit } from '../edits/clipboard.ts';

/** Random numbers from which an edit is made once the document is known. */
export interface Intent {
  readonly type: EditType | 'batch';
  readonly numbers: readonly number[];
}

const types: readonly EditType[] = [
  'element.add',
  'element.remove',
  'element.rename',
  'element.move',
  'element.paste',
  'element.setParameter',
  'element.resetParameter',
  'element.setTimeStep',
  'element.setKind',
  'connection.add',
  'connection.remove',
  'connection.setKind',
  'connection.setParameter',
  'connection.resetParameter',
  'probe.add',
  'probe.remove',
  'probe.update',
  'plot.add',
  'plot.change',
  'plot.remove',
  'document.rename',
  'run.set',
];

/** One intent. */
export const anyIntent: fc.Arbitrary<Intent> = fc.record({
  type: fc.constantFrom(...types, 'batch' as const),
  numbers: fc.array(fc.nat(1_000_000), { minLength: 12, maxLength: 12 }),
});

/** Sequences of intents. */
export const intents = (maxLength: number): fc.Arbitrary<readonly Intent[]> => fc.array(anyIntent, { maxLength });

/** Draws from the numbers of an intent. */
interface Dice {
  number(): number;
  pick<T>(items: readonly T[]): T | undefined;
}

function diceOf(numbers: readonly number[]): Dice {
  let at = 0;
  const number = () => numbers[at++ % numbers.length] as number;
  return { number, pick: (items) => items[number() % Math.max(1, items.length)] };
}

/** The edit that the intent means for this document; undefined when it has nothing to work on. */
export function editFor(document: SpikeloomDocument, { type, numbers }: Intent): Edit | undefined {
  const dice = diceOf(numbers);
  if (type !== 'batch') return makers[type](document, dice);
  const edits = [dice.pick(types), dice.pick(types), dice.pick(types)].map(
    (each) => each && makers[each](document, dice),
  );
  return batch(
    edits.filter((edit) => edit !== undefined),
    'Several things',
  );
}

type Maker = (document: SpikeloomDocument, dice: Dice) => SingleEdit | undefined;

const elementId = (document: SpikeloomDocument, dice: Dice) => dice.pick(Object.keys(document.elements));
const connectionId = (document: SpikeloomDocument, dice: Dice) => dice.pick(Object.keys(document.connections));
const probeId = (document: SpikeloomDocument, dice: Dice) => dice.pick(Object.keys(document.probes));
const plotId = (document: SpikeloomDocument, dice: Dice) => dice.pick(document.view.plots.map((plot) => plot.id));

/** The edit made from an id, if there is one. */
function on(id: string | undefined, make: (id: string) => SingleEdit): SingleEdit | undefined {
  return id === undefined ? undefined : make(id);
}

const makers: Readonly<Record<EditType, Maker>> = {
  'element.add': (_document, dice) => ({
    type: 'element.add',
    // Some ids look like numbers: JavaScript orders such keys by itself.
    element: {
      id: dice.number() % 4 === 0 ? String(dice.number()) : `el_${dice.number()}`,
      kind: 'neurons/lif',
      name: 'New',
      parameters: {},
    },
    position: { x: dice.number(), y: -dice.number() },
  }),
  'element.remove': (document, dice) =>
    on(elementId(document, dice), (id) => ({ type: 'element.remove', ids: [id, elementId(document, dice) ?? id] })),
  'element.rename': (document, dice) =>
    on(elementId(document, dice), (id) => ({ type: 'element.rename', id, name: `Name ${dice.number()}` })),
  'element.move': (document, dice) =>
    on(elementId(document, dice), (id) => ({ type: 'element.move', positions: { [id]: { x: dice.number(), y: 0 } } })),
  'element.paste': (document, dice) =>
    on(elementId(document, dice), (id) =>
      pasteEdit(document, copyElements(document, [id, elementId(document, dice) ?? id]), {
        as: 'duplicate',
        randomBytes: (count) => Uint8Array.from({ length: count }, () => dice.number()),
        offset: { x: 20, y: 20 },
      }),
    ),
  'element.setParameter': (document, dice) =>
    on(elementId(document, dice), (id) => {
      if (dice.number() % 2 === 0)
        return { type: 'element.setParameter', id, name: 'tau_mem', value: { value: dice.number(), unit: 'ms' } };
      const array = encodeArray([dice.number() % 3], [1]);
      return {
        type: 'element.setParameter',
        id,
        name: 'weights',
        value: { array: array.id, unit: '1' },
        arrays: [array],
      };
    }),
  'element.resetParameter': (document, dice) =>
    on(elementId(document, dice), (id) => ({
      type: 'element.resetParameter',
      id,
      name: dice.number() % 2 ? 'tau_mem' : 'series',
    })),
  'connection.add': (document, dice) =>
    on(elementId(document, dice), (id) => ({
      type: 'connection.add',
      connection: {
        id: `co_${dice.number()}`,
        kind: 'connectors/wire',
        from: { element: id, port: 'output' },
        to: { element: elementId(document, dice) ?? id, port: 'input' },
        parameters: {},
      },
    })),
  'connection.remove': (document, dice) =>
    on(connectionId(document, dice), (id) => ({ type: 'connection.remove', ids: [id] })),
  'element.setTimeStep': (document, dice) =>
    on(elementId(document, dice), (id) => {
      const timeStep = dice.number() % 3 === 0 ? null : { value: dice.number() % 7, unit: 'ms' };
      return { type: 'element.setTimeStep', id, timeStep };
    }),
  'element.setTrainable': (document, dice) =>
    on(elementId(document, dice), (id) => {
      const trainable = dice.number() % 3 === 0 ? [] : ['tau_mem', 'weights'].slice(dice.number() % 2);
      return { type: 'element.setTrainable', id, trainable };
    }),
  'element.setKind': (document, dice) =>
    on(elementId(document, dice), (id) => ({
      type: 'element.setKind',
      id,
      kind: dice.number() % 2 === 0 ? 'neurons/adex' : 'neurons/equations',
      parameters: { size: dice.number() },
      inputs: dice.number() % 2 === 0 ? {} : { synapses: 'current', input: 'synapses' },
    })),
  'connection.setKind': (document, dice) =>
    on(connectionId(document, dice), (id) => ({
      type: 'connection.setKind',
      id,
      kind: 'connectors/sparse-random',
      parameters: { probability: { value: 0.5, unit: '' } },
    })),
  'connection.setParameter': (document, dice) =>
    on(connectionId(document, dice), (id) => ({
      type: 'connection.setParameter',
      id,
      name: 'weight',
      value: { value: dice.number(), unit: 'nA' },
    })),
  'connection.resetParameter': (document, dice) =>
    on(connectionId(document, dice), (id) => ({ type: 'connection.resetParameter', id, name: 'weight' })),
  'probe.add': (document, dice) =>
    on(elementId(document, dice), (id) => ({
      type: 'probe.add',
      probe: { id: `pr_${dice.number()}`, element: id, target: 'v', cells: [0, 3] },
    })),
  'probe.remove': (document, dice) => on(probeId(document, dice), (id) => ({ type: 'probe.remove', ids: [id] })),
  'probe.update': (document, dice) =>
    on(probeId(document, dice), (id) => ({
      type: 'probe.update',
      id,
      changes: { cells: dice.number() % 2 ? null : [dice.number()] },
    })),
  'plot.add': (document, dice) =>
    on(probeId(document, dice), (id) => ({
      type: 'plot.add',
      plot: { id: `pl_${dice.number()}`, kind: 'raster', probes: [id] },
      index: dice.number() % 3,
    })),
  'plot.change': (document, dice) =>
    on(plotId(document, dice), (id) => ({
      type: 'plot.change',
      id,
      changes: { kind: dice.number() % 2 ? 'traces' : 'raster' },
    })),
  'plot.remove': (document, dice) => on(plotId(document, dice), (id) => ({ type: 'plot.remove', id })),
  'note.set': (_document, dice) => ({
    type: 'note.set',
    id: `note_${dice.number() % 3}`,
    note: dice.number() % 3 === 0 ? null : { text: `Look ${dice.number()}`, x: dice.number(), y: 0, width: 240 },
  }),
  'document.rename': (_document, dice) => ({ type: 'document.rename', name: `Project ${dice.number()}` }),
  'run.set': (_document, dice) => ({
    type: 'run.set',
    changes: { seed: dice.number(), duration: dice.number() % 2 ? null : { value: 3, unit: 's' } },
  }),
};
