/** What a loaded run is made of, for the explain panel: an Explanation, and the text of a stage. */
import type { Explanation } from '../build/explanation.ts';
import { printOperator } from '../build/ir/print.ts';
import type { CompiledProgram } from '../codegen/compiled.ts';
import { explainProgram, printExplanation, type Compiling } from '../codegen/explain.ts';

export type ExplainedStage = 'model' | 'program' | 'code';

/** The run as an Explanation, and one of its stages as text. */
export function explainRun(
  compiled: CompiledProgram,
  stage: ExplainedStage,
  compiling: Compiling,
): { readonly text: string; readonly explanation: Explanation } {
  const explanation = explainProgram(compiled, compiling);
  return { text: printStage(compiled, stage, explanation), explanation };
}

function printStage({ source }: CompiledProgram, stage: ExplainedStage, explanation: Explanation): string {
  if (stage === 'model') return source.elements.map(({ name, kind, size }) => `${name}: ${kind}, ${size}`).join('\n');
  if (stage === 'code') {
    const names = new Map(source.elements.map(({ id, name }) => [id, name]));
    return printExplanation(explanation, (id) => names.get(id) ?? id);
  }
  const signals = source.signals.map(
    ({ id, type, shape, role, unit }) => `signal ${id}: ${type}[${shape.join(', ')}] ${role}, ${unit}`,
  );
  return [...signals, ...source.operators.map(printOperator)].join('\n');
}
