/** Commands on the state of the run and on parameters as a whole. */
import type { Services } from '../stores/services.ts';
import type { Command } from './command.ts';
import { changeState, parametersAsInFile, resetParameters } from './state-gestures.ts';

const loaded = ({ run }: Services): boolean => run.getState().load?.loaded === true;
const selected = ({ selection }: Services): readonly string[] => selection.getState().elements;
const anySelected = (services: Services): boolean => selected(services).length > 0;
const changeable = ({ document }: Services): boolean => document.getState().readOnly === undefined;
const everything = ({ document }: Services): readonly string[] => Object.keys(document.getState().document.elements);

export const stateCommands: readonly Command[] = [
  {
    id: 'state.reset',
    title: 'Reset the state of the selected blocks',
    group: 'Run',
    words: ['reset_state', 'membrane', 'initial'],
    enabled: (services) => loaded(services) && anySelected(services),
    run: (services) => void changeState(services, 'reset', selected(services)),
  },
  {
    id: 'state.randomise',
    title: 'Randomise the state of the selected blocks',
    group: 'Run',
    words: ['randomize_state', 'randomize', 'random', 'membrane', 'initial'],
    enabled: (services) => loaded(services) && anySelected(services),
    run: (services) => void changeState(services, 'randomise', selected(services)),
  },
  {
    id: 'state.resetAll',
    title: 'Reset the state of all blocks',
    group: 'Run',
    words: ['reset_state', 'network', 'initial'],
    enabled: loaded,
    run: (services) => void changeState(services, 'reset', null),
  },
  {
    id: 'state.randomiseAll',
    title: 'Randomise the state of all blocks',
    group: 'Run',
    words: ['randomize_state', 'randomize', 'random', 'network', 'initial'],
    enabled: loaded,
    run: (services) => void changeState(services, 'randomise', null),
  },
  {
    id: 'run.resetTime',
    title: 'Set the clock back to 0, keep the state',
    group: 'Run',
    words: ['reset_time', 'time', 'zero'],
    enabled: loaded,
    run: ({ runs }) => void runs.resetTime(),
  },
  {
    id: 'edit.resetParameters',
    title: 'Reset the parameters of the selected blocks to their defaults',
    group: 'Edit',
    words: ['reset_parameters', 'default'],
    enabled: (services) => changeable(services) && anySelected(services),
    run: (services) => resetParameters(services, selected(services)),
  },
  {
    id: 'edit.parametersAsInFile',
    title: 'Reset the parameters of the selected blocks to those of the file',
    group: 'Edit',
    words: ['reset_parameters', 'saved', 'revert'],
    enabled: (services) => changeable(services) && anySelected(services) && hasFile(services),
    run: (services) => void parametersAsInFile(services, selected(services)),
  },
  {
    id: 'edit.allParametersAsInFile',
    title: 'Reset all parameters to those of the file',
    group: 'Edit',
    words: ['reset_parameters', 'saved', 'revert', 'network'],
    enabled: (services) => changeable(services) && hasFile(services),
    run: (services) => void parametersAsInFile(services, everything(services)),
  },
];

function hasFile({ document }: Services): boolean {
  return document.getState().file !== undefined;
}
