/** Where the keyboard goes when something that hung from a button closes. */

/** Back to the button for those who use keys; after a click the keys belong to the workbench again (Space runs). */
export function backToTrigger(how: string): boolean {
  return how === 'keyboard' || (how === '' && document.activeElement?.matches(':focus-visible') === true);
}
