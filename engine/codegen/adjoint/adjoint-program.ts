/**
 * From a program to two: `forward` executes the steps and keeps on a tape what `backward` needs; `backward` executes the
 * adjoint of one step, and is called with the numbers of the steps from the last to the first.
 */
import { defined } from '../../base/assert.ts';
import type { Result } from '../../base/result.ts';
import { failed, ok } from '../../base/result.ts';
import * as ir from '../../build/ir/expressions.ts';
import { accumulate, loop, store } from '../../build/ir/statements.ts';
import type { Operator, Program, Signal, SignalId } from '../../build/program.ts';
import { lengthOf } from '../layout.ts';
import { knownTables } from './known-tables.ts';
import { overMasks } from './mask-loops.ts';
import { NotDifferentiable } from './not-differentiable.ts';
import { operatorOf, writtenIn } from './operator-of.ts';
import { piecesOf, type Piece } from './pieces.ts';
import { refusal } from './refusal.ts';
import { reverseKernel, type KernelSurroundings } from './reverse-kernel.ts';
import { reversePiece } from './reverse-piece.ts';
import { activeSignals, writtenBy, type FlowRequest } from './signal-flow.ts';
import { spikeListsIn, type SpikeLists } from './spike-lists.ts';
import { createTape } from './tape.ts';
import { createTurnedMatrices } from './turned.ts';

export interface AdjointRequest extends FlowRequest {
  /** Steps that the tape holds: as many may be executed forward before they are undone. */
  readonly rows: number;
}

export interface AdjointPrograms {
  readonly forward: Program;
  /** Its signals begin with those of `forward`, in the same order: both work in one memory. */
  readonly backward: Program;
  /** f64 adjoint of a signal, of its length; undefined where the loss does not depend on it. */
  adjointOf(signal: SignalId): SignalId | undefined;
  /** Matrices of `backward` to be filled before it is called, by the constants whose rows are their columns. */
  readonly turned: ReadonlyMap<SignalId, SignalId>;
  /** [rows, length]: what step s left in an observed signal stands in row s mod rows. */
  recordOf(signal: SignalId): SignalId;
  /** f64 [rows, length]: derivative of the loss by what step s left in an observed signal. undefined without adjoint. */
  seedOf(signal: SignalId): SignalId | undefined;
}

/** Differentiates a program. Problem `training/not-differentiable` where it has operators without adjoint. */
export function differentiateProgram(program: Program, request: AdjointRequest): Result<AdjointPrograms> {
  const { observed, rows } = request;
  const signals = new Map(program.signals.map((signal) => [signal.id, signal]));
  const signalOf = (id: SignalId): Signal => defined(signals.get(id), `signal ${id}`);
  const lists = spikeListsIn(program);
  const active = activeSignals(program, request, new Set([...lists.present.keys(), ...lists.queued.keys()]));
  const adjoints = [...active].map(signalOf).filter((signal) => hasAdjoint(signal) || lists.queues.has(signal.id));
  const kept = new Set(adjoints.map(({ id }) => id));
  const adjointOf = (id: SignalId): SignalId | undefined => (kept.has(id) ? `adjoint/${id}` : undefined);
  const seedOf = (id: SignalId): SignalId | undefined => (kept.has(id) ? `seed/${id}` : undefined);
  const tape = createTape(program, rows);
  const turned = createTurnedMatrices(program);
  const around: Omit<KernelSurroundings, 'valueOf'> = {
    ...knownTables(program),
    adjointOf,
    surrogateOf: (id) => signalOf(id).surrogate,
    lengthOf: (id) => lengthOf(signalOf(id).shape),
    typeOf: (id) => signalOf(id).type,
    maskOf: (id) => lists.present.get(id),
    turnedOf: (matrix, inputs, outputs) => turned.turnedOf(matrix, inputs, outputs),
    isQueue: (id) => lists.queues.has(id),
  };
  const records = new Map(observed.map((id) => [id, tape.rowsAt(program.operators.length, id)]));
  const reversed = reverseAll(program, { ...around, lists, valueAt: (position, id) => tape.valueAt(position, id) });
  if (!reversed.ok) return reversed;
  const forward = withoutPacking(tape.record());
  const past = tape.restore();
  const seeded = observed.filter((id) => kept.has(id));
  const shaped = (id: SignalId, shape: readonly number[]): Signal => ({
    ...{ id, element: '', name: id, type: 'f64', shape, initial: 0, unit: '1', role: 'state' },
  });
  const backward = {
    ...forward,
    signals: [
      ...forward.signals,
      ...past.signals,
      ...turned.signals(),
      ...adjoints.map(({ id, shape }) => shaped(`adjoint/${id}`, shape)),
      ...seeded.map((id) => shaped(`seed/${id}`, [rows, around.lengthOf(id)])),
    ],
    operators: [...past.operators, ...seeded.map((id) => sow(id, around.lengthOf(id), rows)), ...reversed.value],
  };
  return ok({
    ...{ forward, backward, adjointOf, seedOf },
    turned: turned.ids(),
    recordOf: (id) => defined(records.get(id), `${id} is observed`),
  });
}

