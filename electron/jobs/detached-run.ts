/** Runs a project from its first step to its last, recording every probe: what `run` does, and detached runs. */
import { problem } from '../../engine/base/problem.ts';
import type { Problem } from '../../engine/base/problem.ts';
import { failed, ok } from '../../engine/base/result.ts';
import type { Result } from '../../engine/base/result.ts';
import type { Admission, Outline } from '../../engine/build/build-program.ts';
import type { Program, ProgramProbe } from '../../engine/build/program.ts';
import { defaultMemoryLimitBytes, elementBytes, lengthOf } from '../../engine/codegen/layout.ts';
import { writeRunNpz } from '../../engine/formats/run-npz.ts';
import type { PreparedRun } from '../../engine/library/prepare-run.ts';
import { prepareRun } from '../../engine/library/prepare-run.ts';
import type { Clock, MemoryProvider } from '../../engine/platform/seams.ts';
import { admitWithin, type MemoryPart } from '../../engine/runtime/memory-need.ts';
import type { HelpedBy } from '../../engine/runtime/shared-run.ts';
import type { Simulation } from '../../engine/runtime/simulation.ts';
import { createSimulation } from '../../engine/runtime/simulation.ts';
import { threadMemory } from '../../engine/runtime/thread-memory.ts';
import { createLiveRidge } from '../../engine/training/live-ridge.ts';
import type { ProbeRecorder, RecordedProbe } from './probe-recorder.ts';
import { createEventRecorder, createSampleRecorder } from './probe-recorder.ts';
import { checkpointsOf, type Gathering, type RunCheckpoints } from './run-checkpoints.ts';
import type { RunOutcome, RunProgress, RunReport, RunRequest } from './run-request.ts';

const chunkSteps = 256;
const progressMilliseconds = 200;
const countPrefix = 'spike-count/';

export interface RunSurroundings {
  readonly clock: Clock;
  readonly memory: MemoryProvider;
  /** Asked between chunks; true ends the run with what it has. */
  stopRequested(): boolean;
  onProgress(progress: RunProgress): void;
  /** Takes a checkpoint on the way, where the request asks for them. */
  onCheckpoint?(file: Uint8Array<ArrayBuffer>): void;
  /** Threads that help with the steps. */
  readonly help?: HelpedBy;
}

/** Runs the project. A model that cannot be built or run gives Problems; nothing is thrown for what a user can cause. */
export function runDetached(request: RunRequest, surroundings: RunSurroundings): RunOutcome {
  const { clock, memory } = surroundings;
  const started = clock.now();
  const prepared = prepareRun(request.document, admission(request, surroundings.help?.team.threads ?? 1));
  if (!prepared.ok) return { report: undefined, problems: prepared.problems, archive: undefined };
  const steps = boundedSteps(prepared.value.program);
  if (!steps.ok) return { report: undefined, problems: steps.problems, archive: undefined };
  const program = withSpikeCounts(prepared.value.program);
  const made = createSimulation({
    program,
    target: request.target,
    precision: request.precision ?? 'f64',
    memory,
    trainerFor: createLiveRidge,
    limitBytes: limitOf(request),
    ...(surroundings.help === undefined ? {} : { help: surroundings.help, shared: true }),
  });
  if (!made.ok) return { report: undefined, problems: made.problems, archive: undefined };
  const readiness = { prepared: prepared.value, steps: steps.value, started };
  const outcome = runSimulation(request, surroundings, made.value, readiness);
  made.value.dispose();
  return { ...outcome, problems: [...prepared.problems, ...outcome.problems] };
}

interface Readiness {
  readonly prepared: PreparedRun;
  readonly steps: number;
  /** Wall time at which the run was asked for. */
  readonly started: number;
}

