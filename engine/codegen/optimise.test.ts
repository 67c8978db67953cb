import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { budgetOf } from '../base/budget.test-support.ts';
import { expectOk } from '../base/result.ts';
import { setContents } from '../base/written.ts';
import type { Program } from '../build/program.ts';
import { compile } from './compile.ts';
import type { CompileTarget } from './compiled.ts';
import type { Precision } from './ir/lower.ts';
import type { SignalView } from './layout.ts';
import { viewOf } from './layout.ts';
import { optimise } from './optimise.ts';
import { randomProgram } from './random-loops.test-support.ts';
import { scheduleProbes } from './recording.ts';

/** Contents of all signals after three steps in two runs. */
function run(made: Program, target: CompileTarget, precision: Precision): Map<string, SignalView> {
  const compiled = expectOk(compile(made, target, { precision }));
  const memory = new WebAssembly.Memory({ initial: Math.ceil(compiled.layout.totalBytes / 65_536) });
  for (const { id, initial } of compiled.program.signals) {
    setContents(viewOf(compiled.layout, memory, id), initial);
  }
  const execute = compiled.instantiate(memory);
  execute(0, 2);
  execute(2, 1);
  return new Map(compiled.program.signals.map(({ id }) => [id, viewOf(compiled.layout, memory, id).slice()]));
}

function differences(made: Program, precision: Precision): string[] {
  const [expected, found] = [run(made, 'interpreter', precision), run(made, 'wasm', precision)];
  return [...expected].flatMap(([id, values]) =>
    [...values].flatMap((value, index) => {
      const other = found.get(id)?.[index];
      return Object.is(value, other) ? [] : [`${id}[${index}]: ${value} and ${other}`];
    }),
  );
}

describe('random loops', () => {
  const { check, again } = budgetOf('optimised-programs');
  for (const precision of ['f64', 'f32'] as const) {
    it(`leave the same bits on both targets in ${precision}`, () => {
      fc.assert(
        fc.property(randomProgram, (made) => {
          expect(differences(made, precision), again).toEqual([]);
        }),
        check,
      );
    });
  }

  it('are fused and done in lanes', () => {
    const programs = fc.sample(randomProgram, { numRuns: 200, seed: 5 });
    const reports = programs.map((made) => optimise(scheduleProbes(made).program, 'f64').loops);
    const loops = reports.flat();
    expect(loops.filter(({ lanes }) => lanes > 1).length).toBeGreaterThan(60);
    expect(loops.filter(({ loop }) => loop.sources.length > 1).length).toBeGreaterThan(20);
    const items = programs.flatMap((made) =>
      optimise(scheduleProbes(made).program, 'f64').step.flatMap(({ region }) => region),
    );
    const inLanes = items.flatMap((item) => (item.kind === 'loop' && item.lanes > 1 ? [item.body] : []));
    expect(
      inLanes.filter((body) => body.some((item) => item.kind === 'if' && item.merges.length > 0)).length,
    ).toBeGreaterThan(3);
    expect(loops.filter(({ reason }) => reason !== undefined).length).toBeGreaterThan(20);
  });
});
