/** Commands that edit the document. */
import type { Services } from '../stores/services.ts';
import type { Command } from './command.ts';
import { copyPicked, duplicateElements, pastePicked, removePicked } from './element-gestures.ts';
import { makeOwn, ownForm } from './equation-gestures.ts';
import { plotElement } from './plot-gestures.ts';

const changeable = ({ document }: Services): boolean => !document.getState().readOnly;
const anySelected = ({ selection }: Services): boolean =>
  selection.getState().elements.length + selection.getState().connections.length > 0;
const elementSelected = ({ selection }: Services): boolean => selection.getState().elements.length > 0;

/** The one selected block, if it can be turned into equations. */
function ownable(services: Services): string | undefined {
  const [only, ...others] = services.selection.getState().elements;
  return only === undefined || others.length > 0 || ownForm(services, only) === undefined ? undefined : only;
}

/** Text that the person marked is what they mean to copy. */
const textSelected = (): boolean => (globalThis.getSelection?.()?.toString() ?? '') !== '';

export const editCommands: readonly Command[] = [
  {
    id: 'edit.undo',
    title: 'Undo',
    group: 'Edit',
    keys: ['Mod+Z'],
    repeats: true,
    enabled: ({ document }) => document.getState().canUndo,
    run: ({ documents }) => documents.undo(),
  },
  {
    id: 'edit.redo',
    title: 'Redo',
    group: 'Edit',
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    repeats: true,
    enabled: ({ document }) => document.getState().canRedo,
    run: ({ documents }) => documents.redo(),
  },
  {
    id: 'edit.delete',
    title: 'Delete',
    group: 'Edit',
    keys: ['Delete'],
    words: ['remove'],
    enabled: (services) => changeable(services) && anySelected(services),
    run: (services) => removePicked(services, services.selection.getState()),
  },
  {
    id: 'edit.duplicate',
    title: 'Duplicate',
    group: 'Edit',
    keys: ['Mod+D'],
    words: ['copy'],
    enabled: (services) => changeable(services) && elementSelected(services),
    run: (services) => duplicateElements(services, services.selection.getState().elements),
  },
  {
    id: 'edit.copy',
    title: 'Copy',
    group: 'Edit',
    keys: ['Mod+C'],
    enabled: (services) => elementSelected(services) && !textSelected(),
    run: copyPicked,
  },
  {
    id: 'edit.cut',
    title: 'Cut',
    group: 'Edit',
    keys: ['Mod+X'],
    enabled: (services) => changeable(services) && elementSelected(services),
    run(services) {
      copyPicked(services);
      removePicked(services, services.selection.getState());
    },
  },
  {
    id: 'edit.paste',
    title: 'Paste',
    group: 'Edit',
    keys: ['Mod+V'],
    enabled: (services) => changeable(services) && services.selection.getState().clipboard !== undefined,
    run: pastePicked,
  },
  {
    id: 'edit.selectAll',
    title: 'Select all',
    group: 'Edit',
    keys: ['Mod+A'],
    run({ selection, document }) {
      const { elements, connections } = document.getState().document;
      selection.getState().select(Object.keys(elements), Object.keys(connections));
    },
  },
  {
    id: 'edit.selectNone',
    title: 'Select nothing',
    group: 'Edit',
    keys: ['Escape'],
    where: 'canvas',
    enabled: anySelected,
    run: ({ selection }) => selection.getState().clear(),
  },
  {
    id: 'edit.own',
    title: 'Make the equations of the selected block your own',
    group: 'Edit',
    words: ['equation', 'neuron', 'convert', 'turn', 'change', 'model', 'customise'],
    enabled: (services) => changeable(services) && ownable(services) !== undefined,
    run(services) {
      const id = ownable(services);
      if (id !== undefined) makeOwn(services, id);
    },
  },
  {
    id: 'edit.plot',
    title: 'Plot the selected blocks',
    group: 'Edit',
    keys: ['P'],
    words: ['record', 'probe'],
    enabled: (services) => changeable(services) && elementSelected(services),
    run(services) {
      for (const id of services.selection.getState().elements) plotElement(services, id);
    },
  },
];
