/** All commands. */
import { createRegistry } from '../../engine/base/registry.ts';
import { defined } from '../../engine/base/assert.ts';
import type { Services } from '../stores/services.ts';
import { canvasCommands } from './canvas.ts';
import type { Command } from './command.ts';
import { editCommands } from './edit.ts';
import { fileCommands } from './file.ts';
import { helpCommands } from './help.ts';
import { measureCommands } from './measures.ts';
import { trainingCommands } from './training.ts';
import { plotCommands } from './plots.ts';
import { runCommands } from './run.ts';
import { stateCommands } from './state.ts';
import { viewCommands } from './view.ts';

export const commands = createRegistry<Command>('command', [
  ...fileCommands,
  ...editCommands,
  ...canvasCommands,
  ...runCommands,
  ...stateCommands,
  ...measureCommands,
  ...trainingCommands,
  ...viewCommands,
  ...plotCommands,
  ...helpCommands,
]);

/** The command with this id; an unknown one is a bug. */
export function commandOf(id: string): Command {
  return defined(commands.find(id), `unknown command "${id}"`);
}

export function isEnabled(command: Command, services: Services): boolean {
  return command.enabled?.(services) ?? true;
}

/** Runs the command if it can be run now; says whether it was. */
export function runCommand(command: Command, services: Services): boolean {
  if (!isEnabled(command, services)) return false;
  command.run(services);
  return true;
}
