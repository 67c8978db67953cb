/** Mistakes that people make in equations: each is one Problem whose span is the part at fault (rules E15–E26 of SPEC.md). */
import { describe, expect, it } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { laboratoryOn } from '../case-files.test-support.ts';
import { readCase } from '../reference-case.ts';
import { equationNeuron } from './equation-neuron.ts';

type Mistake = readonly [equations: string, texts: Readonly<Record<string, string>>, code: string, offender: string];

/**
 * Brian refuses all of these too, but for three: a comparison as a number and a number as a condition, which it takes as
 * they are, and a constant that a reset writes to (`E = v`), where it makes a value of that name inside the reset.
 */
const mistakes: readonly Mistake[] = [
  ['dv/dt = (E - v)/tau + g : volt', {}, 'equations/dimension', 'g'],
  ['dv/dt = (E - v) : volt', {}, 'equations/dimension', '(E - v)'],
  ['dv/dt = (E - v)/tau : amp', {}, 'equations/dimension', 'v'],
  ['dv/dt = (E - v*v)/tau : volt', {}, 'equations/dimension', 'v*v'],
  ['dv/dt = (E % tau)/tau : volt', {}, 'equations/dimension', 'tau'],
  ['dv/dt = (E - v)/tau*(E > tau) : volt', {}, 'equations/dimension', 'tau'],
  ['dv/dt = (E - v)/tau*int(E > tau) : volt', {}, 'equations/dimension', 'tau'],
  ['dv/dt = (E - sin(v))/tau : volt', {}, 'equations/dimension', 'v'],
  ['dv/dt = (E - v)**v/tau : volt', {}, 'equations/dimension', 'v'],
  ['dv/dt = (E - v)*sqrt(E)/tau : volt', {}, 'equations/dimension', '(E - v)*sqrt(E)/tau'],
  ['dv/dt = (E - clip(v, 0, 1))/tau : volt', {}, 'equations/dimension', '0'],
  ['dv/dt = (E - v)/tau*timestep(t, 3) : volt', {}, 'equations/dimension', '3'],
  ['dv/dt = E*exp(t)/tau : volt', {}, 'equations/dimension', 't'],
  ['dv/dt = (E - v)*2**v/tau : volt', {}, 'equations/dimension', 'v'],
  ['dv/dt = E*log(tau)/tau : volt', {}, 'equations/dimension', 'tau'],
  ['dv/dt = E*poisson(v)/tau : volt', {}, 'equations/dimension', 'v'],
  ['dv/dt = E*int(v)/tau : volt', {}, 'equations/dimension', 'v'],
  ['dv/dt = (E - v)/tua : volt', {}, 'equations/unknown-name', 'tua'],
  ['dv/dt = (E - v)*sni(1)/tau : volt', {}, 'equations/unknown-name', 'sni'],
  ['dv/dt = (E - v)/(10*msec) : volt', {}, 'equations/unknown-name', 'msec'],
  ['dv/dt = (E - v)/tau : vlot', {}, 'equations/unit', 'vlot'],
  ['dv/dt = (E - V)/tau : volt', {}, 'equations/unknown-name', 'V'],
  ['dv/dt = (E - v))/tau : volt', {}, 'equations/syntax', ')'],
  ['dv/dt = (E - v)/tau volt', {}, 'equations/syntax', 'dv/dt = (E - v)/tau volt'],
  ['dv/dt = (E - v)tau : volt', {}, 'equations/syntax', 'tau'],
  ['dv/dt = 2E/tau : volt', {}, 'equations/syntax', '2E'],
  ['dv/dt = (E - v)^2/tau : volt', {}, 'equations/syntax', '^'],
  ['dv/dt = (E + * v)/tau : volt', {}, 'equations/syntax', '*'],
  ['dv/dt (E - v)/tau : volt', {}, 'equations/syntax', '('],
  ['v/dt = (E - v)/tau : volt', {}, 'equations/syntax', 'v/dt'],
  ['dv/ds = (E - v)/tau : volt', {}, 'equations/syntax', 'dv/ds'],
  ['dv/dt = E[0]/tau : volt', {}, 'equations/syntax', '['],
  ['dv/dt = E.x/tau : volt', {}, 'equations/syntax', '.'],
  ['dv/dt = E/tau if v > E else 0*volt/tau : volt', {}, 'equations/syntax', 'if'],
  ['dv/dt = clip(v, E)/tau : volt', {}, 'equations/syntax', 'clip(v, E)'],
  ['dv/dt = sin()*E/tau : volt', {}, 'equations/syntax', 'sin()'],
  ['dv/dt = exp(1, 2)*E/tau : volt', {}, 'equations/syntax', 'exp(1, 2)'],
  ['dv/dt = exp*E/tau : volt', {}, 'equations/unknown-name', 'exp'],
  ['dv/dt = E(t)/tau : volt', {}, 'equations/unknown-name', 'E'],
  ['dv/dt = rand(3)*E/tau : volt', {}, 'equations/syntax', 'rand(3)'],
  ['dv/dt = (E - v)/tau : volt\nv : volt', {}, 'equations/duplicate-name', 'v'],
  ['dv/dt = (E - v)/tau : volt\nx : 1\nx = 3 : 1', {}, 'equations/duplicate-name', 'x'],
  ['dv/dt = (E - v)/tau : volt\nt : second', {}, 'equations/reserved-name', 't'],
  ['dv/dt = (E - v)/tau : volt\ni : 1', {}, 'equations/reserved-name', 'i'],
  ['dv/dt = (E - v)/tau : volt\nxi : 1', {}, 'equations/reserved-name', 'xi'],
  ['dv/dt = (E - v)/tau : volt\nexp : 1', {}, 'equations/reserved-name', 'exp'],
  ['dv/dt = (E - v)/tau : volt\nvolt : 1', {}, 'equations/reserved-name', 'volt'],
  ['dv/dt = (E - v)/tau : volt\n_x : 1', {}, 'equations/reserved-name', '_x'],
  ['dv/dt = (E - v)/tau : volt\nfor : 1', {}, 'equations/reserved-name', 'for'],
  ['dv/dt = (E - v)/tau : volt\nrefractory : 1', {}, 'equations/reserved-name', 'refractory'],
  ['dv/dt = (E - v)/tau : volt\nx : 1 (const)', {}, 'equations/flag', 'const'],
  ['dv/dt = (E - v)/tau : volt\nx : 1 (unless refractory)', {}, 'equations/flag', 'unless refractory'],
  ['dv/dt = (E - v)/tau : volt\nx = 1 : 1 (constant)', {}, 'equations/flag', 'constant'],
  ['dv/dt = (E - v)/tau : volt (shared)', {}, 'equations/flag', 'shared'],
  ['dv/dt = (E - v)/tau : volt\nx = y : 1\ny = x : 1', {}, 'equations/cycle', 'x'],
  ['dv/dt = (E - v)/tau : volt\nx = x + 1 : 1', {}, 'equations/cycle', 'x'],
  ['dv/dt = (E - v)/tau : volt\nx = E : 1', {}, 'equations/dimension', 'E'],
  ['dv/dt = (E - v)/tau : volt\nx = 3 : volt', {}, 'equations/dimension', '3'],
  ['dv/dt = (E - v)/tau : volt\nx = v > E : 1', {}, 'equations/type', 'v > E'],
  ['dv/dt = (E - v)/tau : volt\nx = 3 : boolean', {}, 'equations/type', '3'],
  ['dv/dt = (E - v)/tau : volt\nx = v : integer', {}, 'equations/dimension', 'v'],
  ['dv/dt = (E - v)/tau : volt\nx : float', {}, 'equations/unit', 'float'],
  ['dv/dt = (E - v)/tau : volt\nx : V', {}, 'equations/unit', 'V'],
  ['dv/dt = (E - v)/tau : volt\nx : mV', {}, 'equations/unit', 'mV'],
  ['dv/dt = (E - v)/tau : volt\nx : 2', {}, 'equations/syntax', '2'],
  ['dv/dt = (E - v)/tau : volt\nx : volt +', {}, 'equations/syntax', '+'],
  ['dv/dt = (E - v)/tau : volt\nx', {}, 'equations/syntax', 'x'],
  ['dn/dt = 1/tau : integer', {}, 'equations/unit', 'integer'],
  ['dv/dt = (E - v)/tau : volt', { threshold: 'v' }, 'equations/type', 'v'],
  ['dv/dt = (E - v)/tau : volt', { threshold: 'v > 3' }, 'equations/dimension', '3'],
  ['dv/dt = (E - v)/tau : volt', { threshold: 'v = E' }, 'equations/syntax', '='],
  ['dv/dt = (E - v)/tau : volt', { threshold: 'v > E and 1' }, 'equations/type', '1'],
  ['dv/dt = (E - v)/tau : volt', { threshold: 'v > E > tau' }, 'equations/syntax', '>'],
  ['dv/dt = (E - v)/tau : volt', { threshold: 'v > EE' }, 'equations/unknown-name', 'EE'],
  ['dv/dt = (E - v)/tau : volt', { threshold: 'v > E', reset: 'v = 3' }, 'equations/dimension', '3'],
  ['dv/dt = (E - v)/tau : volt', { threshold: 'v > E', reset: 'v == E' }, 'equations/syntax', '=='],
  ['dv/dt = (E - v)/tau : volt', { threshold: 'v > E', reset: 'v + E' }, 'equations/syntax', '+'],
  ['dv/dt = (E - v)/tau : volt', { threshold: 'v > E', reset: 't = 0*ms' }, 'equations/write', 't'],
  ['dv/dt = (E - v)/tau : volt', { threshold: 'v > E', reset: 'E = v' }, 'equations/write', 'E'],
  ['dv/dt = (E - v)/tau : volt', { threshold: 'v > E', reset: 'u += 1' }, 'equations/unknown-name', 'u'],
  ['dv/dt = (E - v)/tau : volt', { threshold: 'v > E', reset: 'v **= 2' }, 'equations/syntax', '**'],
  ['dv/dt = (E - v)/tau : volt', { threshold: 'v > E', reset: 'v *= E' }, 'equations/dimension', 'E'],
  ['dv/dt = (E - v)/tau : volt\ns = 2*v : volt', { threshold: 'v > E', reset: 's = E' }, 'equations/write', 's'],
  ['dv/dt = (E - v)/tau : volt', { threshold: 'v > E', reset: 'v = xi' }, 'equations/unknown-name', 'xi'],
  ['dv/dt = (E - v)/tau : volt', { threshold: 'v > E', reset: '3 = v' }, 'equations/syntax', '3'],
  ['dv/dt = (E - v)/tau : volt', { threshold: 'v > E', reset: 'v = E', refractory: '3' }, 'equations/dimension', '3'],
  [
    'dv/dt = (E - v)/tau : volt',
    { threshold: 'v > E', reset: 'v = E', refractory: '3*volt' },
    'equations/dimension',
    '3*volt',
  ],
  [
    'dv/dt = (E - v)/tau : volt',
    { threshold: 'v > E', reset: 'v = E', refractory: 'lastspike > 3' },
    'equations/dimension',
    '3',
  ],
  ['dv/dt = (E - v)/tau + E*xi : volt', {}, 'equations/dimension', 'E*xi'],
  ['dv/dt = (E - v)/tau + E*xi*tau**-0.5 : volt', { method: 'rk4' }, 'integration/not-applicable', ''],
  ['dv/dt = (E - v)/tau + v*xi*tau**-0.5 : volt', { method: 'euler' }, 'integration/not-applicable', ''],
  ['dv/dt = (E - v)/tau + E*xi**2 : volt', {}, 'integration/not-applicable', ''],
  ['dv/dt = -v**2/E/tau : volt', { method: 'exact' }, 'integration/not-applicable', ''],
  ['dv/dt = -v**2/E/tau : volt', { method: 'exponential_euler' }, 'integration/not-applicable', ''],
  ['dv/dt = (E - v)/tau : volt', { method: 'rk5' }, 'integration/not-applicable', ''],
  ['dx/dt = xi*tau**-0.5 : 1\ndy/dt = xi*tau**-0.5 : 1', {}, 'equations/duplicate-name', 'xi'],
  ['dv/dt = not v : volt', {}, 'equations/type', 'v'],
  ['dv/dt = (E - v)/tau*(c and k) : volt', {}, 'equations/type', 'c'],
  ['dv/dt = E*-(v > E)/tau : volt', {}, 'equations/type', '(v > E)'],
];

