/** The interpreter: operators as closures over the memory of the run. Slow, and so plain that tests take it as the truth. */
import type { SignalId, Statement } from '../../build/ir/types.ts';
import type { Operator, Program } from '../../build/program.ts';
import type { StepFunction } from '../compiled.ts';
import type { Precision } from '../ir/lower.ts';
import type { MemoryLayout, SignalView } from '../layout.ts';
import { viewOf } from '../layout.ts';
import { kernelImplementations } from '../kernels/kernels.ts';
import { stopSignal } from '../recording.ts';
import type { Frame } from './expressions.ts';
import { compileExpression, outside, slotOf } from './expressions.ts';

type Execute = () => void;

/** Where and in which numbers a program is executed. */
export interface Surroundings {
  readonly layout: MemoryLayout;
  readonly memory: WebAssembly.Memory;
  readonly precision: Precision;
}

/** Binds a program to its memory. */
export function interpret(program: Program, { layout, memory, precision }: Surroundings): StepFunction {
  const views = new Map<SignalId, SignalView>();
  const view = (signal: SignalId): SignalView => {
    const known = views.get(signal) ?? viewOf(layout, memory, signal);
    views.set(signal, known);
    return known;
  };
  const executes = program.operators.map((operator) =>
    bindPaced(operator, program.timeStepSeconds, { precision, view }),
  );
  const stop = view(stopSignal);
  return (firstStep, count) => {
    for (let done = 0; done < count; done += 1) {
      for (const execute of executes) execute(firstStep + done);
      if (stop[0] !== 0) return done + 1;
    }
    return count;
  };
}

/** Executes an operator once, outside of any run, on the signals that `view` gives. */
export function executeOnce(
  operator: Operator,
  surroundings: Pick<Frame, 'timeStepSeconds' | 'precision' | 'view'>,
  step: number,
): void {
  bind(operator, { ...surroundings, clock: { step } })();
}

/** An operator for steps of the run: it looks at its pace. */
function bindPaced(
  operator: Operator,
  runStepSeconds: number,
  surroundings: Pick<Frame, 'precision' | 'view'>,
): (step: number) => void {
  const clock = { step: 0 };
  const { every, timeStepSeconds } = operator.pace ?? { every: 1, timeStepSeconds: runStepSeconds };
  const execute = bind(operator, { ...surroundings, timeStepSeconds, clock });
  return (step) => {
    if (step % every !== 0) return;
    clock.step = step / every;
    execute();
  };
}

function bind(operator: Operator, shared: Pick<Frame, 'timeStepSeconds' | 'precision' | 'clock' | 'view'>): Execute {
  const slots = new Map(namesIn(operator.body).map((name, position) => [name, position]));
  return compileBody(operator.body, {
    ...shared,
    operator: operator.id,
    locals: new Float64Array(slots.size),
    slots,
  });
}

/** Names of all locals and loop indices of a body. */
function namesIn(statements: Operator['body']): string[] {
  return statements.flatMap((statement) => {
    switch (statement.kind) {
      case 'let':
        return [statement.name];
      case 'loop':
        return [statement.index, ...namesIn(statement.body)];
      case 'if':
        return [...namesIn(statement.then), ...namesIn(statement.else)];
      default:
        return [];
    }
  });
}

function compileBody(statements: readonly Statement[], frame: Frame): Execute {
  const executes = statements.map((statement) => compileStatement(statement, frame));
  const [only] = executes;
  if (executes.length === 1 && only !== undefined) return only;
  return () => {
    for (const execute of executes) execute();
  };
}

function compileStatement(statement: Statement, frame: Frame): Execute {
  switch (statement.kind) {
    case 'let':
    case 'assign':
      return compileAssignment(statement.name, compileExpression(statement.value, frame).evaluate, frame);
    case 'store':
      return compileStore(statement, frame);
    case 'loop':
      return compileLoop(statement, frame);
    case 'if': {
      const { evaluate } = compileExpression(statement.condition, frame);
      const then = compileBody(statement.then, frame);
      const otherwise = compileBody(statement.else, frame);
      return () => (evaluate() !== 0 ? then() : otherwise());
    }
    case 'kernel':
      return compileKernel(statement, frame);
  }
}

function compileKernel(statement: Extract<Statement, { kind: 'kernel' }>, frame: Frame): Execute {
  const { clock } = frame;
  const { numbers } = statement;
  const views = Object.entries(statement.signals).map(
    ([name, signal]) => [name, frame.view(signal).subarray(statement.begin?.[name] ?? 0)] as const,
  );
  const given = Object.fromEntries(views);
  const { run } = kernelImplementations[statement.kernel];
  return () => run(given, numbers, clock.step);
}

function compileAssignment(name: string, evaluate: () => number, frame: Frame): Execute {
  const { locals } = frame;
  const slot = slotOf(frame, name);
  return () => {
    locals[slot] = evaluate();
  };
}

function compileStore(statement: Extract<Statement, { kind: 'store' }>, frame: Frame): Execute {
  const { signal } = statement;
  const view = frame.view(signal);
  const { evaluate: index } = compileExpression(statement.index, frame);
  const { evaluate: value } = compileExpression(statement.value, frame);
  return () => {
    const position = index();
    if (position < 0 || position >= view.length) outside(frame, signal, position);
    view[position] = value();
  };
}

function compileLoop(statement: Extract<Statement, { kind: 'loop' }>, frame: Frame): Execute {
  const { locals } = frame;
  const slot = slotOf(frame, statement.index);
  const { evaluate: from } = compileExpression(statement.from, frame);
  const { evaluate: to } = compileExpression(statement.to, frame);
  const body = compileBody(statement.body, frame);
  return () => {
    const end = to();
    for (let index = from(); index < end; index += 1) {
      locals[slot] = index;
      body();
    }
  };
}
