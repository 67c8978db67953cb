import { describe, expect, it } from 'vitest';
import type { Problem } from '../base/problem.ts';
import { budgetOf } from '../base/budget.test-support.ts';
import { createUniformSource } from '../base/random.ts';
import { expectOk } from '../base/result.ts';
import * as ir from '../build/ir/expressions.ts';
import { loop, store, when } from '../build/ir/statements.ts';
import type { Operator, Program, Signal } from '../build/program.ts';
import { createSimulation, type Simulation } from './simulation.ts';

const memory = {
  allocate: (bytes: number) => new WebAssembly.Memory({ initial: Math.max(1, Math.ceil(bytes / 65_536)) }),
};
const budget = budgetOf('planted-faults');
const cells = 40;

function state(name: string, length: number, initial: Signal['initial'] = 0, element = 'e'): Signal {
  return { id: `e/${name}`, element, name, type: 'f64', shape: [length], initial, unit: '1', role: 'state' };
}

function operator(name: string, body: Operator['body'], updates: readonly string[]): Operator {
  return {
    id: `e/${name}`,
    element: 'e',
    slot: 'groups',
    reads: [],
    sets: [],
    adds: [],
    updates,
    readsUpdated: [],
    body,
  };
}

const at = ir.i32Local('i');
/** Every cell counts the steps; the second variable lies in a longer signal, as weights do. */
const count = operator(
  'count',
  [
    loop(
      'i',
      0,
      cells,
      ['e/v', 'e/w'].map((id) => store(id, at, ir.add(ir.load(id, at), ir.f64(1)))),
    ),
  ],
  ['e/v', 'e/w'],
);

interface Plant {
  readonly step: number;
  readonly cell: number;
  readonly signal: string;
  readonly value: number;
}

/** A step from which the run is past mending: from the planted number on, all cells of the signal take it over. */
function program(plant?: Plant): Program {
  const planted =
    plant === undefined
      ? []
      : [
          operator(
            'plant',
            [
              when(ir.equal(ir.step, ir.i32(plant.step)), [store(plant.signal, plant.cell, ir.f64(plant.value))]),
              loop('i', 0, cells, [
                store('e/v', at, ir.add(ir.load('e/v', at), ir.multiply(ir.load(plant.signal, plant.cell), ir.f64(0)))),
              ]),
            ].toReversed(),
            ['e/v', 'e/w'],
          ),
        ];
  return {
    name: 'test',
    timeStepSeconds: 1e-3,
    steps: undefined,
    seed: 1,
    probes: [
      { id: 'p', element: 'e', target: 'v', signal: 'e/v', unit: '1', type: 'samples', when: 'start', cells: [0] },
    ],
    readouts: [],
    signals: [state('v', cells), state('w', 3000, 0, 'c'), state('last', cells, Number.NEGATIVE_INFINITY)],
    operators: [count, ...planted],
    elements: [{ id: 'e', name: 'Cells', kind: 'test', size: cells, spikes: undefined }],
  };
}

function start(made: Program, target: 'wasm' | 'interpreter' = 'wasm', guard: 'on' | 'off' = 'on'): Simulation {
  return expectOk(createSimulation({ program: made, target, memory, guard }));
}

/** Steps of the records that are left in the end. */
function recordSteps(simulation: Simulation): number[] {
  const steps: number[] = [];
  simulation.setSink('p', {
    samples(first, rows) {
      for (let row = 0; row < rows; row += 1) steps.push(first + row);
    },
    truncate(step) {
      while ((steps.at(-1) ?? -1) >= step) steps.pop();
    },
  });
  return steps;
}

function randomPlant(draw: (below: number) => number): Plant {
  const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return {
    step: draw(3000),
    cell: draw(cells),
    signal: draw(2) === 0 ? 'e/v' : 'e/w',
    value: values[draw(3)] as number,
  };
}