function runSimulation(
  request: RunRequest,
  surroundings: RunSurroundings,
  simulation: Simulation,
  { prepared, steps, started }: Readiness,
): RunOutcome {
  const { clock } = surroundings;
  const counts = countSpikes(simulation);
  const recorders = request.record ? recordProbes(simulation, steps) : [];
  const checkpoints = checkpointsOf(request, { simulation, steps }, [...recorders, gatheringOf(counts)]);
  const resumed = request.resume === undefined ? ok(undefined) : checkpoints.resume(request.resume);
  if (!resumed.ok) return { report: undefined, problems: resumed.problems, archive: undefined };
  const buildSeconds = (clock.now() - started) / 1000;
  const running = clock.now();
  const problems = advanceToEnd(simulation, steps, surroundings, periodic(request, checkpoints, surroundings));
  const wallSeconds = (clock.now() - running) / 1000;
  const stopped = problems.length === 0 && simulation.step < steps;
  return {
    report: describeRun(simulation, prepared, steps, { wallSeconds, buildSeconds }, counts),
    problems,
    archive: request.record
      ? new Uint8Array(writeRunNpz(recorders.map((recorder) => recorder.recording())))
      : undefined,
    // Where checkpoints are kept, one of the end lets a longer run go on from there.
    ...(stopped || (problems.length === 0 && request.checkpointSeconds !== undefined)
      ? { checkpoint: checkpoints.write() }
      : {}),
  };
}

/**
 * The network, its probes, threads and everything that will have been recorded have to fit; where checkpoints are written
 * on the way, also the copies of states and records that one is made of, and the file.
 */
function admission(request: RunRequest, threads: number): Admission {
  const recorded = ({ program }: Outline): readonly MemoryPart[] =>
    request.record
      ? program.probes.map((probe) => ({ owner: probe.element, bytes: bytesOf(probe, program, program.steps ?? 0) }))
      : [];
  const parts = (outline: Outline): readonly MemoryPart[] => {
    const records = recorded(outline);
    const { checkpointSeconds } = request;
    const kept = checkpointSeconds === undefined ? [] : [...records, ...stateParts(outline.program)];
    return [...records, ...kept, ...kept, ...threadMemory(outline, threads)];
  };
  const admit = admitWithin(limitOf(request), parts);
  return (outline) => admit({ ...outline, program: withSpikeCounts(outline.program) });
}

/** What a checkpoint holds of the states. */
function stateParts({ signals }: Program): readonly MemoryPart[] {
  return signals
    .filter(({ role }) => role === 'state')
    .map(({ element, shape, type }) => ({ owner: element, bytes: lengthOf(shape) * elementBytes[type] }));
}

function limitOf({ memoryLimitBytes }: RunRequest): number {
  return memoryLimitBytes ?? defaultMemoryLimitBytes;
}

/** The steps of the run, if it has an end. */
function boundedSteps({ steps }: Program): Result<number> {
  if (steps !== undefined) return ok(steps);
  return failed(
    problem('run/duration', 'The project runs until it is stopped, so this run would never end.', {
      hint: 'Give a duration: --duration 1s, or set one in the project.',
      at: { path: 'run.duration' },
    }),
  );
}

function bytesOf(probe: ProgramProbe, program: Program, steps: number): number {
  if (probe.type === 'events') return 0;
  const shape = program.signals.find((signal) => signal.id === probe.signal)?.shape ?? [];
  return 8 * steps * (1 + (probe.cells?.length ?? shape.reduce((product, extent) => product * extent, 1)));
}

/** The program with a probe of its own on the spikes of every population, so that all are counted. */
function withSpikeCounts(program: Program): Program {
  const counting = program.elements.flatMap(({ id, spikes }): ProgramProbe[] =>
    spikes === undefined
      ? []
      : [
          {
            id: `${countPrefix}${id}`,
            element: id,
            target: '',
            signal: spikes,
            unit: '1',
            type: 'events',
            when: 'end',
            cells: null,
          },
        ],
  );
  return { ...program, probes: [...program.probes, ...counting] };
}

type SpikeCounts = ReadonlyMap<string, { count: number }>;

function countSpikes(simulation: Simulation): SpikeCounts {
  const counts = new Map<string, { count: number }>();
  for (const { id, element } of countingProbes(simulation.program)) {
    const total = { count: 0 };
    counts.set(element, total);
    simulation.setSink(id, { events: (_steps, _cells, count) => void (total.count += count) });
  }
  return counts;
}

function countingProbes(program: Program): readonly ProgramProbe[] {
  return program.probes.filter((probe) => probe.id.startsWith(countPrefix));
}

