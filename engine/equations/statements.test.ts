/** Tests of statement blocks, systems and classification (rules E21–E28). */
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { dimensionOfUnit } from '../units/convert.ts';
import { dimensionless } from '../units/dimension.ts';
import { checkModel } from './check-model.ts';
import { checkStatements } from './check-statements.ts';
import { linearForm, splitNoise, type LinearForm } from './classify.ts';
import { parseModel } from './parse-model.ts';
import { parseExpression } from './parser.ts';
import { printStatement, printTree } from './print.ts';
import { createScope, type ExternalName } from './scope.ts';
import { statementSequence } from './statement-sequence.ts';
import { parseStatements } from './statements.ts';
import { differentialSystem, type SystemOptions } from './system.ts';

const names = new Map<string, ExternalName>([
  ['E', { dimension: dimensionOfUnit('V') }],
  ['tau', { dimension: dimensionOfUnit('s') }],
  ['v_post', { dimension: dimensionOfUnit('V'), writable: true }],
]);
const model = expectOk(
  parseModel('dv/dt = (E - v)/tau : volt\nw : volt (constant)\nflag : boolean\ncount : integer\ntwice = 2*v : volt'),
);
const scope = createScope(model, { names }, 'code');

function faults(text: string): string[] {
  const parsed = parseStatements(text);
  const found = parsed.ok ? checkStatements(parsed.value, scope) : parsed;
  return found.problems.map(({ code, at }) => `${code}: ${text.slice(at?.span?.start, at?.span?.end)}`);
}

describe('statements (E21–E23)', () => {
  it('stand on lines or between semicolons', () => {
    const text = '\n v = E; w += 2*mV ;\n# note\ncount = (1 +\n 2);;\n';
    expect(expectOk(parseStatements(text)).map(printStatement)).toEqual(['v = E', 'w += 2 * mV', 'count = 1 + 2']);
    expect(expectOk(parseStatements(' '))).toEqual([]);
  });

  it.each([
    'v = E',
    'v += w; w *= 2; w /= 2; w -= v; w %= 1*mV',
    'jump = 2*w; v += jump; jump = v; v = jump',
    'flag = v > E or flag; count += 1; count = 2.5',
    'v_post += w',
    'v = twice + flag*mV',
  ])('takes %s', (text) => {
    expect(faults(text)).toEqual([]);
  });

  it.each([
    ['v', ['equations/syntax: v']],
    ['v 3', ['equations/syntax: 3']],
    ['3 = v', ['equations/syntax: 3']],
    ['v = E w = E', ['equations/syntax: w']],
    ['v //= 2', ['equations/syntax: //']],
    ['v = ', ['equations/syntax: =']],
    ['v = -65', ['equations/dimension: -65']],
    ['v += 1', ['equations/dimension: 1']],
    ['v *= tau', ['equations/dimension: tau']],
    ['v = E > v', ['equations/type: E > v']],
    ['flag = 1', ['equations/type: 1']],
    ['q += w', ['equations/unknown-name: q']],
    ['v = q; q = 1', ['equations/unknown-name: q']],
    ['twice = E', ['equations/write: twice']],
    ['E = v', ['equations/write: E']],
    ['t = 0*second', ['equations/write: t']],
    ['mV = 1', ['equations/write: mV']],
    ['pi = 3', ['equations/write: pi']],
    ['xi_1 = 3', ['equations/reserved-name: xi_1']],
    ['_x = 3', ['equations/reserved-name: _x']],
    ['x = 1; x = 1*mV; v = x', ['equations/dimension: 1*mV', 'equations/dimension: x']],
  ])('refuses %j and marks the place', (text, expected) => {
    expect(faults(text)).toEqual(expected);
  });

  it('given a block, its temporaries are told with dimension and type', () => {
    const { temporaries } = expectOk(
      checkStatements(expectOk(parseStatements('a = v/tau; b = a > 1*volt/second')), scope),
    );
    expect([...temporaries].map(([name, found]) => [name, found.type, found.dimension])).toEqual([
      ['a', 'float', dimensionOfUnit('V/s')],
      ['b', 'boolean', dimensionless],
    ]);
  });

  it('a sequence names every value once and reads what was written above', () => {
    const { assignments, results } = statementSequence(expectOk(parseStatements('v = v + 1; w = v; v *= w')));
    expect(assignments.map(({ target, expression }) => `${target} = ${printTree(expression)}`)).toEqual([
      '_1_v = v + 1',
      '_2_w = _1_v',
      '_3_v = _1_v * _2_w',
    ]);
    expect(results).toEqual({ v: '_3_v', w: '_2_w' });
  });
});

function printForm(form: LinearForm | undefined): unknown {
  return (
    form && {
      constant: printTree(form.constant),
      ...Object.fromEntries([...form.coefficients].map(([name, factor]) => [name, printTree(factor)])),
    }
  );
}

describe('classification (E25–E27)', () => {
  const form = (text: string, opaque = false): unknown =>
    printForm(linearForm(expectOk(parseExpression(text)), new Set(['x', 'y']), opaque));

  it.each([
    ['(a - x)/tau', { constant: 'a / tau', x: '-1 / tau' }],
    ['a*(x + 2*y)*b - -x', { constant: '0', x: 'a * b - -1', y: 'a * 2 * b' }],
    ['x - x', { constant: '0', x: '1 - 1' }],
    ['exp(a)', { constant: 'exp(a)' }],
    ['x**1 + a**2', { constant: 'a**2', x: '1' }],
    ['x*y', undefined],
    ['exp(x)', undefined],
    ['a/x', undefined],
    ['x**2', undefined],
    ['x % 2', undefined],
    ['int(x > 1)', undefined],
  ])('%s in x and y', (text, expected) => {
    expect(form(text)).toEqual(expected);
  });

  it.each([
    ['exp(x) - x', { constant: 'exp(x)', x: '-1' }],
    ['a - x*x*0', { constant: 'a' }],
    ['x*exp(x)', { constant: '0', x: 'exp(x)' }],
    ['a/(1 + x)', { constant: 'a / (1 + x)' }],
    ['x*x', undefined],
    ['(x - 1)**3', undefined],
    ['x**0.5 + x', { constant: 'x**0.5', x: '1' }],
  ])('%s conditionally', (text, expected) => {
    expect(form(text, true)).toEqual(expected);
  });

  it('splits noise from drift', () => {
    expect(printForm(splitNoise(expectOk(parseExpression('(a - v)/tau + s*v*xi - xi_2')), ['xi', 'xi_2']))).toEqual({
      constant: '(a - v) / tau',
      xi: 's * v',
      xi_2: '-1',
    });
  });
});

describe('systems (E28)', () => {
  const system = (text: string, options?: SystemOptions): unknown => {
    const found = differentialSystem(expectOk(checkModel(expectOk(parseModel(text)), { names })), options);
    return found.equations.map(({ rightSide, activeWhile }) => [printTree(rightSide), activeWhile]);
  };

  it('writes out subexpressions, but not those held over the step', () => {
    expect(
      system(
        'dv/dt = (a - b)/tau : volt (unless refractory)\na = 2*c : volt\nb = 3*v : volt (constant over dt)\nc = E - v : volt',
      ),
    ).toEqual([['(2 * (E - v) - b) / tau', undefined]]);
  });

  it('with a refractory rule, flagged variables can be held', () => {
    expect(system('dv/dt = E/tau : volt (unless refractory)\ndw/dt = E/tau : volt', { refractory: true })).toEqual([
      ['E / tau', 'not_refractory'],
      ['E / tau', undefined],
    ]);
  });
});
