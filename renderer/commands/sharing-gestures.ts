/** What a person does about a project that another window writes, and with projects that only a journal keeps. */
import { disposable, type Disposable } from '../../engine/base/disposable.ts';
import { ask, type ElsewhereQuestion } from '../stores/decisions.ts';
import type { Services } from '../stores/services.ts';
import { mayLeave, saveProject } from './file-gestures.ts';

/** Asks what to do about the open project, which another window writes (`lost`: and which was written here until now). */
export async function settleElsewhere(services: Services, here: 'viewing' | 'lost'): Promise<void> {
  const { document, session } = services;
  const { name } = document.getState().document;
  const choice = await ask<ElsewhereQuestion>(session, { kind: 'elsewhere', name, here }, 'cancel');
  if (choice === 'take') await takeOver(services);
  if (choice === 'copy') await saveCopy(services);
}

/** Asks at once whenever another window takes the open project over. */
export function tellWhenTaken(services: Services): Disposable {
  const { document } = services;
  return disposable(
    document.subscribe((now, before) => {
      const taken = now.readOnly === 'elsewhere' && before.readOnly !== 'elsewhere' && now.serial === before.serial;
      if (taken) void settleElsewhere(services, 'lost');
    }),
  );
}

export async function openKept(services: Services, journalId: string): Promise<void> {
  if (!(await mayLeave(services))) return;
  if (await services.documents.openKept(journalId)) await services.runs.reload(false);
}

async function takeOver({ documents, runs }: Services): Promise<void> {
  if (await documents.takeOver()) await runs.reload(false);
}

async function saveCopy(services: Services): Promise<void> {
  if (!(await services.documents.continueAsCopy())) return;
  await services.runs.reload(false);
  await saveProject(services, true);
}
