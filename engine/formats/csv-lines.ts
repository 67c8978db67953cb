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
  const lines: CsvLine[] = [];
  const raw = text.split(/\r\n|\r|\n/);
  for (let index = 0; index < raw.length; index += 1) {
    const line = index + 1;
    let content = raw[index] as string;
    if (content.trim() === '' || content.startsWith('#')) continue;
    while (hasOpenQuote(content) && index + 1 < raw.length && index + 1 < line + 100) {
      index += 1;
      content += `\n${raw[index] as string}`;
    }
    lines.push({ line, fields: splitLine(content, delimiter) });
  }
  return lines;
}

/** An odd number of quotes: a quoted field goes on in the next line. */
function hasOpenQuote(text: string): boolean {
  let quotes = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) quotes += 1;
  return quotes % 2 === 1;
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