function recordProbes(simulation: Simulation, steps: number): readonly ProbeRecorder[] {
  const { program } = simulation;
  const { timeStepSeconds, members = 1 } = program;
  const names = new Map(program.elements.map(({ id, name }) => [id, name]));
  return program.probes
    .filter((probe) => !probe.id.startsWith(countPrefix))
    .map((probe) => {
      const name = `${names.get(probe.element) ?? probe.element}.${probe.target}`;
      const channelCount = cellsOf(probe, program) / members;
      const recorded: RecordedProbe = { name, channelCount, members, timeStepSeconds };
      const recorder = probe.type === 'events' ? createEventRecorder(recorded) : createSampleRecorder(recorded, steps);
      simulation.setSink(probe.id, recorder.sink);
      return recorder;
    });
}

/** What events are numbered by, or a row is as long as. */
function cellsOf({ type, cells, signal }: ProgramProbe, { signals }: Program): number {
  const shape = signals.find(({ id }) => id === signal)?.shape ?? [];
  return type === 'samples' && cells !== null ? cells.length : lengthOf(shape);
}

/** Problems that ended the run early; none when it came to its end or was asked to stop. */
function advanceToEnd(
  simulation: Simulation,
  steps: number,
  surroundings: RunSurroundings,
  checkpoint: () => void,
): readonly Problem[] {
  let told = surroundings.clock.now();
  while (simulation.step < steps && !surroundings.stopRequested()) {
    const found = simulation.advance(Math.min(chunkSteps, steps - simulation.step));
    if (found.length > 0) return found;
    checkpoint();
    if (surroundings.clock.now() - told < progressMilliseconds) continue;
    told = surroundings.clock.now();
    surroundings.onProgress({ step: simulation.step, steps });
  }
  return [];
}

/** Hands out a checkpoint when one is due; making them takes a twentieth of the time at most. */
function periodic(
  { checkpointSeconds }: RunRequest,
  checkpoints: RunCheckpoints,
  { clock, onCheckpoint }: RunSurroundings,
): () => void {
  if (checkpointSeconds === undefined || onCheckpoint === undefined) return () => undefined;
  let due = clock.now() + 1000 * checkpointSeconds;
  return () => {
    const start = clock.now();
    if (start < due) return;
    onCheckpoint(checkpoints.write());
    const end = clock.now();
    due = end + Math.max(1000 * checkpointSeconds, 20 * (end - start));
  };
}

/** The counts of spikes, for a checkpoint. */
function gatheringOf(counts: SpikeCounts): Gathering {
  return {
    save: () => new Uint8Array(Float64Array.from(counts.values(), ({ count }) => count).buffer),
    restore({ buffer }) {
      const saved = new Float64Array(buffer);
      [...counts.values()].forEach((total, index) => (total.count = saved[index] ?? 0));
    },
  };
}

function describeRun(
  simulation: Simulation,
  { cells, synapses }: PreparedRun,
  steps: number,
  times: Pick<RunReport, 'wallSeconds' | 'buildSeconds'>,
  counts: ReadonlyMap<string, { count: number }>,
): RunReport {
  const { elements, timeStepSeconds, members = 1 } = simulation.program;
  const nameOf = uniqueNames(elements);
  return {
    steps: simulation.step,
    simSeconds: simulation.step * timeStepSeconds,
    members,
    ...times,
    cells,
    synapses,
    spikes: Object.fromEntries([...counts].map(([element, { count }]) => [nameOf(element), count])),
    readouts: simulation.readoutStates().map(({ element, phase, nrmse, persistenceNrmse, scoredSteps }) => ({
      element,
      name: nameOf(element),
      phase,
      nrmse: nrmse ?? null,
      persistenceNrmse: persistenceNrmse ?? null,
      scoredSteps,
    })),
    threads: simulation.threads(),
    stopped: simulation.step < steps,
  };
}

/** Names of elements; where two have the same, with the id behind. */
function uniqueNames(elements: Program['elements']): (id: string) => string {
  const names = elements.map(({ name }) => name);
  const byId = new Map(
    elements.map(({ id, name }) => [id, names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} (${id})`]),
  );
  return (id) => byId.get(id) ?? id;
}
