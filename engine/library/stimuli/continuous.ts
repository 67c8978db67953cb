/** Shared by continuous stimuli: one value per channel and step, known one step ahead as well. */
import type { ElementBuilder } from '../../build/library-kind.ts';
import { add, f64, i32, i32Local, multiply, step, toF64 } from '../../build/ir/expressions.ts';
import { loop, store } from '../../build/ir/statements.ts';
import type { Expression, SignalId } from '../../build/ir/types.ts';
import type { OutputPortSpec } from '../../model/kind.ts';

/** The output port of continuous stimuli. */
export const continuousOutput: OutputPortSpec = { name: 'out', title: 'value', type: 'continuous', unit: '1' };

/** Value of channel `cell` at the step numbered `stepNumber` (i32), which starts at `time` seconds (f64). */
export type ValueAt = (time: Expression, cell: Expression, stepNumber: Expression) => Expression;

/** Adds the signals and operators of a stimulus whose value follows from the time alone. */
export function emitContinuous(
  builder: ElementBuilder,
  size: number,
  valueAt: ValueAt,
  port = 'out',
  reads: readonly SignalId[] = [],
): void {
  const signals = ['', '_ahead'].map((suffix, offset) => {
    const signal = builder.signal({ name: `${port}${suffix}`, shape: [size], initial: 0, role: 'transient' });
    const stepNumber = offset === 0 ? step : add(step, i32(offset));
    const time = multiply(toF64(stepNumber), f64(builder.timeStepSeconds));
    const cell = i32Local('i');
    builder.operator({
      name: `${port}${suffix}/value`,
      slot: 'start',
      reads,
      sets: [signal],
      body: [loop('i', 0, size, [store(signal, cell, valueAt(time, cell, stepNumber))])],
    });
    return signal;
  });
  builder.output(port, signals[0] as SignalId, signals[1] as SignalId);
}
