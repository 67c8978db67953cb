/** Where the keyboard goes when a dialog closes: back to where it was, also when one dialog took the place of another. */
import { useLayoutEffect, useState } from 'react';

/** What had the keyboard before the dialogs that are open, if it came there by keys or takes text; how many are open. */
const memory: { opener: HTMLElement | undefined; open: number } = { opener: undefined, open: 0 };

/** For a dialog that is there as long as it is open. */
export function useFocusReturn(): void {
  // Asked while rendering: fields that take the keyboard at once have it before any effect runs.
  const [before] = useState(keyboardPlace);
  useLayoutEffect(() => {
    if (before !== 'dialog') memory.opener = before;
    memory.open += 1;
    return () => {
      memory.open -= 1;
      queueMicrotask(giveBack);
    };
  }, [before]);
}

/** Another dialog keeps the opener of the first; after a click the keys belong to the workbench, so a button is none. */
function keyboardPlace(): HTMLElement | 'dialog' | undefined {
  const place = document.activeElement;
  if (!(place instanceof HTMLElement)) return undefined;
  if (place.closest('[role="dialog"]') !== null) return 'dialog';
  if (!place.matches(':focus-visible')) return undefined;
  const menu = place.closest('[role="menu"]');
  return menu === null
    ? place
    : (document.querySelector<HTMLElement>('[aria-haspopup="menu"][aria-expanded="true"]') ?? undefined);
}

/** Only where closing has left the keyboard nowhere. */
function giveBack(): void {
  const { opener, open } = memory;
  const lost = document.activeElement === null || document.activeElement === document.body;
  if (open === 0 && lost && opener?.isConnected === true) opener.focus({ preventScroll: true });
}
