/** Texts with tokens taken out, put in or swapped: every Problem has a known code, a full sentence, and a place that can be seen. */
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { budgetOf } from '../base/budget.test-support.ts';
import type { Problem, Span } from '../base/problem.ts';
import { problemCodes } from '../base/problem-codes.ts';
import { checkModel } from './check-model.ts';
import { parseModel } from './parse-model.ts';
import { parseExpression } from './parser.ts';
import { checkPopulationText, populationTextNames, type PopulationTexts } from './population-text.ts';
import { parseStatements } from './statements.ts';

const sound: PopulationTexts = {
  constants: 'C = 200*pF # capacity\nE_L = -70*mV\ng_L = 10*nS; n = 3',
  tables: 'I_in(1*ms) : amp\ngate(0.5*ms) : 1',
  model:
    'dv/dt = (g_L*(E_L - v) + I + I_in(t, i))/C + sigma*xi*second**-0.5 : volt (unless refractory)\n' +
    'dw/dt = (a*(v - E_L) -\n w)/tau : amp # slow\nI = w*gate(t) : amp (constant over dt)\nsigma = 2*mV : volt\n' +
    'tau : second (constant)\na : siemens (shared)\non : boolean\nk : integer',
  threshold_condition: 'v > -50*mV and not (k == 3 or on)',
  reset_statements: 'v = E_L; x = 2*w\nw += x - clip(w, 0*pA, 1*nA)',
  refractory_period: '2*ms + rand()*ms',
  custom_events: 'high: v > 0*mV -> k += 1\nlow: v < E_L - 10*mV and k >= n -> v = E_L; k = 0',
  event_handlers: 'on fast: v += w\non slow:\n  v = E_L\n  k = k // 2 % n',
  every_step:
    'k = int(t/ms)\nevery 2*ms in before_groups order -1:\n a = 1*nS\nevery step in after_end:\n  on = v > E_L',
};

/** Words, numbers and signs that are put in; lines and blanks between them stay as they are. */
const words = [
  ...['v', 'w', 'volt', 'mV', 'xi', 'xi_2', 't', 'i', 'dt', 'x', 'C', 'I_in', 'exp', 'on', 'every', 'in', 'and', 'not'],
  ...[
    'or',
    'if',
    'True',
    'lambda',
    'boolean',
    'integer',
    'shared',
    'constant',
    'over',
    'linked',
    'rand',
    'int',
    'where',
  ],
  ...['1', '0', '2.5', '1e400', '3mV', '(', ')', '((', ',', ':', ';', '=', '==', '+=', '->', '+', '-', '*', '/', '//'],
  ...[
    '%',
    '**',
    '<',
    '>=',
    '!=',
    '#',
    '\n',
    ' ',
    '^',
    '[',
    '.',
    'é',
    '😀',
    '\u0000',
    '',
    'd',
    'dv/dt',
    'dv/dt = ',
    '()',
  ],
];

interface Change {
  readonly kind: 'delete' | 'insert' | 'swap' | 'replace' | 'cut';
  readonly place: number;
  readonly word: string;
}

const changes = fc.array(
  fc.record<Change>({
    kind: fc.constantFrom('delete', 'insert', 'swap', 'replace', 'cut'),
    place: fc.nat(),
    word: fc.constantFrom(...words),
  }),
  { minLength: 1, maxLength: 4 },
);

function mutated(text: string, made: readonly Change[]): string {
  const tokens = text.match(/\w+|\s+|./gsu) ?? [];
  for (const { kind, place, word } of made) {
    const at = place % (tokens.length + 1);
    if (kind === 'insert') tokens.splice(at, 0, word);
    if (kind === 'delete') tokens.splice(at, 1);
    if (kind === 'replace') tokens.splice(at, 1, word);
    if (kind === 'swap') tokens.splice(at, 2, tokens[at + 1] ?? '', tokens[at] ?? '');
    if (kind === 'cut') tokens.splice(at);
  }
  return tokens.join('');
}

/** What a Problem lacks; undefined when it has everything. Only where a text lacks something at its end is there nothing to mark. */
function defect({ code, message, hint, at }: Problem, text: string): string | undefined {
  if (!Object.hasOwn(problemCodes, code)) return `unknown code ${code}`;
  if (!/^\S.*\.$/su.test(message)) return `no sentence: ${message}`;
  if (hint !== undefined && !/^\S.*[.?]$/su.test(hint)) return `no sentence: ${hint}`;
  return marks(text, at?.span) ? undefined : `${message} marks nothing in sight: ${JSON.stringify(at?.span)}`;
}

function marks(text: string, span: Span | undefined): boolean {
  if (span === undefined || span.start < 0 || span.end > text.length || span.end < span.start) return false;
  if (text.slice(span.start, span.end).trim() !== '') return true;
  return span.start === span.end && text.slice(span.start).trim() === '';
}

describe('mutated texts', () => {
  const { check } = budgetOf('mutated-texts');

  it('the texts as they are have no problems', () => {
    expect(checkPopulationText(sound, () => 1).problems).toEqual([]);
  });

  it('of populations', () => {
    fc.assert(
      fc.property(fc.constantFrom(...populationTextNames), changes, (name, made) => {
        const texts = { ...sound, [name]: mutated(sound[name], made) };
        for (const found of checkPopulationText(texts, () => 1).problems) {
          const place = populationTextNames.find((candidate) => found.at?.path === `parameters.${candidate}`);
          expect(place && defect(found, texts[place]), texts[name]).toBeUndefined();
          expect(place).toBeDefined();
        }
      }),
      check,
    );
  });

  it('of synapses, and texts alone', () => {
    const synapses = sound.model.replaceAll(/\(unless refractory\)/gu, '(event-driven)');
    fc.assert(
      fc.property(
        fc.constantFrom(synapses, sound.reset_statements, sound.threshold_condition),
        changes,
        (text, made) => {
          const changed = mutated(text, made);
          const model = parseModel(changed, 'synapses');
          const problems = [
            ...(model.ok ? checkModel(model.value, { names: new Map() }) : model).problems,
            ...parseStatements(changed).problems,
            ...parseExpression(changed).problems,
          ];
          for (const found of problems) expect(defect(found, changed), changed).toBeUndefined();
        },
      ),
      check,
    );
  });
});
