/** Tests of model strings: grammar, units, flags, names, dimensions (rules E7–E20). */
import { describe, expect, it } from 'vitest';
import type { Problem } from '../base/problem.ts';
import { expectOk } from '../base/result.ts';
import { dimensionless } from '../units/dimension.ts';
import { dimensionOfUnit } from '../units/convert.ts';
import { checkModel, checkModelExpression, type CheckedModel } from './check-model.ts';
import type { ModelUse } from './model-equations.ts';
import { parseModel } from './parse-model.ts';
import { parseExpression } from './parser.ts';
import type { Environment, ExternalName } from './scope.ts';

const names = new Map<string, ExternalName>([
  ['E', { dimension: dimensionOfUnit('V') }],
  ['tau', { dimension: dimensionOfUnit('s') }],
  ['n', { dimension: dimensionless, value: 2 }],
  ['spiking', { dimension: dimensionless, type: 'boolean' }],
]);
const functions = new Map([['I_in', { arguments: [dimensionOfUnit('s')], dimension: dimensionOfUnit('A') }]]);
const environment: Environment = { names, functions };

function check(text: string): CheckedModel | readonly Problem[] {
  const parsed = parseModel(text);
  const checked = parsed.ok ? checkModel(parsed.value, environment) : parsed;
  return checked.ok ? checked.value : checked.problems;
}

/** Code and marked text of every problem. */
function faults(text: string, use: ModelUse = 'cells'): string[] {
  const parsed = parseModel(text, use);
  const found = parsed.ok ? checkModel(parsed.value, environment) : parsed;
  return found.problems.map(({ code, at }) => `${code}: ${text.slice(at?.span?.start, at?.span?.end)}`);
}

