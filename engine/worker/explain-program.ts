/** Texts of the stages of a loaded run, for the explain panel. */
import { printOperator } from '../build/ir/print.ts';
import type { CompiledProgram } from '../codegen/compiled.ts';

/** The program as text, or a summary of its code. */
export function explainProgram(compiled: CompiledProgram, stage: 'model' | 'program' | 'code'): string {
  const { source, program, layout, codeBytes, target } = compiled;
  if (stage === 'code') {
    return [
      `target ${target}`,
      `code ${codeBytes} bytes`,
      `memory ${layout.totalBytes} bytes`,
      `operators ${program.operators.length}`,
    ].join('\n');
  }
  if (stage === 'model') return source.elements.map(({ name, kind, size }) => `${name}: ${kind}, ${size}`).join('\n');
  const signals = source.signals.map(
    ({ id, type, shape, role, unit }) => `signal ${id}: ${type}[${shape.join(', ')}] ${role}, ${unit}`,
  );
  return [...signals, ...source.operators.map(printOperator)].join('\n');
}
