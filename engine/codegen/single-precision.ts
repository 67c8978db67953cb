/** Single precision: every number that a program keeps becomes an f32. */
import type { Program, Signal } from '../build/program.ts';

/** The program with f32 in place of f64 signals; contents are rounded when they are written. */
export function inSinglePrecision(program: Program): Program {
  return { ...program, signals: program.signals.map(toSingle) };
}

function toSingle(signal: Signal): Signal {
  return signal.type === 'f64' ? { ...signal, type: 'f32' } : signal;
}
