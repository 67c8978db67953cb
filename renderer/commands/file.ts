/** Commands on files: new, open, save, import. */
import type { Services } from '../stores/services.ts';
import { insertBlocks, saveBlocks, saveGraph } from './block-files.ts';
import type { Command } from './command.ts';
import { importSeries, newProject, openProject, saveProject, saveRockpoolNetwork } from './file-gestures.ts';

/** The desktop asks for a place; in the browser the projects are in one folder, so the name is asked for. */
function saveElsewhere(services: Services): void {
  if (services.host.kind === 'browser') services.session.getState().change({ dialog: { kind: 'saveAs' } });
  else void saveProject(services, true);
}

export const fileCommands: readonly Command[] = [
  {
    id: 'file.new',
    title: 'New project',
    group: 'File',
    keys: ['Mod+Alt+N', 'Mod+N'],
    run: (services) => void newProject(services),
  },
  {
    id: 'file.open',
    title: 'Open…',
    group: 'File',
    keys: ['Mod+O'],
    whileTyping: true,
    run: (services) => void openProject(services),
  },
  {
    id: 'file.save',
    title: 'Save',
    group: 'File',
    keys: ['Mod+S'],
    whileTyping: true,
    enabled: ({ document }) => document.getState().readOnly === undefined,
    run: (services) => void saveProject(services, false),
  },
  {
    id: 'file.saveAs',
    title: 'Save as…',
    group: 'File',
    keys: ['Mod+Shift+S'],
    whileTyping: true,
    enabled: ({ document }) => document.getState().readOnly === undefined,
    run: saveElsewhere,
  },
  {
    id: 'file.rename',
    title: 'Rename project…',
    group: 'File',
    enabled: ({ document }) => document.getState().readOnly === undefined,
    run: ({ session }) => session.getState().change({ dialog: { kind: 'rename' } }),
  },
  {
    id: 'file.kept',
    title: 'Recovered projects…',
    group: 'File',
    words: ['journal', 'crash', 'backup', 'recover'],
    run: ({ session }) => session.getState().change({ dialog: { kind: 'keptProjects' } }),
  },
  {
    id: 'file.importSeries',
    title: 'Import series from file…',
    group: 'File',
    words: ['csv', 'npz', 'data'],
    run: (services) => void importSeries(services),
  },
  {
    id: 'file.saveBlocks',
    title: 'Save the selected blocks as a project…',
    group: 'File',
    words: ['layer', 'module', 'to_dict', 'save', 'export', 'part'],
    enabled: ({ selection }) => selection.getState().elements.length > 0,
    run: (services) => void saveBlocks(services),
  },
  {
    id: 'file.insertBlocks',
    title: 'Insert the blocks of a file…',
    group: 'File',
    words: ['layer', 'module', 'load', 'import', 'load_from_file', 'add'],
    enabled: ({ document }) => document.getState().readOnly === undefined,
    run: (services) => void insertBlocks(services),
  },
  {
    id: 'file.saveGraph',
    title: 'Save as a graph…',
    group: 'File',
    words: ['export', 'as_graph', 'dot', 'graphviz', 'nodes', 'edges', 'json'],
    run: (services) => void saveGraph(services),
  },
  {
    id: 'file.saveRockpool',
    title: 'Save as Rockpool network…',
    group: 'File',
    words: ['export', 'rockpool', 'json'],
    run: (services) => void saveRockpoolNetwork(services),
  },
];
