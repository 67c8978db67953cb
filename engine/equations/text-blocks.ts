/** Texts of several blocks, each with a heading: events, handlers, updates at chosen times (rules E34–E36 of SPEC.md). */
import { problem, type Problem, type Span } from '../base/problem.ts';
import { andThen, failed, mapResult, ok, type Result } from '../base/result.ts';
import { lengthProblem } from './lexer.ts';

/** A block of a text. `content` is the whole text with everything outside the block blanked out, so that spans stay true. */
export interface TextBlock {
  /** What stands in the heading. */
  readonly heading: string;
  readonly headingSpan: Span;
  readonly content: string;
}

/** `on PORT: statements`, one or several lines each. */
export function readHandlerBlocks(text: string): Result<readonly TextBlock[]> {
  return readBlocks(text, /^[ \t]*on[ \t]+([A-Za-z_]\w*)[ \t]*:/dgmu, 'A handler starts with "on PORT:".');
}

/** `NAME: condition -> statements`, one or several lines each. */
export function readEventBlocks(text: string): Result<readonly TextBlock[]> {
  return readBlocks(text, /^[ \t]*([A-Za-z_]\w*)[ \t]*:/dgmu, 'An event starts with "NAME:".');
}

/** Plain statements, then blocks `every … :` with statements; the first block has the empty heading. */
export function readTimedBlocks(text: string): Result<readonly TextBlock[]> {
  return mapResult(cutBlocks(text, /^[ \t]*every\b([^:\n#]*):/dgmu), (blocks) => {
    const before = keepOnly(text, 0, blocks[0]?.start ?? text.length);
    const first = { heading: '', headingSpan: { start: 0, end: 0 }, content: before };
    return (isBlank(before) ? [] : [first]).concat(blocks.map(({ block }) => block));
  });
}

/** Where "->" parts the condition of an event from its statements. */
export function splitEvent(block: TextBlock): Result<{ readonly condition: string; readonly statements: string }> {
  const arrow = withoutComments(block.content).indexOf('->');
  if (arrow < 0) {
    return failed(
      problem('equations/syntax', `The event ${block.heading} has no "->" between its condition and its statements.`, {
        hint: 'Write NAME: condition -> statements.',
        at: { span: block.headingSpan },
      }),
    );
  }
  const condition = keepOnly(block.content, 0, arrow);
  if (isBlank(condition)) {
    return failed(
      problem('equations/syntax', `The event ${block.heading} has no condition before its "->".`, {
        hint: 'Write NAME: condition -> statements.',
        at: { span: block.headingSpan },
      }),
    );
  }
  return ok({
    condition,
    statements: keepOnly(block.content, arrow + 2, block.content.length),
  });
}

/** The text with all but [start, end) turned into blanks; line ends stay. */
export function keepOnly(text: string, start: number, end: number): string {
  return blank(text.slice(0, start)) + text.slice(start, end) + blank(text.slice(end));
}

function blank(text: string): string {
  return text
    .split('\n')
    .map((line) => ' '.repeat(line.length))
    .join('\n');
}

function readBlocks(text: string, heading: RegExp, rule: string): Result<readonly TextBlock[]> {
  return andThen(cutBlocks(text, heading), (blocks) => {
    const end = blocks[0]?.start ?? text.length;
    if (!isBlank(text.slice(0, end))) return failed(strayText(text, end, rule));
    return ok(blocks.map(({ block }) => block));
  });
}

interface CutBlock {
  readonly start: number;
  readonly block: TextBlock;
}

/** Blocks that one text may have. */
const mostBlocks = 256;

/** Fails with `equations/syntax` where the text is too long or has too many blocks. */
function cutBlocks(text: string, heading: RegExp): Result<readonly CutBlock[]> {
  const tooLong = lengthProblem(text);
  if (tooLong !== undefined) return failed(tooLong);
  const found = [...text.matchAll(heading)];
  const over = found[mostBlocks];
  if (over === undefined) return ok(blocksAt(text, found));
  const span = { start: over.index, end: over.index + over[0].length };
  return failed(problem('equations/syntax', `The text has more than ${mostBlocks} blocks.`, { at: { span } }));
}

function blocksAt(text: string, found: readonly RegExpExecArray[]): readonly CutBlock[] {
  return found.map((match, index) => {
    const start = match.index;
    const after = start + match[0].length;
    const [first, last] = match.indices?.[1] ?? [start, after];
    const heading = text.slice(first, last).trim();
    const from = text.indexOf(heading, first);
    const block = {
      heading,
      headingSpan: { start: from, end: from + heading.length },
      content: keepOnly(text, after, found[index + 1]?.index ?? text.length),
    };
    return { start, block };
  });
}

/** Nothing but blanks and comments. */
function isBlank(text: string): boolean {
  return withoutComments(text).trim() === '';
}

/** The text with blanks for comments. */
function withoutComments(text: string): string {
  return text.replaceAll(/#[^\n]*/gu, (comment) => ' '.repeat(comment.length));
}

function strayText(text: string, end: number, rule: string): Problem {
  const start = /\S/u.exec(text)?.index ?? 0;
  const line = text.indexOf('\n', start);
  const stop = Math.min(end, line < 0 ? text.length : line);
  return problem('equations/syntax', `"${text.slice(start, stop).trim()}" belongs to nothing.`, {
    hint: rule,
    at: { span: { start, end: stop } },
  });
}
