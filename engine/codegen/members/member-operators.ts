/** Operators over the members of a batch. */
import { defined } from '../../base/assert.ts';
import * as ir from '../../build/ir/expressions.ts';
import type { KernelStatement } from '../../build/ir/kernels.ts';
import { loop } from '../../build/ir/statements.ts';
import type { Expression, Statement } from '../../build/ir/types.ts';
import type { Operator, SignalId } from '../../build/program.ts';
import { loadsOf, operandsOf } from '../adjoint/node.ts';
import { isCellLoop, turnsOf, type Loop } from './cell-loops.ts';
import { kernelOf, overMembers } from './member-kernels.ts';
import { moved, type Move } from './move.ts';
import type { MemberSignals } from './which-signals.ts';

/** Gives each loop over members in an operator an index of its own. */
type NameLoop = () => string;

function createLoopNames(): NameLoop {
  let count = 0;
  return () => `member#${count++}`;
}

/** The operator doing for every member, in its part of each signal, what it did for one. */
export function operatorOverMembers(operator: Operator, signals: MemberSignals): Operator {
  const draws = drawsOf(operator, signals);
  const segments = segmentsOf(operator.body);
  if (segments === undefined) return { ...operator, body: oneByOne(operator.body, signals, draws) };
  const named = createLoopNames();
  const body = segments.flatMap((segment) =>
    segment.kind === 'kernel'
      ? overMembers(segment.statement, signals, draws === 0)
      : overBody(segment.body, signals, draws, named),
  );
  return { ...operator, body };
}

/** Random numbers of a stream that an operator may take: as many as its longest signal has elements; 0 = all members the same. */
export function drawsOf(operator: Operator, { lengthOf, drawsAlike }: MemberSignals): number {
  if (drawsAlike(operator.element)) return 0;
  const { reads, sets, adds, updates, readsUpdated } = operator;
  const lengths = [...reads, ...sets, ...adds, ...updates, ...readsUpdated].map(lengthOf);
  return lengths.reduce((most, length) => Math.max(most, length), 1);
}

type Segment =
  | { readonly kind: 'body'; readonly body: readonly Statement[] }
  | { readonly kind: 'kernel'; readonly statement: KernelStatement };

/** Kernels and what stands between them; undefined where these do not stand by themselves. */
function segmentsOf(body: readonly Statement[]): readonly Segment[] | undefined {
  const segments: Segment[] = [];
  let open: Statement[] = [];
  const names = new Set<string>();
  for (const statement of body) {
    if (statement.kind === 'kernel') {
      if (open.length > 0) segments.push({ kind: 'body', body: open });
      for (const before of open) if (before.kind === 'let') names.add(before.name);
      segments.push({ kind: 'kernel', statement });
      open = [];
    } else if (hasKernel(statement) || mentionsAny([statement], names)) return undefined;
    else open.push(statement);
  }
  if (open.length > 0) segments.push({ kind: 'body', body: open });
  return segments;
}

function hasKernel(statement: Statement): boolean {
  return statement.kind === 'kernel' || partsOf(statement).some(hasKernel);
}

/** Statements within a statement. */
function partsOf(statement: Statement): readonly Statement[] {
  if (statement.kind === 'loop') return statement.body;
  return statement.kind === 'if' ? [...statement.then, ...statement.else] : [];
}

/** Expressions of a statement itself. */
function expressionsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'let':
    case 'assign':
      return [statement.value];
    case 'store':
      return [statement.index, statement.value];
    case 'loop':
      return [statement.from, statement.to];
    case 'if':
      return [statement.condition];
    case 'kernel':
      return [];
  }
}

function mentionsAny(statements: readonly Statement[], names: ReadonlySet<string>): boolean {
  const inside = (expression: Expression): boolean =>
    (expression.kind === 'local' && names.has(expression.name)) || operandsOf(expression).some(inside);
  return statements.some(
    (statement) =>
      (statement.kind === 'assign' && names.has(statement.name)) ||
      expressionsOf(statement).some(inside) ||
      mentionsAny(partsOf(statement), names),
  );
}