const constants = {
  E: { value: -0.065, unit: 'volt' },
  tau: { value: 0.01, unit: 'second' },
  g: { value: 1e-9, unit: 'siemens' },
  c: 2.5,
  k: 3,
};

/** Parameters of a population by the field of the case that gives them. */
const fields: Readonly<Record<string, string>> = {
  'parameters.model': 'equations',
  'parameters.threshold_condition': 'threshold',
  'parameters.reset_statements': 'reset',
  'parameters.refractory_period': 'refractory',
};

describe('a mistake', () => {
  it.each(mistakes)('in %j %j is %s at %j', (equations, texts, code, offender) => {
    const model: Record<string, unknown> = { equations, method: 'euler', constants, ...texts };
    const whole = { id: 'x', system: 'equations.neuron', kind: 'equations', model, cells: 2, dt: 1e-4, duration: 2e-4 };
    const reference = expectOk(readCase({ ...whole, expected: { states: {} } }, 'x'));
    const found = equationNeuron.run(reference, laboratoryOn('interpreter')).problems[0];
    const text = String(model[fields[found?.at?.path ?? ''] ?? ''] ?? '');
    const { start, end } = found?.at?.span ?? { start: 0, end: 0 };
    expect([found?.code, text.slice(start, end)]).toEqual([code, offender]);
  });
});
