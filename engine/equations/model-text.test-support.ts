/** Writing models, statement blocks, events, handlers and moments as text; only tests need that: everything else keeps what people wrote. */
import type { Moment } from './moment.ts';
import { printStatement, printTree } from './print.ts';
import type { PlainDefinition } from './random-models.test-support.ts';
import type { StatementTree, Tree } from './tree.ts';

/** A definition on a line of its own. */
export function printDefinition({ kind, name, expression, unitText, flags }: PlainDefinition): string {
  const left = kind === 'differential' ? `d${name}/dt` : name;
  const right = expression === undefined ? '' : ` = ${printTree(expression)}`;
  return `${left}${right} : ${unitText}${flags.length === 0 ? '' : ` (${flags.join(', ')})`}`;
}

/** A statement block, one statement per line or all on one. */
export function printBlock(statements: readonly StatementTree[], separator: '\n' | '; ' = '\n'): string {
  return statements.map(printStatement).join(separator);
}

/** `NAME: condition -> statements`. */
export function printEvent(name: string, condition: Tree, statements: readonly StatementTree[]): string {
  return `${name}: ${printTree(condition)} -> ${printBlock(statements)}`;
}

/** `on PORT: statements`. */
export function printHandler(port: string, statements: readonly StatementTree[]): string {
  return `on ${port}: ${printBlock(statements)}`;
}

/** `every INTERVAL in SLOT order N:` with the statements below. */
export function printUpdate(moment: Moment, statements: readonly StatementTree[]): string {
  const { everySeconds, slot, side, order } = moment;
  const interval = everySeconds === undefined ? 'step' : `${everySeconds}*second`;
  const place = side === 'in' ? slot : `${side}_${slot}`;
  return `every ${interval} in ${place} order ${order}:\n${printBlock(statements)}`;
}
