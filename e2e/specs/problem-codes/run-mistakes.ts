/** Mistakes that show when something is generated, trained, run or compared. */
import { nodeMemory } from '../../../electron/platform/node-memory.ts';
import { andThen, expectOk } from '../../../engine/base/result.ts';
import { createUniformSource } from '../../../engine/base/random.ts';
import type { Problem } from '../../../engine/base/problem.ts';
import type { CompileTarget } from '../../../engine/codegen/compiled.ts';
import { readCase } from '../../../engine/conform/reference-case.ts';
import { systemFor } from '../../../engine/conform/run-case.ts';
import { narma } from '../../../engine/generators/narma.ts';
import { layerWithAllWeights } from '../../../engine/library/layer-alone.ts';
import { prepareRun, prepareTraining } from '../../../engine/library/prepare-run.ts';
import { createMatrix } from '../../../engine/math/matrix.ts';
import { createSimulation } from '../../../engine/runtime/simulation.ts';
import { createGradientRun } from '../../../engine/training/gradient-run.ts';
import { planTraining } from '../../../engine/training/project/training-plan.ts';
import { fitRidge } from '../../../engine/training/ridge.ts';
import { measureRadii } from '../../../engine/worker/measure-radii.ts';
import { createTestWorkbench } from '../../../renderer/stores/workbench.test-support.ts';
import { element, prepare, project, told, wire, type Mistakes } from './case.ts';

export const generatorMistakes: Mistakes<'generator'> = {
  'generator/invalid': () => told(narma({ steps: 10, order: -1 }, createUniformSource(1))),
};

/** What a readout says to rows of features and targets, one number each. */
function fit(features: readonly number[], targets: readonly number[], washout = 0, copies = 1): readonly Problem[] {
  const repeated = Float64Array.from(features.flatMap((value) => new Array<number>(copies).fill(value)));
  const series = {
    features: createMatrix(features.length, copies, repeated),
    targets: createMatrix(targets.length, 1, Float64Array.from(targets)),
  };
  return told(fitRidge([series], { ridge: 0, washout }));
}

/** Asks for a gradient through cells that spike as often as a threshold can be subtracted. */
function trainCountingCells(): readonly Problem[] {
  const elements = [element('drive', 'stimuli/sine'), element('cells', 'layers/cliaf')];
  const { program } = expectOk(prepareRun(project({ elements, connections: [wire('drive.out', 'cells.in')] })));
  const request = {
    program,
    target: 'interpreter',
    memory: nodeMemory,
    steps: 10,
    wrt: ['cells/v'],
    observed: ['cells/spikes'],
  } as const;
  return told(createGradientRun(request));
}

export const trainingMistakes: Mistakes<'training'> = {
  'training/nothing': () => told(planTraining(expectOk(prepareTraining(project({ elements: [] }))))),
  'training/too-few-samples': () => fit([1, 2], [1, 2], 5),
  'training/not-finite': () => fit([1, Infinity, 3], [1, 2, 3]),
  'training/singular': () => fit([1, 2, 3], [1, 2, 3], 0, 2),
  'training/shape': () => fit([1, 2, 3], [1, 2]),
  'training/not-differentiable': trainCountingCells,
};

/** What happens to a cell whose adaptation is far too fast for the time step. */
function explode(): readonly Problem[] {
  const cell = element('cell', 'neurons/adex', { size: 1, tau_w: { value: 1e-9, unit: 'ms' } });
  const { program } = expectOk(prepareRun(project({ elements: [cell] })));
  const simulation = expectOk(createSimulation({ program, target: 'interpreter', memory: nodeMemory }));
  return simulation.advance(200);
}

function start(target: CompileTarget, limitBytes?: number): readonly Problem[] {
  const { program } = expectOk(prepareRun(project({ elements: [element('cells', 'neurons/lif', { size: 1000 })] })));
  return told(
    createSimulation({ program, target, memory: nodeMemory, ...(limitBytes === undefined ? {} : { limitBytes }) }),
  );
}

/** Asks for the radius of the recurrent weights of a layer without any. */
export const measureMistakes: Mistakes<'measure'> = {
  'measure/impossible': () => {
    const layer = element('rates', 'layers/threshold-rate');
    const document = layerWithAllWeights(project({ elements: [layer] }), layer);
    const build = () =>
      andThen(prepareRun(document), ({ program }) =>
        createSimulation({ program, target: 'interpreter', memory: nodeMemory }),
      );
    return told(measureRadii({ document, weights: 'rates/w_rec', leak: null }, build));
  },
};

export const runMistakes: Mistakes<'run'> = {
  'run/not-finite': explode,
  'run/memory': () => start('interpreter', 1000),
  'run/crashed': async () => {
    const { services, engine } = createTestWorkbench();
    await services.runs.connect(false);
    engine.emit({ kind: 'crashed', reason: 'out of memory' });
    return services.problems.getState().all;
  },
  'run/unknown-target': () => start('fortran' as CompileTarget),
  'run/duration': () =>
    prepare(
      { elements: [element('cells', 'neurons/lif')] },
      { run: { ...project({ elements: [] }).run, duration: { value: -1, unit: 's' } } },
    ),
};

const someCase = { id: 'a', system: 'brian2.Everything', kind: 'evolve', expected: { output: 1 } };

export const conformMistakes: Mistakes<'conform'> = {
  'conform/unknown-system': () => told(andThen(readCase(someCase, 'a.json'), systemFor)),
  'conform/bad-case': () => told(readCase({ ...someCase, expected: {} }, 'a.json')),
};
