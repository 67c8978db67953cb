/** Cases of equations in what the stored ones lack: recording at the end of a step, shared values and their columns. */
import { describe, expect, it } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { laboratoryOn } from '../case-files.test-support.ts';
import { readCase } from '../reference-case.ts';
import { runCase } from '../run-case.ts';

const base = {
  id: 'equations/test/late',
  system: 'equations.neuron',
  kind: 'equations',
  cells: 2,
  dt: 1e-3,
  duration: 2e-3,
  tolerance: { mode: 'trace', abs: 1e-12, rel: 1e-12 },
};

/** Message of the case, empty when it passes, on both targets alike. */
function outcome(given: object): string {
  const reference = expectOk(readCase({ ...base, ...given }, 'late'));
  const [first, second] = (['interpreter', 'wasm'] as const).map((target) => runCase(reference, laboratoryOn(target)));
  expect(second).toEqual(first);
  return first?.message ?? 'not run';
}

function samples(rows: readonly (readonly number[])[]): object {
  const values = Float64Array.from(rows.flat());
  const shape = [rows.length, rows[0]?.length ?? 0];
  const base64 = Buffer.from(values.buffer).toString('base64');
  return { times: [0, 1e-3], samples: { dtype: 'float64', shape, base64 } };
}

describe('record_when: end', () => {
  const model = {
    equations:
      'dv/dt = 100*mV/second : volt # grows\ns = v/mV + 10*t/ms : 1\nbig = v > 0.15*mV : boolean\nwide = 2*v**2 : volt**2\ng : 1 (shared)\nh = g + 1 : 1 (shared)',
    method: 'euler',
    run_regularly: [
      { code: 'g += 1', when: 'end', order: 0 },
      { code: 'v += 1*mV', when: 'end', order: 1 },
    ],
  };
  const record = ['v', 's', 'big', 'wide', 'g', 'h'];
  const late = { model, record, record_when: 'end', initial: {}, parameters: { g: 0.5 } };
  const rows = (first: number, second: number): object =>
    samples([
      [first, first],
      [second, second],
    ]);
  const states = {
    v: rows(11e-4, 22e-4),
    s: rows(1.1, 12.2),
    big: rows(1, 1),
    wide: rows(242e-8, 968e-8),
    g: samples([[1.5], [2.5]]),
    h: samples([[2.5], [3.5]]),
  };

  it('sees variables and subexpressions after all statements of the slot, at the time of the step', () => {
    expect(outcome({ ...late, expected: { states } })).toBe('');
  });

  it('differs from recording at the start', () => {
    expect(outcome({ ...late, record_when: 'start', expected: { states } })).toContain('v.samples');
  });

  it('gives what is shared one column, whatever the case expects', () => {
    expect(outcome({ ...late, expected: { states: { ...states, h: rows(2.5, 3.5) } } })).toContain(
      'h.samples has shape',
    );
  });

  it('knows when the last spike was', () => {
    const spiking = { ...model, threshold: 'v > 0.15*mV', refractory: '5*ms', run_regularly: [] };
    const expected = { states: { lastspike: rows(-1e4, 1e-3), not_refractory: rows(1, 0) } };
    expect(outcome({ ...late, model: spiking, record: ['lastspike', 'not_refractory'], expected })).toBe('');
  });
});

describe('values of variables', () => {
  it('reach a shared boolean, and a variable called like a parameter of the kind', () => {
    const model = { equations: 'on : boolean (shared)\nsize : 1\ns = size + int(on) : 1' };
    const expected = {
      states: {
        s: samples([
          [8, 9],
          [8, 9],
        ]),
      },
    };
    expect(outcome({ model, record: ['s'], parameters: { on: true, size: [7, 8] }, expected })).toBe('');
  });
});

describe('values held over a step', () => {
  it('follow from what statements before the slot wrote', () => {
    const model = {
      equations: 'x : 1\nheld = 2*x : 1 (constant over dt)',
      run_regularly: [
        { code: 'x += 1', when: 'before_start', order: 0 },
        { code: 'x += 10', when: 'start', order: 0 },
      ],
    };
    const rows = samples([
      [2, 2],
      [24, 24],
    ]);
    expect(outcome({ model, record: ['held'], expected: { states: { held: rows } } })).toBe('');
  });

  it.each([
    ['up to order 0, those of the last step, zero in the first', 0, [1, 4]],
    ['before order 0, likewise', -1, [1, 4]],
    ['after order 0, those of this step', 1, [3, 10]],
  ] as const)('are read by statements before the slot: %s', (_, order, [first, second]) => {
    const model = {
      equations: 'x : 1\ny : 1\nheld = 2 + 2*y : 1 (constant over dt)\nplain = held : 1\nk : integer\nc : integer',
      run_regularly: [
        { code: 'x += plain - c; k = int(held)', when: 'before_start', order },
        { code: 'y += 2', when: 'after_end', order: 0 },
      ],
    };
    const column = ([before, after]: readonly [number, number]) =>
      samples([
        [before, before],
        [after, after],
      ]);
    const states = { x: column([first, second]), held: column([2, 6]) };
    expect(outcome({ model, record: ['x', 'held'], parameters: { c: -1 }, expected: { states } })).toBe('');
  });

  it('may follow from the very variables that statements before the slot write with them', () => {
    const model = {
      equations: 'x : 1\nheld = 2*x + 1 : 1 (constant over dt)',
      run_regularly: [{ code: 'x += held + 1', when: 'before_start', order: 0 }],
    };
    const rows = samples([
      [3, 3],
      [11, 11],
    ]);
    expect(outcome({ model, record: ['held'], expected: { states: { held: rows } } })).toBe('');
  });
});

describe('tables with columns of their own', () => {
  const values = {
    dtype: 'float64',
    shape: [1, 3],
    base64: Buffer.from(Float64Array.of(5, 6, 7).buffer).toString('base64'),
  };
  const given = { timed_arrays: { I: { dt: 1, values, unit: '1' } }, record: ['x'] };

  it('are read at any column; only one by the number of the cell needs as many as there are cells', () => {
    const rows = samples([
      [6, 7],
      [6, 7],
    ]);
    expect(outcome({ ...given, model: { equations: 'x = I(t, i + 1) : 1' }, expected: { states: { x: rows } } })).toBe(
      '',
    );
    const refused = outcome({ ...given, model: { equations: 'x = I(t, i) : 1' }, expected: { states: { x: rows } } });
    expect(refused).toContain('The table I has 3 columns for 2 cells');
  });
});
