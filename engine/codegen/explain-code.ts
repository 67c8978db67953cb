/** The code of a compiled program as text: what is computed when a run begins, and what in every step. */
import type { CompiledProgram } from './compiled.ts';
import { printRegion } from './ir/print.ts';
import { optimise } from './optimise.ts';

/** The operators after all passes. Optimises the program once more, so that no run has to keep the text. */
export function printOptimised({ program, precision }: CompiledProgram): string {
  const { prologue, step } = optimise(program, precision);
  const begin = prologue.flatMap((region) => printRegion(region, 1));
  const each = step.flatMap((region) => printRegion(region, 1));
  return [...(begin.length === 0 ? [] : ['at the start of a run', ...begin]), 'in every step', ...each].join('\n');
}
