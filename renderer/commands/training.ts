/** Commands on training. */
import { findRecord } from '../../engine/model/records.ts';
import type { Services } from '../stores/services.ts';
import type { Command } from './command.ts';
import { addObjective, trainableMatrices, trainMatrices, trainNothing } from './training-gestures.ts';

const changeable = ({ document }: Services): boolean => document.getState().readOnly === undefined;
const selected = ({ selection }: Services): readonly string[] => selection.getState().elements;

export const trainingCommands: readonly Command[] = [
  {
    id: 'train.open',
    title: 'Train…',
    group: 'Run',
    words: ['learn', 'fit', 'gradient', 'loss', 'objective', 'epochs', 'train_rr', 'train_output_target'],
    run: ({ session }) => session.getState().change({ dialog: { kind: 'training' } }),
  },
  {
    id: 'train.objective',
    title: 'Add a training objective',
    group: 'Canvas',
    words: ['learn', 'loss', 'target'],
    enabled: changeable,
    run: addObjective,
  },
  {
    id: 'train.weights',
    title: 'Train the weights of the selected blocks',
    group: 'Edit',
    words: ['trainable', 'learn', 'matrix', 'mark'],
    enabled: (services) => changeable(services) && trainableMatrices(services, selected(services)).length > 0,
    run: (services) => trainMatrices(services, selected(services)),
  },
  {
    id: 'train.nothing',
    title: 'Train nothing of the selected blocks',
    group: 'Edit',
    words: ['trainable', 'freeze', 'mark'],
    enabled: (services) => changeable(services) && selected(services).some((id) => marked(services, id)),
    run: (services) => trainNothing(services, selected(services)),
  },
];

function marked({ document }: Services, id: string): boolean {
  return findRecord(document.getState().document.elements, id)?.trainable !== undefined;
}
