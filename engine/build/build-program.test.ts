import { describe, expect, it } from 'vitest';
import { expectOk, failed } from '../base/result.ts';
import { problem } from '../base/problem.ts';
import { buildProgram } from './build-program.ts';
import {
  cells,
  clock,
  everyPair,
  fakeLibrary,
  join,
  modelOf,
  noPair,
  part,
  relay,
  source,
  spiker,
  trace,
} from './fake-model.test-support.ts';
import { checkOperator } from './ir/check.ts';

function program(...given: Parameters<typeof modelOf>) {
  return expectOk(buildProgram(modelOf(...given), fakeLibrary)).program;
}

function problemsOf(...given: Parameters<typeof modelOf>) {
  const built = buildProgram(modelOf(...given), fakeLibrary);
  expect(built.ok).toBe(false);
  return built.problems;
}

describe('number of steps', () => {
  const steps = (durationSeconds: number | undefined, timeStepSeconds: number) =>
    buildProgram(modelOf([part('a', clock)], [], { durationSeconds, timeStepSeconds }), fakeLibrary);

  it.each([
    [0.1, 1e-4, 1000],
    [0.3, 0.1, 3],
    [1, 0.3, 4],
    [0.9, 0.3, 3],
    [1e-3, 1e-3, 1],
    [0.1, 1, 1],
    [0.0100009, 1e-3, 11],
    [0.01000005, 1e-3, 10],
    [0.00999995, 1e-3, 10],
  ])('%f s in steps of %f s are %i', (duration, timeStep, wanted) => {
    expect(expectOk(steps(duration, timeStep)).program.steps).toBe(wanted);
  });

  it('are open when there is no duration', () => {
    expect(expectOk(steps(undefined, 1e-3)).program.steps).toBeUndefined();
  });

  it.each([
    [0, /at least one/],
    [-1, /at least one/],
    [Number.NaN, /at least one/],
    [1e300, /more steps/],
  ])('of %f s are a Problem', (duration, message) => {
    const result = steps(duration, 1e-3);
    expect(result.problems[0]).toMatchObject({ code: 'run/duration', at: { path: 'run.duration' } });
    expect(result.problems[0]?.message).toMatch(message);
    expect(result.ok).toBe(false);
  });
});

describe('sizes', () => {
  it('follow along a chain, in whatever order the elements stand', () => {
    const chain = [part('c', relay), part('b', relay), part('a', source, { size: 4 })];
    const { elements } = program(chain, [join('b.out', 'c.in'), join('a.out', 'b.in')]);
    expect(elements.map(({ id, size }) => [id, size])).toEqual([
      ['c', 4],
      ['b', 4],
      ['a', 4],
    ]);
  });

  it('add up where several wires meet', () => {
    const parts = [part('a', source, { size: 4 }), part('b', spiker, { size: 3 }), part('c', relay)];
    expect(program(parts, [join('a.out', 'c.in'), join('b.spikes', 'c.in')]).elements[2]?.size).toBe(7);
  });

  it('that follow from themselves are a Problem at the element', () => {
    const [found] = problemsOf(
      [part('a', relay), part('b', relay)],
      [join('a.out', 'b.in', undefined, 0.01), join('b.out', 'a.in')],
    );
    expect(found).toMatchObject({ code: 'model/port-size', at: { element: 'a' } });
    expect(found?.message).toContain('"A"');
    expect(found?.hint).toBeDefined();
  });

  it('hand on what a kind has to say against them', () => {
    const refusing = { ...clock, id: 'fake/refusing', sizes: () => failed(problem('model/missing-input', 'No data.')) };
    const library = { ...fakeLibrary, element: () => refusing };
    expect(buildProgram(modelOf([part('a', refusing)]), library).problems.map(({ code }) => code)).toEqual([
      'model/missing-input',
    ]);
  });
});

