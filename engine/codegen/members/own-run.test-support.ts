/** What a member of a batch computes, as a run of its own: the program with the random numbers of that member. */
import * as ir from '../../build/ir/expressions.ts';
import { kernel, type KernelStatement } from '../../build/ir/kernels.ts';
import { loop, store } from '../../build/ir/statements.ts';
import type { Statement } from '../../build/ir/types.ts';
import type { Operator, Program, Signal } from '../../build/program.ts';
import { lengthOf } from '../layout.ts';
import { drawsOf } from './member-operators.ts';
import { moved } from './move.ts';
import { memberSignals, type MemberChoice } from './which-signals.ts';

/** The program that member `member` of the batch is a run of. */
export function ownRun(program: Program, choice: MemberChoice, member: number): Program {
  const signals = memberSignals(program, choice);
  const scratch: Signal[] = [];
  const own = (operator: Operator): Operator => {
    const body = moved(operator.body, {
      member: ir.i32(member),
      draws: drawsOf(operator, signals),
      place: (_, index) => index,
    });
    if (signals.drawsAlike(operator.element)) return { ...operator, body };
    const counted = body.flatMap((statement, place) =>
      countsOfMember(statement, `${operator.id}/${place}`, member, scratch),
    );
    return { ...operator, sets: [...operator.sets, ...scratch.map(({ id }) => id)], body: counted };
  };
  const operators = program.operators.map(own);
  const settling = program.settling === undefined ? {} : { settling: program.settling.map(own) };
  return { ...program, operators, ...settling, signals: [...program.signals, ...scratch] };
}

/** Counts are those of the cells from member·cells on. */
function countsOfMember(statement: Statement, id: string, member: number, scratch: Signal[]): Statement[] {
  if (statement.kind !== 'kernel' || statement.kernel !== 'poisson-counts' || member === 0) return [statement];
  const { cells = 0 } = statement.numbers;
  const counts = statement.signals['counts'] as string;
  scratch.push({
    ...{ id: `scratch/${id}`, element: '', name: id, type: 'u16', shape: [(member + 1) * cells] },
    ...{ initial: 0, unit: '1', role: 'transient' },
  });
  const index = ir.add(ir.i32(member * cells), ir.i32Local('count#'));
  return [
    withCells(statement, `scratch/${id}`, (member + 1) * cells),
    loop('count#', 0, cells, [store(counts, ir.i32Local('count#'), ir.loadI32(`scratch/${id}`, index))]),
  ];
}

function withCells(
  { kernel: name, signals, numbers }: KernelStatement,
  counts: string,
  cells: number,
): KernelStatement {
  return kernel(name, { ...signals, counts }, { ...numbers, cells });
}

/** The contents of a signal of a batch that belong to a member. */
export function partOf(values: ArrayLike<number>, member: number, shape: readonly number[]): number[] {
  const length = lengthOf(shape);
  return Array.from({ length }, (_, place) => values[member * length + place] as number);
}
