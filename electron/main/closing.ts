/** Closing a window: the rules from the wish to close until it is closed or kept. */
import type { ClosingState } from '../../engine/platform/host.ts';

/** Where a window stands on its way out. */
export type ClosingStep =
  | 'open'
  /** The page was asked what there is to save. */
  | 'asked'
  /** It does not answer; the person decides whether to wait. */
  | 'warned'
  /** The person decides about unsaved changes. */
  | 'choosing'
  /** The page saves. */
  | 'saving'
  | 'closed';

export type LeavingChoice = 'save' | 'discard' | 'cancel';

export type ClosingEvent =
  | { readonly kind: 'close' }
  | { readonly kind: 'answered'; readonly state: ClosingState }
  | { readonly kind: 'silence' }
  /** The person's answer to the warning. */
  | { readonly kind: 'decided'; readonly close: boolean }
  | { readonly kind: 'chosen'; readonly choice: LeavingChoice }
  | { readonly kind: 'saved'; readonly saved: boolean }
  /** The page died; a new one takes its place. */
  | { readonly kind: 'pageGone' };

export type ClosingAction = 'ask' | 'warn' | 'offerSave' | 'save' | 'destroy';

export interface ClosingMove {
  readonly step: ClosingStep;
  readonly action?: ClosingAction;
}

/** What follows from an event; an event that means nothing at this step changes nothing. */
export function nextClosing(step: ClosingStep, event: ClosingEvent): ClosingMove {
  switch (event.kind) {
    case 'close':
      return step === 'open' ? { step: 'asked', action: 'ask' } : { step };
    case 'answered':
      return step === 'asked' ? answered(event.state) : { step };
    case 'silence':
      return step === 'asked' ? { step: 'warned', action: 'warn' } : { step };
    case 'decided':
      if (step !== 'warned') return { step };
      return event.close ? closed : { step: 'open' };
    case 'chosen':
      return step === 'choosing' ? chosen(event.choice) : { step };
    case 'saved':
      if (step !== 'saving') return { step };
      return event.saved ? closed : { step: 'open' };
    case 'pageGone':
      return pageGone(step);
  }
}

const closed: ClosingMove = { step: 'closed', action: 'destroy' };

function answered({ unsaved, pending }: ClosingState): ClosingMove {
  return unsaved || pending ? { step: 'choosing', action: 'offerSave' } : closed;
}

function chosen(choice: LeavingChoice): ClosingMove {
  if (choice === 'save') return { step: 'saving', action: 'save' };
  return choice === 'discard' ? closed : { step: 'open' };
}

/** Who waited for the page to close has their wish; who was about to save gets the page back, with its journal. */
function pageGone(step: ClosingStep): ClosingMove {
  if (step === 'asked' || step === 'warned') return closed;
  return step === 'closed' ? { step } : { step: 'open' };
}

/** What closing does to the world. */
export interface ClosingOutside {
  /** Asks the page; its answer comes as `answered`. */
  ask(): void;
  /** Tells the page to save; its answer comes as `saved`. */
  save(): void;
  /** Whether to close although the page does not answer. */
  warn(): Promise<boolean>;
  offerSave(state: ClosingState): Promise<LeavingChoice>;
  destroy(): void;
}

export interface Closing {
  tell(event: Extract<ClosingEvent, { kind: 'close' | 'answered' | 'saved' | 'pageGone' }>): void;
}

/** How long a page may take to say what there is to save, milliseconds. */
export const answerMilliseconds = 2_000;

/** Follows the rules for one window. */
export function createClosing(outside: ClosingOutside): Closing {
  let step: ClosingStep = 'open';
  let state: ClosingState | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function tell(event: ClosingEvent): void {
    if (event.kind === 'answered') state = event.state;
    const move = nextClosing(step, event);
    if (move.step !== 'asked') clearTimeout(timer);
    step = move.step;
    if (move.action !== undefined) act[move.action]();
  }
  const act: Readonly<Record<ClosingAction, () => void>> = {
    ask() {
      outside.ask();
      timer = setTimeout(() => tell({ kind: 'silence' }), answerMilliseconds);
    },
    warn: () => void outside.warn().then((close) => tell({ kind: 'decided', close })),
    offerSave() {
      if (state !== undefined) void outside.offerSave(state).then((choice) => tell({ kind: 'chosen', choice }));
    },
    save: () => outside.save(),
    destroy: () => outside.destroy(),
  };
  return { tell };
}
