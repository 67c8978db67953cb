/** A program whose records are known beforehand: v counts steps, cell c fires in every step n with (n + c) mod 10 = 0. */
import type { Program, ProgramProbe, Signal } from '../build/program.ts';
import { add, equal, f64, i32, i32Local, load, multiply, remainder, select, step } from '../build/ir/expressions.ts';
import { loop, store } from '../build/ir/statements.ts';

export interface CountingOptions {
  readonly cells?: number;
  readonly steps?: number | undefined;
  readonly timeStepSeconds?: number;
  readonly probes?: readonly ProgramProbe[];
  /** v grows by this factor as well: above 1 it becomes infinite. */
  readonly growth?: number;
}

const element = 'pop';
const common = { element, unit: '1', when: 'end', cells: null } as const;

/** All values of v, recorded at the end of the step: n + 1 in step n. */
export const valueProbe: ProgramProbe = { ...common, id: 'values', target: 'v', signal: 'pop/v', type: 'samples' };
export const spikeProbe: ProgramProbe = {
  ...common,
  id: 'spikes',
  target: 'spikes',
  signal: 'pop/spikes',
  type: 'events',
};

export function countingProgram(options: CountingOptions = {}): Program {
  const {
    cells = 10,
    steps = undefined,
    timeStepSeconds = 1e-3,
    probes = [valueProbe, spikeProbe],
    growth = 1,
  } = options;
  const signal = (name: string, type: Signal['type'], role: Signal['role']): Signal => ({
    id: `pop/${name}`,
    element,
    name,
    type,
    shape: [cells],
    initial: 0,
    unit: '1',
    role,
  });
  const cell = i32Local('cell');
  const fires = equal(remainder(add(step, cell), i32(10)), i32(0));
  return {
    name: 'counting',
    timeStepSeconds,
    steps,
    seed: 1,
    signals: [signal('v', 'f64', 'state'), signal('spikes', 'u8', 'transient')],
    operators: [
      {
        id: 'pop/count',
        element,
        slot: 'groups',
        reads: [],
        sets: ['pop/spikes'],
        adds: [],
        updates: ['pop/v'],
        readsUpdated: [],
        body: [
          loop('cell', 0, cells, [
            store('pop/v', cell, add(multiply(load('pop/v', cell), f64(growth)), f64(1))),
            store('pop/spikes', cell, select(fires, i32(1), i32(0))),
          ]),
        ],
      },
    ],
    probes,
    readouts: [],
    elements: [{ id: element, name: 'Population', kind: 'test/counting', size: cells, spikes: 'pop/spikes' }],
  };
}
