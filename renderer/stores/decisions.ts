/** Decisions that only the person can take about their work; each way out is written down, and closing the question takes the harmless one. */
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import type { SessionStore } from './session-store.ts';

/** How much there is in a project, to tell one version from another. */
export interface Extent {
  readonly elements: number;
  readonly connections: number;
}

/** After a crash: what is open now. */
export interface RecoveryQuestion {
  readonly kind: 'recovery';
  readonly name: string;
  /** Steps after the last save. */
  readonly steps: number;
  /** Time of the last one, milliseconds since 1970. */
  readonly lastAt: number;
  /** What the last ones did, the latest first. */
  readonly labels: readonly string[];
  /** Name of the file, when there is one. */
  readonly file: string | undefined;
  decide(choice: 'recovered' | 'saved' | 'empty'): void;
}

/** The file holds something that was not written here. */
export interface ChangedFileQuestion {
  readonly kind: 'changedFile';
  readonly file: string;
  readonly mine: Extent;
  /** undefined when the file is no project that can be opened. */
  readonly theirs: Extent | undefined;
  /** When the file was last read or written here, milliseconds since 1970. */
  readonly seenAt: number | undefined;
  decide(choice: 'replace' | 'copy' | 'open' | 'later'): void;
}

/** Another window writes the project. */
export interface ElsewhereQuestion {
  readonly kind: 'elsewhere';
  readonly name: string;
  /** `viewing`: it is open in this window too, read-only; `lost`: it was written here until now. */
  readonly here: 'no' | 'viewing' | 'lost';
  decide(choice: 'readOnly' | 'take' | 'copy' | 'cancel'): void;
}

export type Question = RecoveryQuestion | ChangedFileQuestion | ElsewhereQuestion;

type Choice<Q extends Question> = Parameters<Q['decide']>[0];

/** Asks; when something else takes the place of the question, the answer is `otherwise`. */
export function ask<Q extends Question>(
  session: SessionStore,
  question: Omit<Q, 'decide'>,
  otherwise: Choice<Q>,
): Promise<Choice<Q>> {
  return new Promise((resolve) => {
    let stop = (): void => undefined;
    const end = (choice: Choice<Q>): void => {
      stop();
      resolve(choice);
      if (session.getState().dialog === dialog) session.getState().change({ dialog: undefined });
    };
    const dialog = { ...question, decide: end } as unknown as Question;
    session.getState().change({ dialog });
    stop = session.subscribe((now) => {
      if (now.dialog !== dialog) end(otherwise);
    });
  });
}

export function extentOf({ elements, connections }: SpikeloomDocument): Extent {
  return { elements: Object.keys(elements).length, connections: Object.keys(connections).length };
}
