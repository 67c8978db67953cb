/** Commands that help. */
import type { Command } from './command.ts';

export const helpCommands: readonly Command[] = [
  {
    id: 'help.shortcuts',
    title: 'Keyboard shortcuts',
    group: 'Help',
    keys: ['?'],
    words: ['keys', 'sheet'],
    run: ({ session }) => session.getState().change({ dialog: { kind: 'shortcuts' } }),
  },
  {
    id: 'help.equations',
    title: 'Help on the equation language',
    group: 'Help',
    keys: ['F1'],
    whileTyping: true,
    words: ['functions', 'units', 'flags', 'brian', 'neuron', 'syntax'],
    run: ({ session }) => session.getState().change({ dialog: { kind: 'help', page: 'equations' } }),
  },
  {
    id: 'help.connections',
    title: 'Help on how connections are carried',
    group: 'Help',
    words: ['kernel', 'matrix', 'rows', 'sparse', 'dense', 'weights', 'precision'],
    run: ({ session }) => session.getState().change({ dialog: { kind: 'help', page: 'connections' } }),
  },
  {
    id: 'help.running',
    title: 'Help on running and going back',
    group: 'Help',
    words: ['time strip', 'step back', 'jump', 'branch', 'checkpoint', 'guard', 'nan', 'threads', 'resume'],
    run: ({ session }) => session.getState().change({ dialog: { kind: 'help', page: 'running' } }),
  },
  {
    id: 'help.measures',
    title: 'Help on measures of reservoirs and traces',
    group: 'Help',
    words: ['spectral radius', 'memory capacity', 'nrmse', 'rmse', 'error', 'reservoir'],
    run: ({ session }) => session.getState().change({ dialog: { kind: 'help', page: 'measures' } }),
  },
  {
    id: 'help.files',
    title: 'Help on files of other programs',
    group: 'Help',
    words: ['rockpool', 'import', 'export', 'open', 'json', 'network', 'convert'],
    run: ({ session }) => session.getState().change({ dialog: { kind: 'help', page: 'files' } }),
  },
  {
    id: 'help.verbs',
    title: 'Help on where the verbs of other programs are',
    group: 'Help',
    words: [
      'evolve',
      'stream',
      'reset',
      'randomize',
      'record',
      'train',
      'as_graph',
      'rockpool',
      'norse',
      'reservoirpy',
    ],
    run: ({ session }) => session.getState().change({ dialog: { kind: 'help', page: 'verbs' } }),
  },
];
