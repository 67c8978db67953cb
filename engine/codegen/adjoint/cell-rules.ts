/** What a piece may do with the elements of one signal, so that its turns can be undone in any order. */
import { NotDifferentiable } from './not-differentiable.ts';
import type { Node } from './node.ts';
import type { Cell } from './trace.ts';

/** Throws where turns of the loops could meet in an element that is not only added to. */
export function checkCells(cells: readonly Cell[], loops: readonly string[]): void {
  for (const cell of cells) {
    if (cell.final === undefined || addsOnly(cell.final, cell.initial)) continue;
    if (!loops.every((index) => goesWith(cell.index, index)))
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

/** Index plus or minus what does not depend on it, or times a constant: other turns, other places. */
function goesWith({ operation, operands }: Node, index: string): boolean {
  if (operation.kind === 'local') return operation.name === index;
  if (operation.kind !== 'binary') return false;
  const { operator } = operation;
  if (operator === 'add' || operator === 'subtract') return operands.some((operand) => goesWith(operand, index));
  const scaled = operator === 'multiply' && operands.some((side) => side.operation.kind === 'i32');
  return scaled && operands.some((operand) => goesWith(operand, index));
}

function areApart(left: Node, right: Node, loops: readonly string[]): boolean {
  return loops.length === 0 && left.operation.kind === 'i32' && right.operation.kind === 'i32';
}