/** What must be said of a planted fault: the variables count steps. */
function expectedOf({ step, cell, signal, value }: Plant): unknown {
  const [place, element, name] =
    signal === 'e/v' ? [`v of cell ${cell} of "Cells"`, 'e', 'v'] : [`w of synapse ${cell} of "c"`, 'c', 'w'];
  const became = Number.isNaN(value) ? 'not a number' : 'infinite';
  const before = [step - 2, step - 1, step].filter((count) => count >= 0);
  const time = Number((step * 1e-3).toPrecision(9));
  return {
    message: `${place} became ${became} in step ${step}, t = ${time} s. Its last values were ${before.join(', ')}.`,
    place: { element, path: `states.${name}` },
    fault: {
      variable: name,
      of: signal === 'e/v' ? 'cell' : 'synapse',
      index: cell,
      step,
      timeStepSeconds: 1e-3,
      unit: '1',
      value,
      before,
    },
  };
}

describe('the guard', () => {
  const source = createUniformSource(budget.seed);
  const draw = (below: number): number => Math.floor(source.next() * below);

  it('names element, variable, cell, step and last values of planted faults, however the run is cut (R8)', () => {
    for (let round = 0; round < budget.rounds; round += 1) {
      const plant = randomPlant(draw);
      const target = draw(4) === 0 ? 'interpreter' : 'wasm';
      const simulation = start(program(plant), target);
      const steps = recordSteps(simulation);
      const found: Problem[] = [];
      while (found.length === 0 && simulation.step < 6000)
        found.push(...simulation.advance(1 + draw(500), draw(2) === 0 ? 'more follow' : undefined));
      const again = `${JSON.stringify(plant)} ${target} ${budget.again}, round ${round}`;
      expect(
        found.map(({ message, at: place, fault }) => ({ message, place, fault })),
        again,
      ).toEqual([expectedOf(plant)]);
      expect(simulation.step, again).toBe(plant.step + 1);
      expect(simulation.readSignal(plant.signal)[plant.cell], again).toBe(plant.value);
      expect(steps, again).toEqual(Array.from({ length: plant.step + 1 }, (_, step) => step));
    }
  });

  it('finds nothing when it is off', () => {
    const simulation = start(program({ step: 100, cell: 3, signal: 'e/v', value: Number.NaN }), 'wasm', 'off');
    expect(simulation.advance(3000)).toEqual([]);
    expect(simulation.step).toBe(3000);
  });

  it('lets a variable be infinite that starts so, but not become not a number', () => {
    const last = (value: number): Plant => ({ step: 50, cell: 2, signal: 'e/last', value });
    const planted = (value: number): Program => {
      const { signal, cell, step } = last(value);
      const plant = operator(
        'late',
        [when(ir.equal(ir.step, ir.i32(step)), [store(signal, cell, ir.f64(value))])],
        [signal],
      );
      return { ...program(), operators: [count, plant] };
    };
    expect(start(program()).advance(200)).toEqual([]);
    expect(start(planted(Number.POSITIVE_INFINITY)).advance(200)).toEqual([]);
    expect(start(planted(Number.NaN)).advance(200)).toMatchObject([{ at: { path: 'states.last' } }]);
  });

  it('leaves a variable alone that starts as not a number', () => {
    const made = program();
    const signals = [...made.signals, state('unknown', cells, Number.NaN)];
    expect(start({ ...made, signals }).advance(200)).toEqual([]);
  });

  it('goes back no further than a change from outside', () => {
    const simulation = start(program());
    simulation.advance(10, 'more follow');
    simulation.writeSignal('e/v', new Float64Array(cells).fill(5));
    simulation.advance(3, 'more follow');
    expect([...simulation.readSignal('e/v')]).toEqual(new Array(cells).fill(8));
    simulation.writeSignal('e/v', new Float64Array(cells).fill(Number.NaN));
    expect(simulation.advance(5)).toMatchObject([{ code: 'run/not-finite' }]);
    expect(simulation.step).toBe(13);
  });
});
