/** Lines of a CSV text cut into fields, and the guess which character separates them. */

export const delimiters = ['\t', ';', ',', ' '] as const;
/** `' '` stands for any run of blanks and tabs. */
export type Delimiter = (typeof delimiters)[number];

/** Fields of one line, without quotes around them. */
export interface CsvLine {
  /** One-based number of the line in the file. */
  readonly line: number;
  readonly fields: readonly string[];
}

/** The delimiter that splits most of the first lines into the same number of fields; `,` when none does. */
export function guessDelimiter(text: string): Delimiter {
  const sample = text
    .slice(0, 20_000)
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .slice(0, 30);
  let best: Delimiter = ',';
  let bestShare = 0;
  for (const delimiter of delimiters) {
    const share = shareOfUsualWidth(sample.map((line) => splitLine(line, delimiter).length));
    if (share > bestShare) {
      best = delimiter;
      bestShare = share;
    }
  }
  return best;
}

/** Share of lines that have the most frequent number of fields, 0 when that is a single field. */
function shareOfUsualWidth(widths: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  const [usual, count] = [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most), [1, 0]);
  return usual <= 1 ? 0 : count / widths.length;
}

/** All lines that hold anything; blank lines and lines that start with # are left out. A quoted field may go over several lines. */
export function splitLines(text: string, delimiter: Delimiter): CsvLine[] {
  return [...linesOf(text, delimiter)];
}

/** What a table may hold at most: letters of a line, lines. */
export const lineLimits = { letters: 1_048_576, lines: 10_000_000 } as const;

/** Lines that a quoted field may go over. */
const mostQuotedLines = 100;

/** The lines one by one, as `splitLines` gives them. A line beyond the limits has no fields at all, and is the last. */
export function* linesOf(text: string, delimiter: Delimiter): Generator<CsvLine> {
  let line = 1;
  for (let start = 0; start <= text.length;) {
    const firstEnd = endOfLine(text, start);
    const skipped = text[start] === '#' || text.slice(start, firstEnd).trim() === '';
    const { end, count } = skipped ? { end: firstEnd, count: 1 } : endOfQuoted(text, start, firstEnd);
    if (end - start > lineLimits.letters || line > lineLimits.lines) {
      yield { line, fields: [] };
      return;
    }
    if (!skipped) yield { line, fields: splitLine(text.slice(start, end), delimiter) };
    line += count;
    start = end < text.length ? afterBreak(text, end) : text.length + 1;
  }
}

/** Where a line ends whose quoted field may go on in the next ones, and how many lines that are. */
function endOfQuoted(text: string, start: number, firstEnd: number): { end: number; count: number } {
  let end = firstEnd;
  let count = 1;
  for (let open = hasOddQuotes(text, start, end); open && count < mostQuotedLines && end < text.length; count += 1) {
    const next = afterBreak(text, end);
    end = endOfLine(text, next);
    open = !hasOddQuotes(text, next, end);
  }
  return { end, count };
}

/** Where the line ends, its line break not counted. */
function endOfLine(text: string, start: number): number {
  let at = start;
  while (at < text.length && text.charCodeAt(at) !== 10 && text.charCodeAt(at) !== 13) at += 1;
  return at;
}

/** Where the next line begins after a break (CR LF, CR or LF) at `end`. */
function afterBreak(text: string, end: number): number {
  return end + (text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10 ? 2 : 1);
}

/** An odd number of quotes: a quoted field begins or ends and goes over the line. */
function hasOddQuotes(text: string, start: number, end: number): boolean {
  let odd = false;
  for (let at = start; at < end; at += 1) if (text.charCodeAt(at) === 34) odd = !odd;
  return odd;
}

/** Fields of one line; a doubled quote inside quotes stands for one. */
function splitLine(line: string, delimiter: Delimiter): string[] {
  if (delimiter === ' ')
    return line
      .trim()
      .split(/[ \t]+/)
      .map(unquote);
  if (!line.includes('"')) return line.split(delimiter).map((field) => field.trim());
  const fields: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at <= line.length; at += 1) {
    if (line[at] === '"') quoted = !quoted;
    if (at < line.length && (quoted || line[at] !== delimiter)) continue;
    fields.push(unquote(line.slice(start, at).trim()));
    start = at + 1;
  }
  return fields;
}

function unquote(field: string): string {
  return field.length >= 2 && field.startsWith('"') && field.endsWith('"')
    ? field.slice(1, -1).replaceAll('""', '"').trim()
    : field;
}