/** Everything for one member after the other, each with locals of its own. */
function oneByOne(body: readonly Statement[], signals: MemberSignals, draws: number): Statement[] {
  return Array.from({ length: signals.members }, (_, member) =>
    moved(body, {
      ...placing(ir.i32(member), signals, draws),
      kernel: (statement) => kernelOf(statement, member, signals),
      name: (local) => `${local}#${member}`,
    }),
  ).flat();
}

function placing(member: Expression, { isOwn, lengthOf }: MemberSignals, draws: number): Move {
  const place = (signal: SignalId, index: Expression): Expression =>
    isOwn(signal) ? ir.add(ir.multiply(member, ir.i32(lengthOf(signal))), index) : index;
  return { member, place, draws };
}

/** Statements without kernels: cells of all members in one loop where they can be, else member by member. */
function overBody(body: readonly Statement[], signals: MemberSignals, draws: number, named: NameLoop): Statement[] {
  const eachMember = (statements: readonly Statement[]): Statement => {
    const index = named();
    return loop(index, 0, signals.members, moved(statements, placing(ir.i32Local(index), signals, draws)));
  };
  const first = body.findIndex((statement) => !isCommon(statement, body, signals));
  const [common, others] = [body.slice(0, first), body.slice(first)];
  if (first === -1 || !others.every((statement): statement is Loop => statement.kind === 'loop'))
    return [eachMember(body)];
  return [...common, ...others.map((statement) => overLoop(statement, { signals, draws }, eachMember))];
}

/** A local whose value is the same for all members. */
function isCommon(statement: Statement, body: readonly Statement[], { isOwn }: MemberSignals): boolean {
  if (statement.kind !== 'let' || drawsIn(statement.value) || loadsOf(statement.value).some(isOwn)) return false;
  return !assignsTo(body, statement.name) && !readsLocals(statement.value);
}

function readsLocals(expression: Expression): boolean {
  return expression.kind === 'local' || operandsOf(expression).some(readsLocals);
}

function drawsIn(expression: Expression): boolean {
  const own = expression.kind === 'uniform' || expression.kind === 'normal' || expression.kind === 'poisson';
  return own || operandsOf(expression).some(drawsIn);
}

function drawsWithin(statement: Statement): boolean {
  return expressionsOf(statement).some(drawsIn) || partsOf(statement).some(drawsWithin);
}

function assignsTo(statements: readonly Statement[], name: string): boolean {
  return statements.some(
    (statement) => (statement.kind === 'assign' && statement.name === name) || assignsTo(partsOf(statement), name),
  );
}

function overLoop(
  statement: Loop,
  { signals, draws }: { readonly signals: MemberSignals; readonly draws: number },
  eachMember: (statements: readonly Statement[]) => Statement,
): Statement {
  if (isCellLoop(statement, signals) && (draws > 0 || !drawsWithin(statement)))
    return { ...statement, to: ir.i32(signals.members * defined(turnsOf(statement), 'turns')) };
  const [nested] = [eachMember([statement])] as [Loop];
  const [inner] = nested.body as [Loop];
  if (!goesOutside(statement, signals)) return nested;
  return { ...inner, body: [{ ...nested, body: inner.body }] };
}

/**
 * Whether a loop goes around that over members: one whose rows, which all members have in common, are long. They are then
 * gone through once, whatever the number of members.
 */
function goesOutside(statement: Loop, { isOwn }: MemberSignals): boolean {
  if (turnsOf(statement) === undefined || !statement.body.some((inner) => inner.kind === 'loop')) return false;
  const declared = new Set<string>();
  const outside = (body: readonly Statement[]): boolean =>
    body.some((inner) => {
      if (inner.kind === 'let') declared.add(inner.name);
      return (inner.kind === 'assign' && !declared.has(inner.name)) || outside(partsOf(inner));
    });
  const storesShared = (body: readonly Statement[]): boolean =>
    body.some((inner) => (inner.kind === 'store' && !isOwn(inner.signal)) || storesShared(partsOf(inner)));
  return !outside(statement.body) && storesShared(statement.body);
}
