/** Search in the text of a program: the lines that hold what is wanted, and a line cut where it does. */

export interface MarkedPart {
  readonly text: string;
  readonly marked: boolean;
}

/** Numbers of the lines that hold the text, upper and lower case alike; none for an empty one. */
export function foundLines(lines: readonly string[], wanted: string): readonly number[] {
  const sought = pattern(wanted);
  return sought === undefined ? [] : lines.flatMap((line, index) => (line.search(sought) >= 0 ? [index] : []));
}

/** The line in parts, those that were sought marked; together they are the line. */
export function markedParts(line: string, wanted: string): readonly MarkedPart[] {
  const sought = pattern(wanted);
  if (sought === undefined) return [{ text: line, marked: false }];
  return line
    .split(sought)
    .map((text, index) => ({ text, marked: index % 2 === 1 }))
    .filter(({ text }) => text !== '');
}

function pattern(wanted: string): RegExp | undefined {
  const text = wanted.trim().replaceAll(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
  return text === '' ? undefined : new RegExp(`(${text})`, 'iu');
}
