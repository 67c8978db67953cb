/** What a window asks its person in the system's own message boxes. */
import type { ClosingState } from '../../engine/platform/host.ts';
import type { LeavingChoice } from './closing.ts';

export interface Message {
  type: 'question' | 'warning' | 'error';
  message: string;
  detail: string;
  buttons: string[];
  defaultId: number;
  cancelId: number;
  noLink: boolean;
  /** Closes the box from outside; the answer is that of Cancel. */
  signal?: AbortSignal;
}

/** Shows a message box on the window; resolves to the index of the button. */
export type ShowMessage = (message: Message) => Promise<number>;

export interface Prompts {
  offerSave(state: ClosingState): Promise<LeavingChoice>;
  /** Whether to close a window whose page does not answer. */
  warnOfSilence(): Promise<boolean>;
  /** Whether to load a page again that does not react; the box goes when `signal` says that it does. */
  warnOfStandstill(signal: AbortSignal): Promise<boolean>;
  tellOfCrash(reason: string): Promise<void>;
  /** Whether to load a page again that ended again and again. */
  warnOfCrashes(reason: string): Promise<boolean>;
}

const kept = 'Every edit is in the journal and is here again at the next start.';

export function createPrompts(show: ShowMessage): Prompts {
  const first = async (message: Omit<Message, 'defaultId' | 'cancelId' | 'noLink'>): Promise<boolean> =>
    (await show({ ...message, defaultId: 0, cancelId: 1, noLink: true })) === 0;
  return {
    async offerSave({ name, pending }) {
      const choice = await show({
        type: pending ? 'warning' : 'question',
        message: `Save the changes to “${name === '' ? 'Untitled' : name}” before closing?`,
        detail: pending
          ? 'The journal does not hold the latest edits yet: without saving they are lost.'
          : `Without saving, the file stays as it is. ${kept}`,
        buttons: ['Save', 'Close without saving', 'Cancel'],
        defaultId: 0,
        cancelId: 2,
        noLink: true,
      });
      return (['save', 'discard'] as const)[choice] ?? 'cancel';
    },
    warnOfSilence: () =>
      first({
        type: 'warning',
        message: 'The workbench does not answer.',
        detail: `It may be busy for a moment longer. ${kept}`,
        buttons: ['Close', 'Wait'],
      }),
    warnOfStandstill: (signal) =>
      first({
        type: 'warning',
        message: 'The workbench does not react.',
        detail: `Loading it again ends the run. ${kept}`,
        buttons: ['Load again', 'Wait'],
        signal,
      }),
    async tellOfCrash(reason) {
      await show({
        type: 'warning',
        message: 'The workbench ended unexpectedly and was loaded again.',
        detail: `Reason: ${reason}. ${kept}`,
        buttons: ['Go on'],
        defaultId: 0,
        cancelId: 0,
        noLink: true,
      });
    },
    warnOfCrashes: (reason) =>
      first({
        type: 'error',
        message: 'The workbench ends again and again.',
        detail: `Reason: ${reason}. ${kept}`,
        buttons: ['Load again', 'Close'],
      }),
  };
}
