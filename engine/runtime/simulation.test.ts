import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import * as ir from '../build/ir/expressions.ts';
import { loop, store } from '../build/ir/statements.ts';
import type { Operator, Program, ProgramProbe, Signal } from '../build/program.ts';
import { carryState } from './carry-over.ts';
import type { ReadoutTrainer } from './readout-run.ts';
import { createSimulation, type Simulation } from './simulation.ts';

const memory = {
  allocate: (bytes: number) => new WebAssembly.Memory({ initial: Math.max(1, Math.ceil(bytes / 65_536)) }),
};
const cells = 5;
const cell = ir.i32Local('i');

function signal(name: string, type: Signal['type'], role: Signal['role'], shape: readonly number[] = [cells]): Signal {
  return { id: `e/${name}`, element: 'e', name, type, shape, initial: 0, unit: '1', role };
}

function operator(name: string, parts: Partial<Operator>): Operator {
  return {
    id: `e/${name}`,
    element: 'e',
    slot: 'groups',
    reads: [],
    sets: [],
    adds: [],
    updates: [],
    readsUpdated: [],
    body: [],
    ...parts,
  };
}

const counts = operator('count', {
  updates: ['e/v'],
  body: [loop('i', 0, cells, [store('e/v', cell, ir.add(ir.load('e/v', cell), ir.toF64(ir.add(cell, ir.i32(1)))))])],
});
/** Cell i spikes in every step that (i + 2) divides. */
const spikes = operator('spike', {
  sets: ['e/spikes'],
  body: [
    loop('i', 0, cells, [
      store(
        'e/spikes',
        cell,
        ir.select(ir.equal(ir.remainder(ir.step, ir.add(cell, ir.i32(2))), ir.i32(0)), ir.i32(1), ir.i32(0)),
      ),
    ]),
  ],
});

const probes: readonly ProgramProbe[] = [
  { id: 'before', element: 'e', target: 'v', signal: 'e/v', unit: '1', type: 'samples', when: 'start', cells: [1, 4] },
  { id: 'after', element: 'e', target: 'v', signal: 'e/v', unit: '1', type: 'samples', when: 'end', cells: null },
  {
    id: 'events',
    element: 'e',
    target: 'spikes',
    signal: 'e/spikes',
    unit: '1',
    type: 'events',
    when: 'end',
    cells: null,
  },
];

const base: Program = {
  name: 'test',
  timeStepSeconds: 1e-3,
  steps: undefined,
  seed: 1,
  probes,
  readouts: [],
  signals: [signal('v', 'f64', 'state'), signal('spikes', 'u8', 'transient')],
  operators: [counts, spikes],
  elements: [{ id: 'e', name: 'Cells', kind: 'test', size: cells, spikes: 'e/spikes' }],
};

interface Records {
  readonly rows: Record<string, number[]>;
  readonly events: [number, number][];
  readonly firstSteps: number[];
}

function record(simulation: Simulation): Records {
  const records: Records = { rows: { before: [], after: [] }, events: [], firstSteps: [] };
  for (const probe of ['before', 'after']) {
    simulation.setSink(probe, {
      samples(firstStep, _rows, values) {
        records.rows[probe]?.push(...values);
        if (probe === 'after') records.firstSteps.push(firstStep);
      },
    });
  }
  simulation.setSink('events', {
    events(steps, who, count) {
      for (let index = 0; index < count; index += 1)
        records.events.push([steps[index] as number, who[index] as number]);
    },
  });
  return records;
}

function start(program: Program = base, target: 'wasm' | 'interpreter' = 'wasm'): Simulation {
  return expectOk(createSimulation({ program, target, memory }));
}

