/** The writing of a key press: `Mod+Shift+Z`, `Space`, `.`, `?`. */

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** The press as the registry writes it; undefined while only modifiers are held. */
export function keysOf(press: Press, apple: boolean): string | undefined {
  if (/^(Control|Shift|Alt|AltGraph|Meta|CapsLock)$/.test(press.key)) return undefined;
  const key = keyName(press);
  const held: readonly (readonly [boolean, string])[] = [
    [apple ? press.metaKey : press.ctrlKey, 'Mod'],
    [press.altKey, 'Alt'],
    [press.shiftKey && !printsShift(key), 'Shift'],
  ];
  return [...held.filter(([down]) => down).map(([, name]) => name), key].join('+');
}

const keyNames: Readonly<Record<string, string>> = { ' ': 'Space', Backspace: 'Delete', '>': '.' };

/** What the key prints; with a modifier held, letters by their place, so that no layout and no Alt changes them. */
function keyName(press: Press): string {
  const { key, code, ctrlKey, metaKey, altKey } = press;
  if ((ctrlKey || metaKey || altKey) && /^Key[A-Z]$/.test(code)) return code.slice(3);
  if (code === 'Period') return '.';
  if (isShiftedComma(press)) return ',';
  return keyNames[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}

/** On the key of the comma, Shift prints another sign: `<` or `;`. */
function isShiftedComma({ key, code, shiftKey }: Press): boolean {
  return code === 'Comma' && shiftKey && /[<;]/.test(key);
}

/** Signs such as `?` and `[` are written as they are printed, whether Shift was needed for them or not. */
function printsShift(key: string): boolean {
  return key.length === 1 && !/[A-Z.,]/.test(key);
}

/** Whether a field would take the keys as text. */
export function printsSign(keys: string): boolean {
  const key = keys.replace(/^Shift\+(?=.)/, '');
  return key.length === 1 || key === 'Space';
}
