/** Trees as TeX: how names, products, fractions and statements look. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectOk } from '../base/result.ts';
import { parseModel } from './parse-model.ts';
import { parseExpression } from './parser.ts';
import { parseStatements } from './statements.ts';
import { nameTex } from './tex-names.ts';
import { definitionTex, statementTex, treeTex } from './tex.ts';

const tex = (text: string): string => treeTex(expectOk(parseExpression(text)));

describe('names', () => {
  it.each([
    ['v', 'v'],
    ['tau_mem', '\\tau_{\\mathrm{mem}}'],
    ['Delta_T', '\\Delta_{T}'],
    ['g1', 'g_{1}'],
    ['ge', '\\mathit{ge}'],
    ['E_exc_2', 'E_{\\mathrm{exc},2}'],
    ['xi_1', '\\xi_{1}'],
    ['mV', '\\mathrm{mV}'],
    ['Mohm', '\\mathrm{M\\Omega}'],
    ['uS', '\\mathrm{\\mu S}'],
    ['inf', '\\infty'],
    ['V_e', 'V_{e}'],
  ])('%s is %s', (name, expected) => expect(nameTex(name)).toBe(expected));
});

describe('expressions', () => {
  it.each([
    ['(v_rest - v)/tau', '\\frac{v_{\\mathrm{rest}} - v}{\\tau}'],
    ['a*(b + c)', 'a \\, \\left( b + c \\right)'],
    ['5*mV', '5 \\, \\mathrm{mV}'],
    ['g*v', 'g \\, v'],
    ['ge*(Ee - v)', '\\mathit{ge} \\cdot \\left( \\mathit{Ee} - v \\right)'],
    ['2*3', '2 \\cdot 3'],
    ['-x**2', '-x^{2}'],
    ['(-x)**2', '\\left( -x \\right)^{2}'],
    ['(a/b)**2', '\\left( \\frac{a}{b} \\right)^{2}'],
    ['a - (b - c)', 'a - \\left( b - c \\right)'],
    ['sqrt(2*tau)', '\\sqrt{2 \\, \\tau}'],
    ['abs(x)', '\\left| x \\right|'],
    ['log(x)', '\\ln\\left( x \\right)'],
    ['my_input(t)', '\\operatorname{my\\_input}\\left( t \\right)'],
    ['int(v > 1)*w', '\\left[ v > 1 \\right] \\cdot w'],
    ['v >= v_t and not (u != 2)', 'v \\ge v_{t} \\text{ and } \\text{not } u \\ne 2'],
    ['min(a, b)', '\\min\\left( a, b \\right)'],
    ['where(a > b, 1, 2)', '\\begin{cases}1 & \\text{if } a > b \\\\ 2 & \\text{otherwise}\\end{cases}'],
    ['1e-9', '10^{-9}'],
    ['2.5e-7*x', '2.5 \\cdot 10^{-7} \\, x'],
    ['a % b // c', '\\left\\lfloor \\frac{a \\bmod b}{c} \\right\\rfloor'],
  ])('%s', (text, expected) => expect(tex(text)).toBe(expected));

  it('given any expression, then the braces and brackets of its TeX are balanced', () => {
    const leaf = fc.constantFrom('v', 'tau_m', '2', '1e-12', 'mV', 'g1', 'rand()');
    const { expression } = fc.letrec<{ expression: string }>((tie) => ({
      expression: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc
          .tuple(tie('expression'), fc.constantFrom('+', '-', '*', '/', '//', '%', '**'), tie('expression'))
          .map(([left, sign, right]) => `(${left}) ${sign} (${right})`),
        fc.tuple(fc.constantFrom('exp', 'sqrt', 'floor', 'abs'), tie('expression')).map(([name, x]) => `${name}(${x})`),
      ),
    }));
    fc.assert(
      fc.property(expression, (text) => {
        const shown = tex(text);
        expect(shown.split('{').length).toBe(shown.split('}').length);
        expect(shown.split('\\left').length).toBe(shown.split('\\right').length);
      }),
    );
  });
});

describe('definitions and statements', () => {
  it('given a model, then derivatives are fractions and parameters are names', () => {
    const { definitions } = expectOk(parseModel('dv/dt = -v/tau : volt\nI = g*v : amp\ntau : second\ng : siemens'));
    expect(definitions.map(definitionTex)).toEqual([
      '\\frac{\\mathrm{d}v}{\\mathrm{d}t} = \\frac{-v}{\\tau}',
      'I = g \\, v',
      '\\tau',
      'g',
    ]);
  });

  it('given statements, then they say what becomes of what', () => {
    const statements = expectOk(parseStatements('v = E_L; w += b; w -= a - b; x *= a + b; y /= 2'));
    expect(statements.map(statementTex)).toEqual([
      'v \\leftarrow E_{L}',
      'w \\leftarrow w + b',
      'w \\leftarrow w - \\left( a - b \\right)',
      'x \\leftarrow x \\cdot \\left( a + b \\right)',
      'y \\leftarrow \\frac{y}{2}',
    ]);
  });
});
