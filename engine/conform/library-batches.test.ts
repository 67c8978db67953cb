/** Every kind of the library in a batch: each member computes the bits of a run of its own, on both targets. */
import { describe, expect, it } from 'vitest';
import { nodeMemory } from '../../electron/platform/node-memory.ts';
import { defined } from '../base/assert.ts';
import { expectOk } from '../base/result.ts';
import type { Program } from '../build/program.ts';
import { ownRun, partOf } from '../codegen/members/own-run.test-support.ts';
import { connectorDocument, elementDocument, prepared } from '../library/library-models.test-support.ts';
import { connectorKinds, elementKinds } from '../library/library.ts';
import { createSimulation, type Simulation } from '../runtime/simulation.ts';

const [members, steps] = [3, 25];

type Target = 'wasm' | 'interpreter';

function run(program: Program, target: Target, batch: number, prepare: (simulation: Simulation) => void) {
  const request = { program, target, memory: nodeMemory, members: batch, guard: 'off' } as const;
  const simulation = expectOk(createSimulation(request));
  prepare(simulation);
  expect(simulation.advance(steps)).toEqual([]);
  return simulation;
}

/** States at the start that differ between members. */
function startsOf(program: Program): (simulation: Simulation, member: number, place?: number) => void {
  const states = program.signals.filter(({ name, role, type }) => name === 'v' && role === 'state' && type === 'f64');
  return (simulation, member, place) => {
    for (const { id, initial, shape } of states) {
      const length = shape.reduce((product, extent) => product * extent, 1);
      const values = typeof initial === 'number' ? new Float64Array(length).fill(initial) : new Float64Array(length);
      if (typeof initial === 'object' && !('write' in initial)) values.set(initial);
      simulation.writeSignal(
        id,
        values.map((value, cell) => value + 1e-4 * Math.sin(cell + 7 * member)),
        place,
      );
    }
  };
}

function expectOwnRuns(program: Program, target: Target): void {
  const start = startsOf(program);
  const batch = run(program, target, members, (simulation) => {
    for (let member = 0; member < members; member += 1) start(simulation, member, member);
  });
  const changing = program.signals.filter(({ role }) => role !== 'constant');
  for (let member = 0; member < members; member += 1) {
    const own = run(ownRun(program, { members }, member), target, 1, (simulation) => start(simulation, member));
    for (const { id, shape } of changing)
      expect(partOf(batch.readSignal(id), member, shape), `${id} of member ${member}`).toEqual([...own.readSignal(id)]);
  }
}

const modelled = ['stdp', 'tsodyks-markram'].map((synapse) => {
  const kind = defined(connectorKinds.find('connectors/all-to-all'), 'all to all');
  return [`synapses ${synapse}`, prepared(connectorDocument(kind, [6, 5], { synapse })).program] as const;
});

const programs: readonly (readonly [string, Program])[] = [
  ...elementKinds.entries
    .filter(({ id }) => id !== 'readouts/ridge')
    .map((kind) => [kind.id, prepared(elementDocument(kind, { everyPort: true })).program] as const),
  ...connectorKinds.entries.flatMap((kind) =>
    [{}, { delay: { value: 3, unit: 'ms' } }].map((parameters, late) => {
      const { program } = prepared(connectorDocument(kind, [12, 12], parameters));
      return [`${kind.id}${late === 1 ? ' with a delay' : ''}`, program] as const;
    }),
  ),
  ...modelled,
];

describe.each(programs)('%s', (_, program) => {
  it.each(['wasm', 'interpreter'] as const)('computes in each member what a run of its own computes: %s', (target) => {
    expectOwnRuns(program, target);
  });
});

describe('what is recorded of a batch', () => {
  it('is the rows and spikes of all members, one after the other, and the counts of all spikes', () => {
    const { program } = prepared(
      connectorDocument(defined(connectorKinds.find('connectors/all-to-all'), 'it'), [12, 12]),
    );
    const probes = [
      { ...defined(program.probes[0], 'v'), id: 'chosen', cells: [3, 1] },
      {
        ...defined(program.probes[0], 'v'),
        id: 'spikes',
        signal: 'source/spikes',
        type: 'events',
        when: 'end',
      } as const,
    ];
    const recorded = (made: Program, batch: number) => {
      const request = { program: { ...made, probes }, target: 'wasm', memory: nodeMemory, members: batch } as const;
      const simulation = expectOk(createSimulation(request));
      const [rows, events]: [number[], [number, number][]] = [[], []];
      simulation.setSink('chosen', { samples: (_, __, values) => void rows.push(...values), events: () => undefined });
      simulation.setSink('spikes', {
        samples: () => undefined,
        events: (at, cells, count) => {
          for (let event = 0; event < count; event += 1) events.push([at[event] as number, cells[event] as number]);
        },
      });
      expect(simulation.advance(steps)).toEqual([]);
      return { rows, events, count: simulation.takeSpikeCount('source/spikes') };
    };
    const all = recorded(program, members);
    const own = Array.from({ length: members }, (_, member) => recorded(ownRun(program, { members }, member), 1));
    expect(all.count).toBe(own.reduce((sum, { count }) => sum + count, 0));
    expect(all.count).toBeGreaterThan(100);
    own.forEach(({ rows, events }, member) => {
      expect(all.rows.filter((_, place) => Math.floor(place / 2) % members === member)).toEqual(rows);
      const found = all.events.filter(([, cell]) => Math.floor(cell / 12) === member);
      expect(found.map(([step, cell]) => [step, cell % 12])).toEqual(events);
    });
    expect(new Set(own.map(({ events }) => JSON.stringify(events))).size).toBe(members);
  });

  it('names the member of a number that is none', () => {
    const { program } = prepared(
      connectorDocument(defined(connectorKinds.find('connectors/all-to-all'), 'it'), [12, 12]),
    );
    const simulation = expectOk(createSimulation({ program, target: 'wasm', memory: nodeMemory, members }));
    simulation.advance(3);
    const values = simulation.readSignal('target/v').slice(24);
    values[5] = Number.NaN;
    simulation.writeSignal('target/v', values, 2);
    expect(simulation.advance(3)[0]?.message).toContain('v of cell 5 of "Target" in member 2 of the batch');
  });
});
