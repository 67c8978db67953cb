/** The interpreter target: slow and obviously right, the oracle of the WebAssembly target. */
import { defined } from '../../base/assert.ts';
import type { SignalId, Statement } from '../../build/ir/types.ts';
import type { CompiledProgram, CompileRequest, StepFunction } from '../compiled.ts';
import type { MemoryLayout } from '../layout.ts';
import { evaluator, type Frame } from './expressions.ts';

type Execute = () => void;

/** "Compiles" by binding closures to memory when instantiated. */
export function compileInterpreter(request: CompileRequest): CompiledProgram {
  const { program, operators, layout } = request;
  return {
    target: 'interpreter',
    program,
    operators,
    layout,
    codeBytes: 0,
    instantiate(memory): StepFunction {
      const arrays = viewSignals(layout, memory);
      const frames = operators.map((operator) => {
        const frame = createFrame(arrays, program.timeStepSeconds);
        return { frame, run: sequence(operator.body, frame) };
      });
      return (first, count) => {
        for (let step = first; step < first + count; step += 1) {
          for (const { frame, run } of frames) {
            frame.step = step;
            run();
          }
        }
      };
    },
  };
}

/** Typed arrays over the memory, by signal. */
export function viewSignals(layout: MemoryLayout, memory: WebAssembly.Memory): Map<SignalId, Float64Array | Int32Array | Uint8Array> {
  const constructors = { f64: Float64Array, i32: Int32Array, u8: Uint8Array } as const;
  const arrays = new Map<SignalId, Float64Array | Int32Array | Uint8Array>();
  for (const [id, { signal, offset, length }] of layout.places) {
    arrays.set(id, new constructors[signal.type](memory.buffer, offset, length));
  }
  return arrays;
}

const mostLocals = 4096;

function createFrame(arrays: Frame['arrays'], timeStepSeconds: number): Frame {
  const slots = new Map<string, number>();
  return {
    arrays,
    locals: new Float64Array(mostLocals),
    slot(name) {
      const known = slots.get(name);
      if (known !== undefined) return known;
      slots.set(name, slots.size);
      return slots.size - 1;
    },
    step: 0,
    timeStepSeconds,
  };
}

function sequence(statements: readonly Statement[], frame: Frame): Execute {
  const executes = statements.map((statement) => executor(statement, frame));
  return () => {
    for (const execute of executes) execute();
  };
}

function executor(statement: Statement, frame: Frame): Execute {
  switch (statement.kind) {
    case 'let':
    case 'assign': {
      const slot = frame.slot(statement.name);
      const value = evaluator(statement.value, frame);
      return () => {
        frame.locals[slot] = value();
      };
    }
    case 'store': {
      const array = defined(frame.arrays.get(statement.signal), `signal ${statement.signal}`);
      const index = evaluator(statement.index, frame);
      const value = evaluator(statement.value, frame);
      return () => {
        array[index()] = value();
      };
    }
    case 'loop':
      return loopExecutor(statement, frame);
    case 'if': {
      const condition = evaluator(statement.condition, frame);
      const then = sequence(statement.then, frame);
      const otherwise = sequence(statement.else, frame);
      return () => (condition() === 1 ? then() : otherwise());
    }
  }
}

function loopExecutor(statement: Extract<Statement, { kind: 'loop' }>, frame: Frame): Execute {
  const slot = frame.slot(statement.index);
  const from = evaluator(statement.from, frame);
  const to = evaluator(statement.to, frame);
  const body = sequence(statement.body, frame);
  return () => {
    const end = to();
    for (let index = from(); index < end; index += 1) {
      frame.locals[slot] = index;
      body();
    }
  };
}
