/** Commands that measure: layers with recurrent weights, and recorded traces against each other. */
import type { Services } from '../stores/services.ts';
import type { Command } from './command.ts';
import { selectedRecurrent, tellRadii } from './measure-gestures.ts';

const recurrent = (services: Services): boolean => selectedRecurrent(services) !== undefined;

export const measureCommands: readonly Command[] = [
  {
    id: 'measure.radius',
    title: 'Spectral radius of the selected layer',
    group: 'Run',
    words: ['spectral_radius', 'effective_spectral_radius', 'eigenvalue', 'reservoir', 'measure'],
    enabled: recurrent,
    run: (services) => void tellRadii(services),
  },
  {
    id: 'measure.memory',
    title: 'Measure memory capacity…',
    group: 'Run',
    words: ['memory_capacity', 'reservoir', 'recall', 'delay', 'measure'],
    enabled: recurrent,
    run(services) {
      const element = selectedRecurrent(services)?.id;
      if (element !== undefined) services.session.getState().change({ dialog: { kind: 'memoryCapacity', element } });
    },
  },
  {
    id: 'measure.traces',
    title: 'Compare two traces…',
    group: 'Plots',
    words: ['mse', 'rmse', 'mae', 'nrmse', 'rsquare', 'error', 'observables', 'prediction', 'target', 'measure'],
    enabled: ({ run }) => run.getState().probes.some(({ type }) => type === 'samples'),
    run: ({ session }) => session.getState().change({ dialog: { kind: 'compareTraces' } }),
  },
];
