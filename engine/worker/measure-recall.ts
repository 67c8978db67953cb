/** Memory capacity of a layer that is driven by noise: its outputs are collected slice by slice, a ridge readout recalls the inputs. */
import { memoryTask, recallCapacities, type MemoryTask } from '../analysis/memory-capacity.ts';
import { defined } from '../base/assert.ts';
import { problem } from '../base/problem.ts';
import { andThen, failed, mapResult, ok, type Result } from '../base/result.ts';
import type { Program } from '../build/program.ts';
import { createMatrix, type Matrix } from '../math/matrix.ts';
import type { Clock } from '../platform/seams.ts';
import type { Recall, RecallRequest } from '../protocol/measures.ts';
import type { ProbeSink } from '../runtime/drain.ts';
import type { Simulation } from '../runtime/simulation.ts';
import { fitRidge, predictRidge } from '../training/ridge.ts';
import type { Pulse } from './pulse.ts';

/** What a measure needs of the session. */
export interface MeasureParts {
  readonly clock: Clock;
  readonly pulse: Pulse;
  readonly build: (document: RecallRequest['document']) => Result<Simulation>;
  /** Told the share that is done, from 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/** Wall milliseconds that a measure works before others have their turn. */
const sliceMilliseconds = 10;

/** Ends with undefined when the signal is aborted. */
export async function measureRecall(
  request: RecallRequest,
  parts: MeasureParts,
  signal: AbortSignal,
): Promise<Result<Recall> | undefined> {
  const task = taskOf(request);
  if (!task.ok) return task;
  const built = parts.pulse.long(() => parts.build(request.document));
  if (!built.ok) return built;
  const simulation = built.value;
  try {
    const recorder = recorderOf(simulation.program, request);
    simulation.setSink('recorded', recorder.sink);
    const steps = recorder.outputs.rows * request.stepsPerValue;
    const ended = await advanceAll(simulation, steps, parts, signal);
    if (ended !== undefined) return ended === 'aborted' ? undefined : ended;
    return parts.pulse.long(() => capacitiesOf(request, task.value, recorder.outputs));
  } finally {
    simulation.dispose();
  }
}

/** The task, where training rows are left after the washout. */
function taskOf({ series, mostDelay, testShare, washout }: RecallRequest): Result<MemoryTask> {
  return andThen(memoryTask(series, mostDelay, testShare), (task) => {
    const { rows } = task.trainInput;
    if (washout <= rows - 2) return ok(task);
    return failed(
      problem('training/too-few-samples', `A washout of ${washout} leaves nothing of the ${rows} values to train on.`, {
        hint: 'Shorten the washout, or play more values.',
      }),
    );
  });
}

interface Recorder {
  /** Outputs [values played, cells]: those at the last step of each value, or the spikes during it. */
  readonly outputs: Matrix;
  readonly sink: ProbeSink;
}

function recorderOf(program: Program, { series, mostDelay, stepsPerValue }: RecallRequest): Recorder {
  const probe = defined(program.probes[0], 'the probe of the output');
  const shape = defined(
    program.signals.find(({ id }) => id === probe.signal),
    'the output',
  ).shape;
  const cells = shape.reduce((product, extent) => product * extent, 1);
  const rows = series.length - mostDelay;
  const values = new Float64Array(rows * cells);
  return {
    outputs: createMatrix(rows, cells, values),
    sink: {
      samples(firstStep, count, samples) {
        for (let row = 0; row < count; row += 1) {
          const place = (firstStep + row + 1) / stepsPerValue - 1;
          if (Number.isInteger(place)) values.set(samples.subarray(row * cells, (row + 1) * cells), place * cells);
        }
      },
      events(steps, spiking, count) {
        for (let event = 0; event < count; event += 1) {
          const place = Math.floor((steps[event] as number) / stepsPerValue) * cells + (spiking[event] as number);
          values[place] = (values[place] as number) + 1;
        }
      },
    },
  };
}

async function advanceAll(
  simulation: Simulation,
  steps: number,
  { clock, pulse, onProgress }: MeasureParts,
  signal: AbortSignal,
): Promise<Result<never> | 'aborted' | undefined> {
  while (simulation.step < steps) {
    const start = clock.now();
    while (simulation.step < steps && clock.now() - start < sliceMilliseconds) {
      const problems = simulation.advance(Math.min(16, steps - simulation.step));
      if (problems.length > 0) return failed(...problems);
    }
    pulse.beat();
    onProgress(simulation.step / steps);
    await clock.wait(0);
    if (signal.aborted) return 'aborted';
  }
  return undefined;
}

function capacitiesOf({ washout, ridge }: RecallRequest, task: MemoryTask, outputs: Matrix): Result<Recall> {
  const [trainRows, testRows] = [task.trainInput.rows, task.testInput.rows];
  const part = (from: number, rows: number): Matrix =>
    createMatrix(
      rows,
      outputs.columns,
      outputs.values.subarray(from * outputs.columns, (from + rows) * outputs.columns),
    );
  const tested = part(trainRows, testRows);
  if (isConstant(tested)) return failed(silent());
  const training = { features: part(0, trainRows), targets: task.trainTargets };
  return andThen(fitRidge([training], { ridge, fitBias: true, washout }), (solution) =>
    mapResult(predictRidge(solution, tested), (predicted) => {
      // A delay whose prediction never changes is not recalled at all.
      const capacities = recallCapacities(predicted, task.testTargets).map((value) =>
        Number.isFinite(value) ? value : 0,
      );
      return { capacities, total: capacities.reduce((sum, value) => sum + value, 0), trainRows, testRows };
    }),
  );
}

function isConstant({ values, columns }: Matrix): boolean {
  return values.every((value, place) => place < columns || value === values[place - columns]);
}

function silent() {
  return problem('measure/impossible', 'The output of the layer never changes, so nothing can be recalled from it.', {
    hint: 'Widen the range of the noise, or raise the input weights, until the layer responds.',
  });
}