describe('parseModel', () => {
  it('reads the three forms with units, flags and places (E7)', () => {
    const text =
      'dv/dt = (E - v)/tau : volt (unless refractory)\n# note\nx = v/\n  E : 1 (constant over dt, shared)\nI : amp # input\nb: boolean';
    expect(expectOk(parseModel(text)).definitions).toMatchObject([
      {
        kind: 'differential',
        name: 'v',
        unit: dimensionOfUnit('V'),
        type: 'float',
        unitText: 'volt',
        flags: ['unless refractory'],
        nameSpan: { start: 1, end: 2 },
        span: { start: 0, end: 46 },
      },
      { kind: 'subexpression', name: 'x', unit: dimensionless, flags: ['constant over dt', 'shared'] },
      { kind: 'parameter', name: 'I', unit: dimensionOfUnit('A'), expression: undefined, flags: [] },
      { kind: 'parameter', name: 'b', type: 'boolean' },
    ]);
  });

  it.each([
    ['amp/metre**2', 'A/m^2'],
    ['1/second', 'Hz'],
    ['Hz', 'Hz'],
    ['siemens/volt', 'S/V'],
    ['mole/metre**3', 'mM'],
    ['volt*second**-0.5', 'V/s^0.5'],
    ['volt/second**(1/2)', 'V/s^0.5'],
    ['joule/(kelvin*mole)', 'J/(K*mol)'],
  ])('unit %s (E9)', (declared, unit) => {
    expect(expectOk(parseModel(`x : ${declared} (constant)`)).definitions[0]).toMatchObject({
      unit: dimensionOfUnit(unit),
      unitText: declared,
      flags: ['constant'],
    });
  });

  it.each([
    ['dv/dt = (E - v)/ * tau : volt', 'equations/syntax: *'],
    ['dv/dt = (E - v)/tau', 'equations/syntax: dv/dt = (E - v)/tau'],
    ['dv/dt = (E - v)/tau\nx = 2 : 1', 'equations/syntax: dv/dt = (E - v)/tau'],
    ['dv/dt = : volt', 'equations/syntax: :'],
    ['dv/dx = v : volt', 'equations/syntax: dv/dx'],
    ['dv/dt : volt', 'equations/syntax: :'],
    ['x + 1 : 1', 'equations/syntax: +'],
    ['x = a = b : 1', 'equations/syntax: ='],
    ['x : 1 volt', 'equations/syntax: volt'],
    ['x :', 'equations/syntax: :'],
    ['x : volt**v', 'equations/syntax: v'],
    ['x : (volt', 'equations/syntax: volt'],
    ['x : 1 (constant', 'equations/syntax: constant'],
    ['3 : 1', 'equations/syntax: 3'],
    ['x : mV', 'equations/unit: mV'],
    ['x : bool', 'equations/unit: bool'],
    ['x : vlot', 'equations/unit: vlot'],
    ['dv/dt = v/tau : integer', 'equations/unit: integer'],
    ['dv/dt = v/tau : volt (frozen)', 'equations/flag: frozen'],
    ['x : 1 (unless refractory)', 'equations/flag: unless refractory'],
    ['dv/dt = v/tau : 1 (event-driven)', 'equations/flag: event-driven'],
    ['x : 1 (input, linked)', 'equations/flag: linked'],
    ['x : 1 (shared, input)', 'equations/flag: input'],
    ['x : 1 ()', 'equations/flag: )'],
    ['x : 1\nx : volt', 'equations/duplicate-name: x'],
    ...['t', 'dt', 'i', 'N', 'xi', 'xi_in', 'mV', 'exp', 'pi', 'e', 'lambda', '_x', 'not_refractory'].map((name) => [
      `${name} : 1`,
      `equations/reserved-name: ${name}`,
    ]),
  ])('refuses %j and marks the place (E7–E12)', (text, fault) => {
    expect(faults(text as string)).toEqual([fault]);
  });

  it('synapses have flags of their own (E10)', () => {
    const text = 'dx/dt = -x/tau : 1 (event - driven)\ng_post = x : 1 (summed)';
    expect(expectOk(parseModel(text, 'synapses')).definitions.map(({ flags }) => flags)).toEqual([
      ['event-driven'],
      ['summed'],
    ]);
    expect(faults(text)).toEqual(['equations/flag: event - driven', 'equations/flag: summed']);
    expect(faults('x : 1 (linked)', 'synapses')).toEqual(['equations/flag: linked']);
  });

  it('suggests what was meant', () => {
    const hint = (text: string): string | undefined => parseModel(text).problems[0]?.hint;
    expect([hint('x : mV'), hint('x : vlot'), hint('x : bool'), hint('x : 1 (constnt)')]).toEqual([
      'Declare volt; values may still be written in mV.',
      'Did you mean volt?',
      'Did you mean boolean?',
      'Did you mean "constant"?',
    ]);
  });
});

