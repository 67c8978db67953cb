/** The code of a compiled program as text: what is computed when a run begins, and what in every step. */
import type { CompiledProgram } from './compiled.ts';
import { printRegion } from './ir/print.ts';
import { optimise } from './optimise.ts';

/** The operators after all passes. Optimises the program once more, so that no run has to keep the text. */
export function printOptimised({ program, precision }: CompiledProgram): string {
  const { prologue, step } = optimise(program, precision);
  const begin = prologue.flatMap((region) => printRegion(region, 1));
  const each = step.flatMap(({ every, region }, place) => {
    const head = every === step[place - 1]?.every ? [] : [every === 1 ? 'in every step' : `in every ${every}th step`];
    return [...head, ...printRegion(region, 1)];
  });
  return [...(begin.length === 0 ? [] : ['at the start of a run', ...begin]), ...each].join('\n');
}