describe('wires', () => {
  it('lay vectors side by side in the order of the connections', () => {
    const parts = [part('a', source, { size: 2 }), part('b', source, { size: 3 }), part('c', relay)];
    const [rows] = trace(program(parts, [join('b.out', 'c.in'), join('a.out', 'c.in')]), 2, 'c/out');
    expect(rows).toEqual([
      [0, 1, 2, 0, 1],
      [10, 11, 12, 10, 11],
    ]);
  });

  it('carry spikes as 0 and 1', () => {
    const [rows] = trace(
      program([part('a', spiker, { size: 2 }), part('b', relay)], [join('a.spikes', 'b.in')]),
      4,
      'b/out',
    );
    expect(rows).toEqual([
      [1, 1],
      [0, 0],
      [1, 0],
      [0, 1],
    ]);
  });

  it('give zeros to a port without connection', () => {
    const [rows] = trace(program([part('b', relay)]), 2, 'b/out');
    expect(rows).toEqual([[0], [0]]);
  });

  it.each([1, 2, 3])('delay by %i steps, with zeros before', (delay) => {
    const [rows] = trace(
      program([part('a', source), part('b', relay)], [join('a.out', 'b.in', undefined, delay * 1e-3)]),
      6,
      'b/out',
    );
    expect(rows).toEqual([0, 1, 2, 3, 4, 5].map((step) => [step < delay ? 0 : 10 * (step - delay)]));
  });

  it.each([
    [0.00049, 0],
    [0.0005, 1],
    [0.00149, 1],
    [0.0015, 2],
  ])('round a delay of %f s to %i steps', (delay, steps) => {
    const [rows] = trace(
      program([part('a', source), part('b', relay)], [join('a.out', 'b.in', undefined, delay)]),
      4,
      'b/out',
    );
    expect(rows?.[3]).toEqual([10 * (3 - steps)]);
  });

  it.each([
    [0, [10, 20, 30, 40]],
    [1, [0, 10, 20, 30]],
    [2, [0, 0, 10, 20]],
  ])('know one step ahead under a delay of %i steps', (delay, wanted) => {
    const parts = [part('a', source), part('b', relay, { ahead: true })];
    const [rows] = trace(program(parts, [join('a.out', 'b.in', undefined, delay * 1e-3)]), 4, 'b/out');
    expect(rows?.flat()).toEqual(wanted);
  });

  it('take the present where nothing is known ahead', () => {
    const parts = [part('a', source), part('b', relay), part('c', relay, { ahead: true })];
    const [rows] = trace(program(parts, [join('a.out', 'b.in'), join('b.out', 'c.in')]), 3, 'c/out');
    expect(rows?.flat()).toEqual([0, 10, 20]);
  });

  it('in a loop without delay are a Problem that names the elements', () => {
    const sized = { ...relay, sizes: clock.sizes };
    const library = { ...fakeLibrary, element: () => sized };
    const built = buildProgram(
      modelOf([part('a', sized), part('b', sized)], [join('a.out', 'b.in'), join('b.out', 'a.in')]),
      library,
    );
    expect(built.problems[0]?.code).toBe('model/algebraic-loop');
    expect(built.problems[0]?.message).toMatch(/"A".*"B"|"B".*"A"/);
    const delayed = [join('a.out', 'b.in'), join('b.out', 'a.in', undefined, 1e-3)];
    expect(buildProgram(modelOf([part('a', sized), part('b', sized)], delayed), library).ok).toBe(true);
  });
});

