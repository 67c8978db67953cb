/** Batches that stimuli ask for: what each member gets, that it computes what a run of its own does, and mistakes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { element, prepare, project, wire } from '../../e2e/specs/problem-codes/case.ts';
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import { defined } from '../base/assert.ts';
import { expectOk } from '../base/result.ts';
import type { Program } from '../build/program.ts';
import { ownRun, partOf } from '../codegen/members/own-run.test-support.ts';
import { batchChoice } from '../codegen/members/which-signals.ts';
import { encodeArray } from '../model/arrays.ts';
import type { ParameterValue, Quantity } from '../model/value.ts';
import { memoryNeed } from '../runtime/memory-need.ts';
import { createSimulation, type Simulation } from '../runtime/simulation.ts';
import { prepareRun } from './prepare-run.ts';

const steps = 40;
const rate = (value: number): Quantity => ({ value, unit: 'Hz' });

/** Four rows of six channels, and events on six channels. */
const rows = encodeArray(
  Array.from({ length: 24 }, (_, place) => Math.sin(place)),
  [4, 6],
);
const times = encodeArray([0, 0.5, 1, 1, 2.5, 3], [6, 1]);
const channels = encodeArray([5, 0, 1, 2, 3, 4], [6, 1]);

interface Sizes {
  readonly cells: number;
  /** Batch sizes of the spikes, of the drive, of what comes from files. */
  readonly spikes: number;
  readonly drive: number;
  readonly file: number;
  readonly seed: number;
}

/** Spikes onto cells; a drive, rows and events besides, each in its own way. */
function networkOf({ cells, spikes, drive, file, seed }: Sizes) {
  const array = (id: string, unit: string): ParameterValue => ({ array: id, unit });
  const rowsOf = (interpolation: string): Record<string, ParameterValue> => ({
    ...{ series: array(rows.id, '1'), members: file, interpolation },
    ...{ after: 'repeat', sample_period: { value: 7, unit: 'ms' } },
  });
  const base = project({
    elements: [
      element('spikes', 'stimuli/poisson', { size: 5, rate: rate(300), members: spikes }),
      element('drive', 'stimuli/poisson-drive', { size: cells, members: drive, rate: rate(30) }),
      element('rows', 'stimuli/series', rowsOf('linear')),
      element('curve', 'stimuli/series', rowsOf('cubic')),
      element('events', 'stimuli/events', {
        ...{ times: array(times.id, 'ms'), channels: array(channels.id, '1'), members: file },
      }),
      element('drawn', 'stimuli/narma', { length: 30, members: drive }),
      element('cells', 'neurons/lif', { size: cells }),
      element('rates', 'layers/pass-through', { noise_std: 0.1 }),
    ],
    connections: [
      wire('spikes.spikes', 'cells.synapses', 'connectors/all-to-all', { weight: { value: 300, unit: 'pA' } }),
      wire('rows.out', 'rates.in'),
    ],
    probes: [
      { id: 'v', element: 'cells', target: 'v', cells: null },
      { id: 'spikes', element: 'spikes', target: 'spikes', cells: [4, 1] },
    ],
  });
  const arrays = Object.fromEntries([rows, times, channels].map((each) => [each.id, each]));
  return { ...base, arrays, run: { ...base.run, seed, timeStep: { value: 1, unit: 'ms' } } };
}

function programOf(sizes: Partial<Sizes>): Program {
  const whole = { cells: 4, spikes: 1, drive: 1, file: 1, seed: 1, ...sizes };
  return expectOk(prepareRun(networkOf(whole))).program;
}

type Target = 'wasm' | 'interpreter';

function run(program: Program, target: Target, begin: (simulation: Simulation) => void = () => undefined): Simulation {
  const simulation = expectOk(createSimulation({ program, target, memory: nodeMemory }));
  begin(simulation);
  expect(simulation.advance(steps)).toEqual([]);
  return simulation;
}

/** What a member of a batch left of a signal. */
function partsOf(simulation: Simulation, program: Program, id: string): number[][] {
  const { shape } = defined(
    program.signals.find((signal) => signal.id === id),
    id,
  );
  const { members = 1 } = simulation.program;
  return Array.from({ length: members }, (_, member) => partOf(simulation.readSignal(id), member, shape));
}

/** The member as a run of its own, with its part of what differs between members. */
function alone(program: Program, member: number, target: Target): Simulation {
  const { batch: _, ...single } = ownRun(program, batchChoice(program), member);
  return run(single, target, (simulation) => {
    for (const { id, initial, ofMembers } of program.signals) {
      if (ofMembers === undefined || typeof initial !== 'object') continue;
      simulation.writeSignal(id, ofMembers.slice(member * initial.length, (member + 1) * initial.length));
    }
  });
}

const anySizes = fc.record({
  cells: fc.integer({ min: 1, max: 40 }),
  seed: fc.nat(1000),
  members: fc.constantFrom(2, 3),
  which: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
});

