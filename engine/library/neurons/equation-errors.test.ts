/** What Brian refuses in a model is a Problem here, at the place of the offender (cases of the catalogue of equations). */
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../base/problem.ts';
import type { SpikeloomDocument } from '../../model/document.ts';
import { createEmptyDocument } from '../../model/new-document.ts';
import type { ParameterValue } from '../../model/value.ts';
import { prepareRun } from '../prepare-run.ts';
import { equationNeurons } from './equations.ts';

type Texts = Readonly<Record<string, string>>;

const constants = 'E = -0.065*volt\ntau = 0.01*second';
const leaky = 'dv/dt = (E - v)/tau : volt';

/** The problems of a run of one cell with these texts; all others are empty. */
function problemsOf(texts: Texts, probes: SpikeloomDocument['probes'] = {}): readonly Problem[] {
  const empty = { threshold_condition: '', reset_statements: '', refractory_period: '', event_handlers: '' };
  const parameters: Record<string, ParameterValue> = { ...empty, method: 'euler', constants, ...texts };
  const document = createEmptyDocument('errors');
  const element = { id: 'cells', kind: 'neurons/equations', name: 'Cells', parameters: { size: 1, ...parameters } };
  return prepareRun({ ...document, elements: { cells: element }, probes }).problems;
}

/** The text that a problem marks. */
function marked(found: Problem | undefined, texts: Texts): string | undefined {
  const name = (found?.at?.path ?? '').replace('parameters.', '');
  const span = found?.at?.span;
  return span && (texts[name] ?? '').slice(span.start, span.end);
}

const cases: readonly (readonly [string, Texts, Problem['code'], string])[] = [
  ['a derivative of the wrong unit', { model: 'dv/dt = E - v : volt' }, 'equations/dimension', 'E - v'],
  ['a sum of units', { model: 'dv/dt = (E - v + I)/tau : volt\nI : amp' }, 'equations/dimension', 'I'],
  ['a subexpression of the wrong unit', { model: `${leaky}\nI_x = E*2 : amp` }, 'equations/dimension', 'E*2'],
  ['a threshold without unit', { model: leaky, threshold_condition: 'v > -50' }, 'equations/dimension', '-50'],
  [
    'a reset without unit',
    { model: leaky, threshold_condition: 'v > -50*mV', reset_statements: 'v = -65' },
    'equations/dimension',
    '-65',
  ],
  [
    'a reset of what all cells share',
    { model: `${leaky}\ng : 1 (shared)`, threshold_condition: 'v > -50*mV', reset_statements: 'v = E; g += 1' },
    'equations/write',
    'g',
  ],
  ['exp of a voltage', { model: 'dv/dt = (E - v)*exp(v)/tau : volt' }, 'equations/dimension', 'v'],
  ['an unknown name', { model: 'dv/dt = (E - v + foo)/tau : volt' }, 'equations/unknown-name', 'foo'],
  ['an unknown function', { model: 'dv/dt = (E - v)*sigmoid(v/mV)/tau : volt' }, 'equations/unknown-name', 'sigmoid'],
  ['a dangling operator', { model: 'dv/dt = (E - v)/ * tau : volt' }, 'equations/syntax', '*'],
  ['a missing unit', { model: 'dv/dt = (E - v)/tau' }, 'equations/syntax', 'dv/dt = (E - v)/tau'],
  ['a scaled unit', { model: 'dv/dt = (E - v)/tau : mV' }, 'equations/unit', 'mV'],
  ['a variable called t', { model: `${leaky}\nt : second` }, 'equations/reserved-name', 't'],
  ['a parameter called xi_in', { model: `${leaky}\nxi_in : 1` }, 'equations/reserved-name', 'xi_in'],
  ['an unknown flag', { model: `${leaky} (frozen)` }, 'equations/flag', 'frozen'],
  [
    'a circle of subexpressions',
    { model: 'dv/dt = (E - v + a)/tau : volt\na = 2*b : volt\nb = 0.5*a : volt' },
    'equations/cycle',
    'a',
  ],
  ['bounds of another unit', { model: 'dv/dt = (clip(E, 0, 1) - v)/tau : volt' }, 'equations/dimension', '0'],
];

describe('what Brian refuses', () => {
  it.each(cases)('%s', (_what, texts, code, offender) => {
    const [first] = problemsOf(texts);
    expect(first).toMatchObject({ code, severity: 'error', at: { element: 'cells' } });
    expect(marked(first, texts)).toBe(offender);
  });

  it('exact integration of a square, and a method that can', () => {
    const [first] = problemsOf({ model: 'dv/dt = (E - v + v**2/mV)/tau : volt', method: 'exact' });
    expect(first).toMatchObject({
      code: 'integration/not-applicable',
      at: { element: 'cells', path: 'parameters.method' },
    });
    expect(first?.message).toContain('equation of v is not linear');
    expect(
      problemsOf({ model: 'dv/dt = (E - v + v**2/mV)/tau : volt', method: first?.hint?.slice(4, -1) ?? '' }),
    ).toEqual([]);
  });

  it('accepts the model without the mistake', () => expect(problemsOf({ model: leaky })).toEqual([]));
});

