/** What a piece may do with the elements of one signal, so that its turns can be undone in any order. */
import type { Expression, SignalId } from '../../build/ir/types.ts';
import { NotDifferentiable } from './not-differentiable.ts';
import type { Node } from './node.ts';
import type { Level } from './pieces.ts';
import type { Cell } from './trace.ts';

/** What is known of whole numbers in memory. */
export interface KnownTables {
  /** Whether a constant holds no number twice: other places, other numbers. */
  isDistinct(signal: SignalId): boolean;
  /** Whether a constant holds numbers that do not descend. */
  isAscending(signal: SignalId): boolean;
}

/** Throws where turns of the loops could meet in an element that is not only added to. */
export function checkCells(cells: readonly Cell[], levels: readonly Level[], tables: KnownTables): void {
  const around = levels.filter((level) => level.kind === 'loop');
  const loops = around.map(({ index }) => index);
  for (const cell of cells) {
    if (cell.final === undefined || addsOnly(cell.final, cell.initial)) continue;
    if (!loops.every((index) => goesWith(cell.index, index, { around, tables })))
      throw new NotDifferentiable(`it writes ${cell.signal} at places that could meet`);
    const others = cells.filter((other) => other !== cell && other.signal === cell.signal);
    if (!others.every((other) => areApart(other.index, cell.index, loops)))
      throw new NotDifferentiable(`it writes ${cell.signal} and reads it at other places`);
  }
}

/** Whether a cell keeps what it held, plus something that does not depend on it. */
function addsOnly(final: Node, initial: Node | undefined): boolean {
  if (initial === undefined) return false;
  if (final === initial) return true;
  const { operation, operands } = final;
  if (operation.kind === 'select') {
    const [condition, ...sides] = operands;
    return (
      (condition === undefined || !dependsOn(condition, initial)) && sides.every((side) => addsOnly(side, initial))
    );
  }
  if (operation.kind !== 'binary' || operation.operator !== 'add') return false;
  const [kept, ...added] = operands;
  return kept !== undefined && addsOnly(kept, initial) && !added.some((term) => dependsOn(term, initial));
}

function dependsOn(node: Node, searched: Node): boolean {
  return node === searched || node.operands.some((operand) => dependsOn(operand, searched));
}

interface Nest {
  readonly around: readonly Extract<Level, { kind: 'loop' }>[];
  readonly tables: KnownTables;
}

/**
 * Index plus or minus what does not depend on it, or times a constant, or the number there in a table that holds none
 * twice, or the index of a loop over the part of a table that belongs to it: other turns, other places.
 */
function goesWith({ operation, operands }: Node, index: string, nest: Nest): boolean {
  if (operation.kind === 'local') return operation.name === index || isPartOf(operation.name, index, nest);
  const inside = (): boolean => operands.some((operand) => goesWith(operand, index, nest));
  if (operation.kind === 'load') return nest.tables.isDistinct(operation.signal) && inside();
  if (operation.kind !== 'binary') return false;
  const { operator } = operation;
  if (operator === 'add' || operator === 'subtract') return inside();
  return operator === 'multiply' && operands.some((side) => side.operation.kind === 'i32') && inside();
}

/** Whether a loop goes from starts[index] to starts[index + 1]: the parts of different turns have nothing in common. */
function isPartOf(name: string, index: string, { around, tables }: Nest): boolean {
  const loop = around.find((one) => one.index === name);
  if (loop?.from.kind !== 'load' || loop.to.kind !== 'load' || loop.from.signal !== loop.to.signal) return false;
  return isAt(loop.from.index, index, 0) && isAt(loop.to.index, index, 1) && tables.isAscending(loop.from.signal);
}

/** Whether a place is so far behind an index. */
function isAt(place: Expression, index: string, ahead: number): boolean {
  if (place.kind === 'local') return ahead === 0 && place.name === index;
  if (place.kind !== 'binary' || place.operator !== 'add' || place.right.kind !== 'i32') return false;
  return place.right.value === ahead && isAt(place.left, index, 0);
}

function areApart(left: Node, right: Node, loops: readonly string[]): boolean {
  return loops.length === 0 && left.operation.kind === 'i32' && right.operation.kind === 'i32';
}