describe('simulation', () => {
  it('stamps probes before and after the step (R1, R3, R5)', () => {
    const simulation = start();
    const { rows, events } = record(simulation);
    expect(simulation.advance(3)).toEqual([]);
    expect(rows['before']).toEqual([0, 0, 2, 5, 4, 10]);
    expect(rows['after']).toEqual([1, 2, 3, 4, 5, 2, 4, 6, 8, 10, 3, 6, 9, 12, 15]);
    expect(events).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
      [0, 3],
      [0, 4],
      [2, 0],
    ]);
    expect(simulation.step).toBe(3);
  });

  it('records the same however the run is cut (R4), on both targets (R6)', () => {
    const whole = record(start());
    const reference = start();
    const wanted = record(reference);
    reference.advance(2500);
    expect(whole.events).toEqual([]);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 1500 }), { minLength: 1, maxLength: 6 }),
        fc.constantFrom('wasm', 'interpreter'),
        (parts, target) => {
          const simulation = start(base, target as 'wasm' | 'interpreter');
          const records = record(simulation);
          for (const part of parts) simulation.advance(Math.min(part, 2500 - simulation.step));
          simulation.advance(2500 - simulation.step);
          expect(records.rows).toEqual(wanted.rows);
          expect(records.events).toEqual(wanted.events);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('counts spikes whether probed or not', () => {
    const simulation = start({ ...base, probes: [] });
    simulation.advance(6);
    expect(simulation.takeSpikeCount('e/spikes')).toBe(3 + 2 + 2 + 2 + 1);
    expect(simulation.takeSpikeCount('e/spikes')).toBe(0);
  });

  it('starts over after a reset (R7)', () => {
    const simulation = start();
    simulation.advance(10);
    simulation.reset();
    const { rows } = record(simulation);
    simulation.advance(1);
    expect(rows['after']).toEqual([1, 2, 3, 4, 5]);
  });

  it('stops at a state that is not finite and names it (R8)', () => {
    const explode = operator('explode', {
      updates: ['e/v'],
      body: [
        store(
          'e/v',
          3,
          ir.select(ir.greaterEqual(ir.step, ir.i32(1500)), ir.f64(Number.POSITIVE_INFINITY), ir.load('e/v', 3)),
        ),
      ],
    });
    const problems = start({ ...base, operators: [...base.operators, explode] }).advance(5000);
    expect(problems).toMatchObject([{ code: 'run/not-finite', at: { element: 'e', path: 'states.v' } }]);
    expect(problems[0]?.message).toMatch(/v of cell 3 of "Cells" became infinite/);
  });

  it('refuses what does not fit into the limit (R11)', () => {
    const refused = createSimulation({ program: base, target: 'wasm', memory, limitBytes: 1000 });
    expect(refused.problems[0]?.code).toBe('run/memory');
  });

  it('reports memory that the host does not give (R11)', () => {
    const poor = {
      allocate: () => {
        throw new RangeError('could not allocate');
      },
    };
    const refused = createSimulation({ program: base, target: 'wasm', memory: poor });
    expect(refused.problems).toMatchObject([{ code: 'run/memory', cause: 'RangeError: could not allocate' }]);
  });

  it('ends a run that is too long for its step numbers (R12)', () => {
    const simulation = start({ ...base, operators: [], probes: [] });
    simulation.setStep(2 ** 31 - 3);
    expect(simulation.advance(10)).toMatchObject([{ code: 'run/duration' }]);
  });

  it('carries state over to an edited program (R10)', () => {
    const before = start();
    before.advance(7);
    const doubled = {
      ...counts,
      body: [loop('i', 0, cells, [store('e/v', cell, ir.add(ir.load('e/v', cell), ir.f64(100)))])],
    };
    const after = start({
      ...base,
      signals: [...base.signals, signal('new', 'f64', 'state')],
      operators: [doubled, spikes],
    });
    carryState(before, after);
    expect(after.step).toBe(7);
    after.advance(1);
    expect([...after.readSignal('e/v')]).toEqual([107, 114, 121, 128, 135]);
    expect([...after.readSignal('e/new')]).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('a readout', () => {
  /** target = step, features = [step, 1]; the trainer is a spy that answers with fixed weights. */
  const readoutProgram: Program = {
    ...base,
    probes: [],
    elements: [],
    signals: [
      signal('f', 'f64', 'transient', [2]),
      signal('t', 'f64', 'transient', [1]),
      signal('p', 'f64', 'transient', [1]),
      signal('w', 'f64', 'state', [2, 1]),
      signal('b', 'f64', 'state', [1]),
      signal('trained', 'f64', 'state', [1]),
    ],
    operators: [
      operator('source', {
        sets: ['e/f', 'e/t'],
        body: [store('e/f', 0, ir.toF64(ir.step)), store('e/f', 1, ir.f64(1)), store('e/t', 0, ir.toF64(ir.step))],
      }),
      operator('predict', {
        reads: ['e/f', 'e/w', 'e/b'],
        sets: ['e/p'],
        body: [store('e/p', 0, ir.add(ir.multiply(ir.load('e/f', 0), ir.load('e/w', 0)), ir.load('e/b', 0)))],
      }),
    ],
    readouts: [
      {
        element: 'e',
        features: 'e/f',
        target: 'e/t',
        prediction: 'e/p',
        weights: 'e/w',
        bias: 'e/b',
        trained: 'e/trained',
        ridge: 1,
        washoutSteps: 3,
        trainUntilStep: 8,
        testUntilStep: null,
        horizonSteps: 2,
      },
    ],
  };

  it('collects from the washout on, is solved before its step, then scores (R9)', () => {
    const pairs: number[][] = [];
    const scored: (number | undefined)[][] = [];
    const trainer: ReadoutTrainer = {
      addPair: (row, target) => void pairs.push([...row, ...target]),
      solve: () => ({ ok: true, value: { weights: Float64Array.of(10, 0), bias: Float64Array.of(0.5) }, problems: [] }),
      addScore: (prediction, target, earlier) => void scored.push([prediction[0], target[0], earlier?.[0]]),
      scores: () => ({ nrmse: undefined, persistenceNrmse: undefined, scoredSteps: scored.length }),
      save: () => new Float64Array(),
      restore: () => undefined,
    };
    const simulation = expectOk(
      createSimulation({ program: readoutProgram, target: 'wasm', memory, trainerFor: () => trainer }),
    );
    simulation.advance(5);
    expect(simulation.readoutStates()[0]?.phase).toBe('collecting');
    simulation.advance(5);
    expect(pairs).toEqual([
      [3, 1, 3],
      [4, 1, 4],
      [5, 1, 5],
      [6, 1, 6],
      [7, 1, 7],
    ]);
    expect(scored).toEqual([
      [80.5, 8, 6],
      [90.5, 9, 7],
    ]);
    expect(simulation.readoutStates()[0]).toMatchObject({ element: 'e', phase: 'scored', scoredSteps: 2 });
  });

  it('stops with the Problem of a regression without solution', () => {
    const failing: ReadoutTrainer = {
      addPair: () => undefined,
      solve: () => ({
        ok: false,
        problems: [{ code: 'training/singular', severity: 'error', message: 'no unique solution' }],
      }),
      addScore: () => undefined,
      scores: () => ({ nrmse: undefined, persistenceNrmse: undefined, scoredSteps: 0 }),
      save: () => new Float64Array(),
      restore: () => undefined,
    };
    const simulation = expectOk(
      createSimulation({ program: readoutProgram, target: 'wasm', memory, trainerFor: () => failing }),
    );
    expect(simulation.advance(20)).toMatchObject([{ code: 'training/singular', at: { element: 'e' } }]);
    expect(simulation.step).toBe(8);
  });
});
