/** Help pages: the few forms of Markdown they use, as data. */

export type HelpBlock =
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** A part of a line: plain, code or strong. */
export interface HelpPart {
  readonly look: 'plain' | 'code' | 'strong';
  readonly text: string;
}

/** The blocks of a page, in order; blank lines part them. */
export function helpBlocks(page: string): readonly HelpBlock[] {
  return page
    .split(/\n{2,}/u)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(helpBlock);
}

function helpBlock(part: string): HelpBlock {
  const heading = /^(##?) (.+)$/u.exec(part);
  if (heading !== null) return { kind: 'heading', level: heading[1] === '#' ? 1 : 2, text: heading[2] ?? '' };
  const lines = part.split('\n');
  if (lines.every((line) => line.startsWith('- '))) return { kind: 'list', items: lines.map((line) => line.slice(2)) };
  if (lines.length > 2 && lines.every((line) => line.startsWith('|'))) {
    const [head = [], , ...rows] = lines.map(cells);
    return { kind: 'table', head, rows };
  }
  return { kind: 'text', text: lines.join(' ') };
}

function cells(line: string): readonly string[] {
  return line
    .replaceAll(/^\||\|$/gu, '')
    .split('|')
    .map((cell) => cell.trim());
}

/** The lines of a block without its marks: sentences of a text, items, rows. */
export function plainText(block: HelpBlock): readonly string[] {
  switch (block.kind) {
    case 'heading':
      return [block.text];
    case 'text':
      return plain(block.text).split(/(?<=[.:]) (?=[A-Z])/u);
    case 'list':
      return block.items.map(plain);
    case 'table':
      return block.rows.map((row) => row.map(plain).join(': '));
  }
}

function plain(text: string): string {
  return helpParts(text)
    .map((part) => part.text)
    .join('');
}

/** Code between backticks and strong words between double stars. */
export function helpParts(text: string): readonly HelpPart[] {
  return text
    .split(/(`[^`]+`|\*\*[A-Z][^*]+\*\*)/u)
    .filter((part) => part !== '')
    .map((part) => {
      if (part.length > 2 && part.startsWith('`')) return { look: 'code', text: part.slice(1, -1) };
      if (part.length > 4 && /^\*\*[A-Z]/u.test(part)) return { look: 'strong', text: part.slice(2, -2) };
      return { look: 'plain', text: part };
    });
}