describe('checkModel', () => {
  it('gives states, parameters, ordered subexpressions and noise', () => {
    const model = check(
      'dv/dt = (E - v + a)/tau + s*xi + s*xi_2 : volt\na = 2*b : volt\nb = 0.5*v : volt\ns : volt/second**0.5',
    );
    expect(model).toMatchObject({
      states: [{ name: 'v' }],
      parameters: [{ name: 's' }],
      subexpressions: [{ name: 'b' }, { name: 'a' }],
      noises: ['xi', 'xi_2'],
    });
  });

  it.each([
    'dv/dt = (clip(E, -1*volt, 0*volt) - v)/tau : volt',
    'dv/dt = (E - v)*exprel(v/mV)*int(v > E)/tau : volt',
    'dv/dt = spiking*(E - v)/tau : volt',
    'x = sqrt(E*E) + abs(E) + sign(E)*E + floor(E/mV)*mV : volt',
    'x = E**n/volt + E**(1/2)*E**0.5 : volt',
    'x = (v**2)**-0.5*v*2 : 1\nv : volt',
    'x = I_in(t)*ohm : volt',
    'up = v > E and not spiking or False : boolean\nv : volt',
    'k = timestep(t, dt) + i % N + t_in_timesteps : integer',
    'x = int(not n) : 1',
    'x = rand() + poisson(2.5) + 2**n : 1',
  ])('takes %s', (text) => {
    expect(check(text)).toHaveProperty('states');
  });

  it.each([
    ['dv/dt = E - v : volt', ['equations/dimension: E - v']],
    ['dv/dt = (E - v + I)/tau : volt\nI : amp', ['equations/dimension: I']],
    ['dv/dt = (E - v)/tau : volt\nI_x = E*2 : amp', ['equations/dimension: E*2']],
    ['dv/dt = (E - v)*exp(v)/tau : volt', ['equations/dimension: v']],
    ['dv/dt = (clip(E, 0, 1) - v)/tau : volt', ['equations/dimension: 0', 'equations/dimension: 1']],
    ['x = E % 2 : volt', ['equations/dimension: 2']],
    ['x = int(E) : 1', ['equations/dimension: E']],
    ['x = timestep(t, 1) : integer', ['equations/dimension: 1']],
    ['x = I_in(2) : amp', ['equations/dimension: 2']],
    ['x = 2**E : 1', ['equations/dimension: E']],
    ['x = E**k/volt : volt\nk : 1', ['equations/dimension: k']],
    ['dv/dt = v*xi : volt', ['equations/dimension: v*xi']],
    ['dv/dt = (E - v + foo)/tau : volt', ['equations/unknown-name: foo']],
    ['dv/dt = (E - v)*sigmoid(v/mV)/tau : volt', ['equations/unknown-name: sigmoid']],
    ['x = exp : 1', ['equations/unknown-name: exp']],
    ['x = E(2) : volt', ['equations/unknown-name: E']],
    ['x = clip(1, 2) : 1', ['equations/syntax: clip(1, 2)']],
    ['x = 2*(E > 0*mV) : 1', ['equations/type: (E > 0*mV)']],
    ['x = n and True : boolean', ['equations/type: n']],
    ['x = not E : boolean', ['equations/type: E']],
    ['x = exp(1 < 2) : 1', ['equations/type: 1 < 2']],
    ['x = 1 + 2 : boolean', ['equations/type: 1 + 2']],
    ['x = 1 < 2 : 1', ['equations/type: 1 < 2']],
    ['x = True < 2 : boolean', ['equations/type: True']],
    ['dv/dt = (E - v + a)/tau : volt\na = 2*b : volt\nb = 0.5*a : volt', ['equations/cycle: a']],
    ['a = a + 1 : 1', ['equations/cycle: a']],
    [
      'x = foo + bar*E : 1\ny = 1 : volt',
      ['equations/unknown-name: foo', 'equations/unknown-name: bar', 'equations/dimension: 1'],
    ],
  ])('refuses %j and marks the part at fault (E14–E20)', (text, expected) => {
    expect(faults(text)).toEqual(expected);
  });

  it('names both sides and the way out', () => {
    expect(check('x = E - 50 : volt')).toEqual([
      {
        code: 'equations/dimension',
        severity: 'error',
        message: '"E - 50" subtracts different dimensions: "E" is a voltage (volt), "50" is a plain number.',
        hint: 'Numbers need a unit here, such as 50*mV.',
        at: { span: { start: 8, end: 10 } },
      },
    ]);
    expect(check('x = tua : second')).toMatchObject([{ hint: 'Did you mean tau?' }]);
    expect(check('x = sni(1) : 1')).toMatchObject([{ hint: 'Did you mean sin?' }]);
    expect(check('x = foo : second')).toMatchObject([{ hint: 'Define it as a parameter or constant.' }]);
    expect(check('x = Tau : second')).toMatchObject([{ hint: 'Did you mean tau?' }]);
    expect(check('a = b : 1\nb = a : 1')).toMatchObject([
      { message: 'Subexpressions refer to each other in a circle: a → b → a.' },
    ]);
  });

  it('a threshold is a condition without noise', () => {
    const model = check('dv/dt = (E - v)/tau : volt') as CheckedModel;
    const condition = { dimension: dimensionless, type: 'boolean', what: 'the threshold' } as const;
    const codes = ['v > -50*mV', 'v > -50', 'v', 'v > xi', 'v > E and nothing'].map((text) =>
      checkModelExpression(expectOk(parseExpression(text)), model, condition).problems.map((found) => found.code),
    );
    expect(codes).toEqual([
      [],
      ['equations/dimension'],
      ['equations/type'],
      ['equations/unknown-name'],
      ['equations/unknown-name'],
    ]);
  });
});
