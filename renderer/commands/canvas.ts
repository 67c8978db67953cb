/** Commands on the canvas: going from block to block, moving, inserting, connecting, zooming – all without a mouse. */
import type { Services } from '../stores/services.ts';
import type { ViewRequest } from '../stores/session-store.ts';
import { goAlongWires, goToward, moveSelected, type Direction } from './block-moves.ts';
import type { Command } from './command.ts';

const changeable = ({ document }: Services): boolean => !document.getState().readOnly;
const blockSelected = ({ selection }: Services): boolean => selection.getState().elements.length > 0;
const anyBlock = ({ document }: Services): boolean => Object.keys(document.getState().document.elements).length > 0;
const changeableBlock = (services: Services): boolean => changeable(services) && blockSelected(services);
const asking =
  (what: ViewRequest) =>
  ({ session }: Services): void =>
    session.getState().ask(what);

const canvas = { group: 'Canvas', where: 'canvas' } as const;

const gestures: readonly Command[] = [
  {
    ...canvas,
    id: 'canvas.insert',
    title: 'Insert a block…',
    keys: ['A'],
    words: ['add', 'new'],
    enabled: changeable,
    run: asking('canvas.insert'),
  },
  {
    ...canvas,
    id: 'canvas.tightBalance',
    title: 'Tightly balanced network…',
    words: ['NetworkDeneve', 'SolveLinearProblem', 'SpecifyNetwork', 'Deneve', 'rockpool', 'linear', 'insert', 'new'],
    enabled: changeable,
    run: ({ session }) => session.getState().change({ dialog: { kind: 'tightBalance' } }),
  },
  {
    ...canvas,
    id: 'canvas.connect',
    title: 'Connect the selected block to…',
    keys: ['C'],
    words: ['wire', 'synapses'],
    enabled: changeableBlock,
    run: asking('canvas.connect'),
  },
  {
    ...canvas,
    id: 'canvas.edit',
    title: 'Edit parameters',
    keys: ['Enter'],
    words: ['inspector', 'run settings'],
    run({ session }) {
      session.getState().change({ inspectorTab: 'parameters' });
      session.getState().focusOn('inspector');
    },
  },
  {
    ...canvas,
    id: 'canvas.rename',
    title: 'Rename the selected block',
    keys: ['F2'],
    words: ['name'],
    enabled: changeableBlock,
    run: asking('canvas.rename'),
  },
  {
    ...canvas,
    id: 'canvas.note',
    title: 'New note',
    keys: ['N'],
    words: ['comment', 'text', 'words', 'annotation', 'insert'],
    enabled: changeable,
    run: asking('canvas.note'),
  },
  {
    ...canvas,
    id: 'canvas.nextWire',
    title: 'Select the next wire of the block',
    keys: ['W'],
    words: ['connection'],
    enabled: anyBlock,
    run: (services) => goAlongWires(services, 1),
  },
  {
    ...canvas,
    id: 'canvas.previousWire',
    title: 'Select the previous wire of the block',
    keys: ['Shift+W'],
    words: ['connection'],
    enabled: anyBlock,
    run: (services) => goAlongWires(services, -1),
  },
];

const places: readonly { readonly direction: Direction; readonly key: string; readonly side: string }[] = [
  { direction: 'left', key: 'ArrowLeft', side: 'on the left' },
  { direction: 'right', key: 'ArrowRight', side: 'on the right' },
  { direction: 'up', key: 'ArrowUp', side: 'above' },
  { direction: 'down', key: 'ArrowDown', side: 'below' },
];

/** Pixels of the canvas. */
const step = 16;
const smallStep = 4;

const goings = places.map(({ direction, key, side }): Command => ({
  ...canvas,
  id: `canvas.${direction}`,
  title: `Go to the block ${side}`,
  keys: [key],
  repeats: true,
  enabled: anyBlock,
  run: (services) => goToward(services, direction, false),
}));

const extensions = places.map(({ direction, key, side }): Command => ({
  ...canvas,
  id: `canvas.${direction}More`,
  title: `Select the block ${side} as well`,
  keys: [`Shift+${key}`],
  repeats: true,
  enabled: anyBlock,
  run: (services) => goToward(services, direction, true),
}));

const moves = places.flatMap(({ direction, key }): Command[] => [
  {
    ...canvas,
    id: `canvas.move.${direction}`,
    title: `Move the selected blocks ${direction}`,
    keys: [`Alt+${key}`],
    repeats: true,
    enabled: changeableBlock,
    run: (services) => moveSelected(services, direction, step),
  },
  {
    ...canvas,
    id: `canvas.nudge.${direction}`,
    title: `Move the selected blocks ${direction} a little`,
    keys: [`Alt+Shift+${key}`],
    repeats: true,
    enabled: changeableBlock,
    run: (services) => moveSelected(services, direction, smallStep),
  },
]);

const views: readonly Command[] = [
  { ...canvas, id: 'canvas.fit', title: 'Fit the network into view', keys: ['F', 'Mod+1'], run: asking('canvas.fit') },
  { ...canvas, id: 'canvas.actualSize', title: 'Actual size', keys: ['Mod+0'], run: asking('canvas.actualSize') },
  {
    ...canvas,
    id: 'canvas.zoomIn',
    title: 'Zoom the canvas in',
    keys: ['+', '='],
    repeats: true,
    run: asking('canvas.zoomIn'),
  },
  {
    ...canvas,
    id: 'canvas.zoomOut',
    title: 'Zoom the canvas out',
    keys: ['-'],
    repeats: true,
    run: asking('canvas.zoomOut'),
  },
];

export const canvasCommands: readonly Command[] = [...gestures, ...goings, ...extensions, ...moves, ...views];