describe('a batch that stimuli ask for', () => {
  it.each(['wasm', 'interpreter'] as const)('computes in each member the bits of a run of its own: %s', (target) => {
    const own = fc.property(anySizes, ({ cells, seed, members, which: [spikes, drive, file] }) => {
      const size = (several: boolean): number => (several ? members : 1);
      const program = programOf({ cells, seed, spikes: size(spikes), drive: size(drive), file: size(file) });
      const batch = run(program, target);
      expect(batch.program.members ?? 1).toBe(spikes || drive || file ? members : 1);
      for (let member = 0; member < (batch.program.members ?? 1); member += 1) {
        const single = alone(program, member, target);
        for (const { id, role } of program.signals)
          if (role !== 'constant')
            expect(partsOf(batch, program, id)[member], `${id} of ${member}`).toEqual([...single.readSignal(id)]);
      }
    });
    fc.assert(own, { numRuns: 3 });
  });

  it('has as its first member the run without a batch', () => {
    const [single, several] = [programOf({}), programOf({ spikes: 3, drive: 3 })];
    const [plain, batch] = [run(single, 'wasm'), run(several, 'wasm')];
    for (const { id, role } of single.signals)
      if (role !== 'constant') expect(partsOf(batch, several, id)[0], id).toEqual([...plain.readSignal(id)]);
  });

  it('draws anew for each member where a stimulus asks for it, and the same where it does not', () => {
    const program = programOf({ cells: 20, spikes: 3, drive: 1 });
    const batch = run(program, 'wasm');
    const different = (id: string): number => new Set(partsOf(batch, program, id).map((part) => part.join())).size;
    expect(['cells/v', 'drive/counts', 'drawn/target', 'rows/out'].map(different)).toEqual([3, 1, 1, 1]);
    const drive = programOf({ cells: 20, drive: 3 });
    const driven = run(drive, 'wasm');
    const parts = ['drive/counts', 'drawn/target', 'spikes/spikes'].map((id) => partsOf(driven, drive, id));
    expect(parts.map((each) => new Set(each.map((part) => part.join())).size)).toEqual([3, 3, 1]);
  });

  it('deals out the columns of files: consecutive ones to each member', () => {
    const program = programOf({ file: 3 });
    const batch = run(program, 'wasm');
    const whole = run(programOf({}), 'wasm').readSignal('rows/out');
    expect(partsOf(batch, program, 'rows/out').flat()).toEqual([...whole]);
    const curves = run(programOf({}), 'wasm').readSignal('curve/out');
    expect(partsOf(batch, program, 'curve/out').flat()).toEqual([...curves]);
  });

  it('is counted before anything is made: never fewer bytes than the code has', () => {
    for (const sizes of [{ spikes: 7 }, { file: 6, cells: 300 }, { drive: 64, cells: 100 }]) {
      const document = networkOf({ cells: 4, spikes: 1, drive: 1, file: 1, seed: 1, ...sizes });
      let told = 0;
      const { program } = expectOk(
        prepareRun(document, (outline) => {
          told = memoryNeed(outline).linearBytes;
          return { ok: true, value: undefined, problems: [] };
        }),
      );
      const { compiled } = expectOk(createSimulation({ program, target: 'wasm', memory: nodeMemory }));
      expect(told).toBeGreaterThan(0.97 * compiled.layout.totalBytes);
      expect(told).toBeLessThan(1.5 * compiled.layout.totalBytes);
    }
  });
});

describe('what cannot be a batch', () => {
  const poisson = (id: string, members: number) => element(id, 'stimuli/poisson', { members });

  it('names two stimuli of different sizes, and both ways out', () => {
    expect(prepare({ elements: [poisson('a', 3), poisson('b', 1), poisson('c', 4)] })).toMatchObject([
      {
        code: 'model/parameter-range',
        message: '"C" has a batch size of 4, but "A" one of 3.',
        hint: 'Set it to 3, or to 1, which gives all 3 members the same.',
        at: { element: 'c', path: 'parameters.members' },
      },
    ]);
    expect(prepare({ elements: [poisson('a', 3), poisson('b', 1), poisson('c', 3)] })).toEqual([]);
  });

  it('names the readout that learns, and the way out', () => {
    const elements = [
      element('drive', 'stimuli/narma', { members: 2 }),
      element('reservoir', 'layers/rate-reservoir'),
      element('readout', 'readouts/ridge'),
    ];
    const connections = [
      wire('drive.input', 'reservoir.in'),
      wire('reservoir.out', 'readout.features'),
      wire('drive.target', 'readout.target'),
    ];
    const [found] = prepare({ elements, connections });
    expect(found).toMatchObject({
      code: 'model/parameter-range',
      hint: 'Set the batch size to 1, or remove the readout and train on what a run recorded.',
      at: { element: 'drive', path: 'parameters.members' },
    });
    expect(found?.message).toContain('"READOUT" learns while the network runs');
  });

  it('says which sizes fit the channels of a file', () => {
    const document = networkOf({ cells: 4, spikes: 1, drive: 1, file: 4, seed: 1 });
    expect(prepareRun(document).problems[0]).toMatchObject({
      code: 'model/parameter-range',
      message: '"ROWS" has 6 channels, which cannot be dealt out to 4 members of a batch.',
      hint: 'Set the batch size to 1, 2, 3, 6.',
      at: { element: 'rows', path: 'parameters.members' },
    });
  });

  it.each([0, -1, 1.5, 2000])('takes no size of %d', (members) => {
    expect(prepare({ elements: [poisson('a', members)] }).map(({ at }) => at?.path)).toEqual(['parameters.members']);
  });
});