interface Reversing extends Omit<KernelSurroundings, 'valueOf'> {
  readonly lists: SpikeLists;
  /** The signal that holds in the backward program what a signal held before operator `position`. */
  valueAt(position: number, signal: SignalId): SignalId;
}

/** The adjoints of all operators that write something with an adjoint, the last one first. */
function reverseAll(program: Program, { lists, valueAt, ...around }: Reversing): Result<Operator[]> {
  const reversed: Operator[] = [];
  for (const [position, operator] of [...program.operators.entries()].reverse()) {
    if (!writtenBy(operator).some((id) => around.adjointOf(id) !== undefined)) continue;
    if (operator.pace !== undefined) return failed(refusal(program, operator, 'it has a step of its own'));
    const queue = operator.updates.find((id) => lists.queues.has(id));
    if (queue !== undefined) {
      reversed.push(...reversePush(queue, shapeOf(program, queue), around.adjointOf(lists.queued.get(queue) ?? '')));
      continue;
    }
    try {
      reversed.push(...reverseOperator(operator, { ...around, valueOf: (id) => valueAt(position, id) }));
    } catch (error) {
      if (!(error instanceof NotDifferentiable)) throw error;
      return failed(refusal(program, operator, error.message));
    }
  }
  return ok(reversed);
}

function shapeOf(program: Program, id: SignalId): readonly number[] {
  return defined(
    program.signals.find((signal) => signal.id === id),
    `signal ${id}`,
  ).shape;
}

/** Both programs read the same matrices, in different directions: they stay in the order of the program. */
function withoutPacking(program: Program): Program {
  const matrices = new Set(
    program.operators.flatMap(({ body }) =>
      body.flatMap((statement) => (statement.kind === 'kernel' ? [statement.signals['matrix']] : [])),
    ),
  );
  const signals = program.signals.map((signal) =>
    matrices.has(signal.id) && signal.role === 'constant' ? { ...signal, role: 'state' as const } : signal,
  );
  return { ...program, signals };
}

/** Numbers and spikes have adjoints; whole numbers of other kinds do not. */
function hasAdjoint({ type }: Signal): boolean {
  return type === 'f64' || type === 'f32' || type === 'u8';
}

/** The adjoints of the pieces of an operator, the last one first. */
function reverseOperator({ id, body }: Operator, around: KernelSurroundings): Operator[] {
  const pieces = piecesOf(overMasks(body, around));
  return pieces
    .map((piece, number) => {
      const earlier = new Set(pieces.slice(0, number).flatMap((before) => [...writtenIn(bodyOf(before))]));
      const valueOf = (signal: SignalId): SignalId => {
        if (earlier.has(signal)) throw new NotDifferentiable(`it reads ${signal} after writing it`);
        return around.valueOf(signal);
      };
      const within = { ...around, valueOf };
      const statements = piece.kind === 'kernel' ? reverseKernel(piece.statement, within) : reversePiece(piece, within);
      return operatorOf(`adjoint/${id}/${number}`, statements);
    })
    .filter((operator) => operator.body.length > 0)
    .reverse();
}

function bodyOf(piece: Piece) {
  return piece.kind === 'kernel' ? [piece.statement] : piece.body;
}

/** What the lists of this step brought about later goes to the spikes they stand for. */
function reversePush(
  queue: SignalId,
  [rows = 1, cells = 1]: readonly number[],
  mask: SignalId | undefined,
): Operator[] {
  const cell = ir.i32Local('i');
  const place = ir.add(ir.multiply(ir.remainder(ir.step, ir.i32(rows)), ir.i32(cells)), cell);
  const ring = `adjoint/${queue}`;
  const given = mask === undefined ? [] : [accumulate(mask, cell, ir.load(ring, place))];
  return [operatorOf(`${ring}/pop`, [loop('i', 0, cells, [...given, store(ring, place, ir.f64(0))])])];
}

/** Adds to an adjoint what the loss says of this step. */
function sow(id: SignalId, length: number, rows: number): Operator {
  const cell = ir.i32Local('i');
  const row = ir.multiply(ir.remainder(ir.step, ir.i32(rows)), ir.i32(length));
  const seed = ir.load(`seed/${id}`, ir.add(row, cell));
  return operatorOf(`seed/${id}/sow`, [loop('i', 0, length, [accumulate(`adjoint/${id}`, cell, seed)])]);
}
