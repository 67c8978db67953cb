/** Walks the table of problem codes: each has its sentence for help, and a mistake that leads to it. */
import { describe, expect, it } from 'vitest';
import { formatProblem } from '../../../engine/base/problem.ts';
import { problemCodes, type ProblemCode } from '../../../engine/base/problem-codes.ts';
import type { Mistake } from './case.ts';
import { checkpointMistakes } from './checkpoint-mistakes.ts';
import {
  arrayMistakes,
  csvMistakes,
  fileMistakes,
  hostMistakes,
  importMistakes,
  seriesMistakes,
} from './file-mistakes.ts';
import { documentMistakes, editMistakes, journalMistakes, modelMistakes } from './project-mistakes.ts';
import { conformMistakes, generatorMistakes, measureMistakes, runMistakes, trainingMistakes } from './run-mistakes.ts';
import { equationMistakes, integrationMistakes, unitMistakes } from './text-mistakes.ts';

const mistakes: Readonly<Record<ProblemCode, Mistake>> = {
  ...documentMistakes,
  ...modelMistakes,
  ...editMistakes,
  ...journalMistakes,
  ...unitMistakes,
  ...equationMistakes,
  ...integrationMistakes,
  ...fileMistakes,
  ...hostMistakes,
  ...csvMistakes,
  ...arrayMistakes,
  ...importMistakes,
  ...seriesMistakes,
  ...generatorMistakes,
  ...trainingMistakes,
  ...measureMistakes,
  ...runMistakes,
  ...checkpointMistakes,
  ...conformMistakes,
};

describe('problem codes', () => {
  const codes = Object.keys(problemCodes) as ProblemCode[];

  it('have a mistake each, and no mistake is left over', () => {
    expect(Object.keys(mistakes).sort()).toEqual([...codes].sort());
  });

  it.each(codes)('%s says what it means', (code) => {
    expect(code).toMatch(/^[a-z]+\/[a-z-]+$/);
    expect(problemCodes[code]).toMatch(/^[A-Z].*\.$/);
  });

  it.each(codes)('%s is what a mistake leads to', async (code) => {
    const found = await mistakes[code]();
    const own = found.filter((problem) => problem.code === code);
    expect(found.map(formatProblem).join('\n')).toContain(code);
    for (const { message, hint, severity } of own) {
      expect(message, 'what is wrong, as a sentence').toMatch(/^["“\p{L}\d].*[.…)]$/su);
      if (hint !== undefined) expect(hint.trim(), 'a way out that says something').not.toBe('');
      expect(['error', 'warning', 'info']).toContain(severity);
    }
  });
});
