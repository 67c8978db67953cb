/** The menu of the canvas: what can be done with the block under the pointer, or with the whole network. */
import { useState, type ReactNode } from 'react';
import { useServices, type Services } from '../stores/services.ts';
import { ContextMenu } from '../ui/ContextMenu.tsx';
import type { MenuGroup } from '../ui/Menu.tsx';
import { writeNoteEvent } from './canvas-events.ts';
import { noteIdOf } from './canvas-nodes.ts';
import { commandEntry } from './command-entry.ts';

export function CanvasMenu({ children }: { readonly children: ReactNode }) {
  const services = useServices();
  const [groups, setGroups] = useState<readonly MenuGroup[]>([]);
  const ask = (at: Element): void => {
    const block = at.closest('.react-flow__node')?.getAttribute('data-id') ?? undefined;
    const note = block === undefined ? undefined : noteIdOf(block);
    if (note !== undefined) return setGroups(noteGroups(services, note));
    const { elements, select } = services.selection.getState();
    if (block !== undefined && !elements.includes(block)) select([block]);
    setGroups(block === undefined ? networkGroups(services) : blockGroups(services));
  };
  return (
    <ContextMenu className="canvas-menu" groups={groups} onAsk={ask}>
      {children}
    </ContextMenu>
  );
}

const others = ['edit.cut', 'edit.duplicate', 'edit.delete'] as const;

function blockGroups(services: Services): readonly MenuGroup[] {
  const entry = (id: string, title?: string) => commandEntry(services, id, title === undefined ? {} : { title });
  return [
    { title: 'State', entries: [entry('state.reset', 'Reset state'), entry('state.randomise', 'Randomise state')] },
    {
      title: 'Parameters',
      entries: [
        entry('edit.resetParameters', 'Reset to their defaults'),
        entry('edit.parametersAsInFile', 'Reset to those of the file'),
      ],
    },
    { entries: [entry('edit.plot', 'Plot'), entry('file.saveBlocks', 'Save as a project…')] },
    // A marked text somewhere keeps the keys from copying blocks; here the block is what is meant.
    { entries: [{ ...entry('edit.copy'), disabled: false }, ...others.map((id) => entry(id))] },
  ];
}

function noteGroups({ document, documents }: Services, id: string): readonly MenuGroup[] {
  const disabled = document.getState().readOnly !== undefined;
  const remove = (): void => void documents.dispatch({ type: 'note.set', id, note: null });
  return [
    {
      entries: [
        { id: 'note.write', title: 'Change this note', disabled, run: () => writeNoteEvent.send(id) },
        { id: 'note.remove', title: 'Remove this note', disabled, run: remove },
      ],
    },
  ];
}

function networkGroups(services: Services): readonly MenuGroup[] {
  const entry = (id: string, title?: string) => commandEntry(services, id, title === undefined ? {} : { title });
  return [
    {
      entries: [
        ...['canvas.insert', 'canvas.note', 'canvas.tightBalance', 'file.insertBlocks'].map((id) => entry(id)),
        ...[entry('edit.paste'), entry('edit.selectAll')],
      ],
    },
    {
      title: 'State of the network',
      entries: [
        entry('state.resetAll', 'Reset the state of all blocks'),
        entry('state.randomiseAll', 'Randomise the state of all blocks'),
        entry('run.resetTime'),
        entry('run.reset'),
      ],
    },
    {
      title: 'Parameters',
      entries: [entry('edit.allParametersAsInFile', 'Reset all to those of the file')],
    },
    { entries: [entry('file.saveGraph')] },
  ];
}
