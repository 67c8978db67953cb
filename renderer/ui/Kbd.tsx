/** A keyboard shortcut as it is printed on the keys of this machine. */
export const isApple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

const arrows = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓' };
const apple: Readonly<Record<string, string>> = {
  Mod: '⌘',
  Shift: '⇧',
  Alt: '⌥',
  Enter: '↵',
  Escape: 'Esc',
  Delete: '⌫',
  ...arrows,
};
const other: Readonly<Record<string, string>> = { Mod: 'Ctrl', Escape: 'Esc', Delete: 'Del', ...arrows };

/** `Mod+Shift+Z` as `⇧⌘Z` or `Ctrl+Shift+Z`. */
export function printKeys(keys: string): string {
  const names = isApple ? apple : other;
  const words = keys.split(/\+(?=.)/).map((part) => names[part] ?? part);
  return words.join(isApple ? '' : '+');
}

export function Kbd({ keys }: { readonly keys: string }) {
  return <kbd className="kbd">{printKeys(keys)}</kbd>;
}