describe('texts of several blocks', () => {
  const events = 'low: v < E -> v = E\nhigh: v > q -> v = E';
  const handlers = 'on a: v += w\non b: v += w*x';

  it.each([
    ['custom_events', events, 'equations/unknown-name', 'q'],
    ['custom_events', 'low: v < E', 'equations/syntax', 'low'],
    ['custom_events', 'v < E -> v = E', 'equations/syntax', 'v < E -> v = E'],
    ['event_handlers', handlers, 'equations/unknown-name', 'x'],
    ['event_handlers', 'on a: v += w\non a: v = E', 'equations/duplicate-name', 'a'],
    ['every_step', 'v = E\nevery 2*ms in before_group:\nv = E', 'equations/unknown-name', 'before_group'],
    ['every_step', 'every 2*mV:\nv = E', 'equations/dimension', '2*mV'],
    ['constants', 'E = 2*mV\npi = 3', 'equations/reserved-name', 'pi'],
    ['constants', 'E = 2*mV\ntau = q*ms', 'equations/unknown-name', 'q'],
    ['constants', 'E = 2*mV\ntau = rand()*ms', 'equations/unknown-name', 'rand'],
    ['constants', 'E = 2*mV\ntau = timestep(2*ms, 1*ms)*ms', 'equations/unknown-name', 'timestep'],
    ['every_step', 'every poisson(3)*ms:\nv = E', 'equations/unknown-name', 'poisson'],
    ['tables', 'I_in : amp', 'equations/syntax', 'I_in'],
    ['tables', 'I_in(2) : amp', 'equations/dimension', '(2)'],
    ['refractory_period', '3*mV', 'equations/dimension', '3*mV'],
  ] as const)('%s: %s', (name, value, code, offender) => {
    const texts = { model: leaky, [name]: value };
    const [first] = problemsOf(texts);
    expect(first).toMatchObject({ code, at: { element: 'cells', path: `parameters.${name}` } });
    expect(marked(first, texts)).toBe(offender);
  });

  it('an interval of which thousands fall into a step', () => {
    const [found] = problemsOf({ model: leaky, every_step: 'every 1e-9*second:\nv = E' });
    expect(found).toMatchObject({ code: 'model/time-step', at: { path: 'parameters.every_step' } });
    expect(problemsOf({ model: leaky, every_step: 'every 0.15*ms:\nv = E' })).toEqual([]);
  });

  it('a table without values', () => {
    expect(problemsOf({ model: `${leaky}\nI = I_in(t) : amp`, tables: 'I_in(1*ms) : amp' })[0]?.code).toBe(
      'model/missing-input',
    );
  });
});

describe('a probe beside a mistake', () => {
  it.each([
    ['of syntax', { model: 'dv/dt = (E - v)/ * tau : volt' }, 'equations/syntax', '*'],
    ['of a unit', { model: 'dv/dt = (E - v)/tau : vol' }, 'equations/unit', 'vol'],
  ] as const)('%s: the mistake is told, not that there is nothing to record', (_, texts, code, offender) => {
    const probes = { p: { id: 'p', element: 'cells', target: 'v', cells: null } };
    const problems = problemsOf(texts, probes);
    expect(problems.map((found) => [found.code, found.at?.element, marked(found, texts)])).toEqual([
      [code, 'cells', offender],
    ]);
  });
});

describe('the unit of weights beside a mistake', () => {
  const sound: Texts = {
    model: 'dv/dt = (E - v)/tau : volt (unless refractory)\ndge/dt = -ge/tau : siemens',
    event_handlers: 'on exc: ge += w',
    threshold_condition: 'v > -50*mV',
    reset_statements: 'v = E',
    refractory_period: '2*ms',
    constants,
  };
  const unitOf = (texts: Texts): string | undefined =>
    equationNeurons.describe?.({ ...sound, ...texts }).inputs.find(({ name }) => name === 'exc')?.unit;

  it.each([
    ['nowhere', {}],
    ['in the reset', { reset_statements: 'v = E_x' }],
    ['in the threshold', { threshold_condition: 'v >' }],
    ['in an equation', { model: (sound['model'] ?? '').replace('(E - v)/tau', 'E - v') }],
    ['in a line that cannot be read', { model: `${sound['model'] ?? ''}\nx : vol` }],
  ])('%s, then it is that of the variable they are added to', (_, texts) => {
    expect(unitOf(texts)).toBe('S');
  });

  it('in the constants that the handler reads, then it is not known', () => {
    expect(unitOf({ event_handlers: 'on exc: ge += w*f', constants: 'f = 2*' })).toBe('1');
  });
});