describe('projections', () => {
  it('add the weights of spiking sources', () => {
    const parts = [part('a', spiker, { size: 2 }), part('b', cells, { size: 2 })];
    const [rows] = trace(program(parts, [join('a.spikes', 'b.synapses', everyPair)]), 4, 'b/v');
    // Weights onto cell 0: 1 and 2, onto cell 1: 11 and 12; source 0 spikes in steps 0, 2, source 1 in steps 0, 3.
    expect(rows).toEqual([
      [3, 23],
      [3, 23],
      [4, 34],
      [6, 46],
    ]);
  });

  it('add weighted values of continuous sources in the same step', () => {
    const parts = [part('a', source, { size: 2 }), part('b', cells, { size: 1 })];
    const [rows] = trace(program(parts, [join('a.out', 'b.current', everyPair)]), 3, 'b/v');
    expect(rows?.flat()).toEqual([2, 2 + 10 + 22, 34 + 20 + 42]);
  });

  it('deliver after their delay', () => {
    const parts = [part('a', spiker), part('b', cells)];
    const [rows] = trace(program(parts, [join('a.spikes', 'b.synapses', everyPair, 2e-3)]), 5, 'b/v');
    expect(rows?.flat()).toEqual([0, 0, 1, 1, 2]);
  });

  it('add up from several connections onto one port', () => {
    const parts = [part('a', spiker), part('c', spiker), part('b', cells)];
    const connections = [join('a.spikes', 'b.synapses', everyPair), join('c.spikes', 'b.synapses', everyPair, 1e-3)];
    const [rows] = trace(program(parts, connections), 3, 'b/v');
    expect(rows?.flat()).toEqual([1, 2, 3]);
  });

  it('may have no synapse', () => {
    const built = expectOk(
      buildProgram(
        modelOf([part('a', spiker), part('b', cells)], [join('a.spikes', 'b.synapses', noPair)]),
        fakeLibrary,
      ),
    );
    expect(built.synapses).toBe(0);
    expect(trace(built.program, 2, 'b/v')).toEqual([[[0], [0]]]);
  });

  it('count cells and synapses', () => {
    const parts = [part('a', spiker, { size: 3 }), part('b', cells, { size: 4 })];
    const built = expectOk(buildProgram(modelOf(parts, [join('a.spikes', 'b.synapses', everyPair)]), fakeLibrary));
    expect([built.cells, built.synapses]).toEqual([4, 12]);
  });

  it('refuse spikes where continuous values are wanted, at the connection', () => {
    const [found] = problemsOf([part('a', spiker), part('b', cells)], [join('a.spikes', 'b.current', everyPair)]);
    expect(found).toMatchObject({ code: 'model/port-type', at: { element: 'a.spikes-b.current' } });
    expect(found?.message).toContain('"A" gives spikes');
    const [other] = problemsOf([part('a', source), part('b', cells)], [join('a.out', 'b.synapses', everyPair)]);
    expect(other?.message).toContain('"A" gives continuous values');
  });
});

describe('probes', () => {
  const probe = (target: string, chosen: number[] | null = null) => ({ id: 'p', element: 'b', target, cells: chosen });
  const parts = [part('a', spiker), part('b', cells, { size: 3 })];

  it('record ports at the end of a step and states at its start', () => {
    const probes = [
      probe('out'),
      { ...probe('v', [2, 0]), id: 'q' },
      { id: 's', element: 'a', target: 'spikes', cells: null },
    ];
    expect(program(parts, [], { probes }).probes).toEqual([
      { id: 'p', element: 'b', target: 'out', signal: 'b/out', unit: '1', type: 'samples', when: 'end', cells: null },
      { id: 'q', element: 'b', target: 'v', signal: 'b/v', unit: 'V', type: 'samples', when: 'start', cells: [2, 0] },
      {
        id: 's',
        element: 'a',
        target: 'spikes',
        signal: 'a/spikes',
        unit: '1',
        type: 'events',
        when: 'end',
        cells: null,
      },
    ]);
  });

  it('of what is not there are a Problem', () => {
    const [found] = problemsOf(parts, [], { probes: [probe('w')] });
    expect(found).toMatchObject({ code: 'model/unknown-reference', at: { element: 'b', path: 'probes.p' } });
    expect(found?.message).toContain('"w" of "B"');
  });

  it('of cells that are not there are a Problem', () => {
    const [found] = problemsOf(parts, [], { probes: [probe('v', [0, 3])] });
    expect(found?.code).toBe('model/unknown-reference');
    expect(found?.message).toContain('beyond its 3');
  });
});

describe('a built program', () => {
  const parts = [
    part('a', source, { size: 2 }),
    part('s', spiker, { size: 2 }),
    part('b', cells, { size: 2 }),
    part('c', relay),
  ];
  const connections = [
    join('a.out', 'b.current', everyPair, 2e-3),
    join('s.spikes', 'b.synapses', everyPair),
    join('b.out', 'c.in'),
    join('c.out', 'b.current', everyPair, 1e-3),
  ];

  it('has sound operators with unique ids over unique signals', () => {
    const { operators, signals } = program(parts, connections);
    const byId = new Map(signals.map((signal) => [signal.id, signal]));
    expect(byId.size).toBe(signals.length);
    expect(new Set(operators.map(({ id }) => id)).size).toBe(operators.length);
    expect(operators.flatMap((operator) => checkOperator(operator, byId))).toEqual([]);
  });

  it('is the same each time', () => {
    expect(program(parts, connections)).toEqual(program(parts, connections));
  });

  it('tells what spikes', () => {
    expect(program(parts, connections).elements.map(({ spikes }) => spikes)).toEqual([
      undefined,
      's/spikes',
      undefined,
      undefined,
    ]);
  });
});
