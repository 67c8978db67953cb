/** Whatever is written as text is read back as it was: random models and blocks, and the texts of all reference cases (rule E6). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caseNames, readCaseJson } from '../conform/case-files.test-support.ts';
import { expectOk } from '../base/result.ts';
import type { ModelUse } from './model-equations.ts';
import { printBlock, printDefinition, printEvent, printHandler, printUpdate } from './model-text.test-support.ts';
import { readMoment, stepSlots, type Moment } from './moment.ts';
import { parseModel } from './parse-model.ts';
import { parseExpression } from './parser.ts';
import { printTree } from './print.ts';
import {
  anyDefinitions,
  anyStatements,
  anyTree,
  plainDefinition,
  plainStatement,
  withoutSpans,
  type PlainDefinition,
} from './random-models.test-support.ts';
import { parseStatements } from './statements.ts';
import { readEventBlocks, readHandlerBlocks, readTimedBlocks, splitEvent } from './text-blocks.ts';
import type { StatementTree, Tree } from './tree.ts';

function readTree(text: string): Tree {
  return withoutSpans(expectOk(parseExpression(text)));
}

function readModel(text: string, use: ModelUse): readonly PlainDefinition[] {
  return expectOk(parseModel(text, use)).definitions.map(plainDefinition);
}

function readBlock(text: string): readonly StatementTree[] {
  return expectOk(parseStatements(text)).map(plainStatement);
}

type NamedBlock = readonly [name: string, statements: readonly StatementTree[]];

function readHandlers(text: string): readonly NamedBlock[] {
  return expectOk(readHandlerBlocks(text)).map(({ heading, content }) => [heading, readBlock(content)]);
}

function readEvents(text: string): readonly (readonly [name: string, condition: Tree, ...NamedBlock[1]])[] {
  return expectOk(readEventBlocks(text)).map((block) => {
    const { condition, statements } = expectOk(splitEvent(block));
    return [block.heading, readTree(condition), ...readBlock(statements)];
  });
}

function readUpdates(text: string): readonly (readonly [Moment, readonly StatementTree[]])[] {
  return expectOk(readTimedBlocks(text)).map((block) => [
    expectOk(readMoment(block, new Map(), () => Number.NaN)),
    readBlock(block.content),
  ]);
}

const names = fc.constantFrom('spike2', 'on', 'every', 'x', 'in_1', '_odd');
const runs = { numRuns: 300 };
const moments: fc.Arbitrary<Moment> = fc.record({
  everySeconds: fc.option(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), { nil: undefined }),
  slot: fc.constantFrom(...stepSlots),
  side: fc.constantFrom('before' as const, 'in' as const, 'after' as const),
  order: fc.integer({ min: -1000, max: 1000 }),
});

describe('random texts', () => {
  it('expressions', () => {
    fc.assert(
      fc.property(anyTree, (tree) => {
        expect(readTree(printTree(tree))).toEqual(tree);
      }),
      runs,
    );
  });

  it.each(['cells', 'synapses'] as const)('models of %s', (use) => {
    fc.assert(
      fc.property(anyDefinitions(use), (definitions) => {
        const read = readModel(definitions.map(printDefinition).join('\n'), use);
        const rest = (each: PlainDefinition): object => ({ ...each, unit: undefined });
        expect(read.map(rest)).toEqual(definitions.map(rest));
        const wanted = definitions.flatMap(({ unit }) => unit);
        read.flatMap(({ unit }) => unit).forEach((exponent, at) => expect(exponent).toBeCloseTo(wanted[at] ?? NaN, 9));
      }),
      runs,
    );
  });

  it('models however they are laid out, with comments', () => {
    const gaps = fc.constantFrom(' ', '\n', '\t', ' # x = 1 : volt -> on p:\n');
    fc.assert(
      fc.property(anyDefinitions('cells'), fc.array(gaps, { minLength: 1 }), (definitions, layout) => {
        let count = 0;
        const gap = (): string => layout[(count += 1) % layout.length] as string;
        const text = definitions.map((definition) => {
          const [left = '', right] = printDefinition(definition).split(' = ', 2);
          if (definition.expression === undefined || right === undefined) return printDefinition(definition);
          const [, end = ''] = printDefinition(definition).split(' : ', 2);
          const spread = printTree(definition.expression).replaceAll(' ', gap);
          return `${left} =${gap()}${spread}${gap()}: ${end}`;
        });
        const read = readModel(text.join(' # end\n\n'), 'cells');
        expect(read.map(({ name, expression }) => [name, expression])).toEqual(
          definitions.map(({ name, expression }) => [name, expression]),
        );
      }),
      runs,
    );
  });

  it.each(['\n', '; '] as const)('statements with %j between', (separator) => {
    fc.assert(
      fc.property(anyStatements, (statements) => {
        expect(readBlock(printBlock(statements, separator))).toEqual(statements);
      }),
      runs,
    );
  });

  it('handlers', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(names, anyStatements), { maxLength: 4 }), (handlers) => {
        expect(readHandlers(handlers.map((handler) => printHandler(...handler)).join('\n'))).toEqual(handlers);
      }),
      runs,
    );
  });

  it('custom events', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(names, anyTree, anyStatements), { maxLength: 4 }), (events) => {
        const text = events.map(([name, condition, statements]) => printEvent(name, condition, statements));
        expect(readEvents(text.join('\n # a -> b\n'))).toEqual(
          events.map(([name, condition, statements]) => [name, condition, ...statements]),
        );
      }),
      runs,
    );
  });

  it('updates at moments of a step', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(moments, anyStatements), { maxLength: 4 }), (updates) => {
        expect(readUpdates(updates.map((update) => printUpdate(...update)).join('\n'))).toEqual(updates);
      }),
      runs,
    );
  });
});

/** The equations of a case by the kind of text they are. */
interface CaseTexts {
  readonly cells: string[];
  readonly synapses: string[];
  readonly blocks: string[];
  readonly expressions: string[];
}

/** Walks a case: which text is what shows in the name it stands under. */
function collect(found: CaseTexts, value: unknown, name: string): void {
  if (typeof value === 'string') kindOf(found, name)?.push(value);
  else if (Array.isArray(value)) value.forEach((entry) => collect(found, entry, name));
  else if (typeof value === 'object' && value !== null)
    for (const [key, entry] of Object.entries(value))
      collect(found, entry, byChosenName.has(name) && typeof entry === 'string' ? name : key);
}

/** Under these, texts stand by names that people chose. */
const byChosenName: ReadonlySet<string> = new Set(['events', 'on_events', 'on_pre', 'on_post']);

function kindOf(found: CaseTexts, name: string): string[] | undefined {
  if (name === 'equations') return found.cells;
  if (name === 'model') return found.synapses;
  if (['reset', 'on_events', 'on_pre', 'on_post', 'code'].includes(name)) return found.blocks;
  return ['threshold', 'refractory', 'events'].includes(name) ? found.expressions : undefined;
}

describe('texts of reference cases', () => {
  const all: CaseTexts = { cells: [], synapses: [], blocks: [], expressions: [] };
  for (const name of caseNames) if (name.startsWith('equations')) collect(all, readCaseJson(name), '');

  it('are there', () => {
    expect(Object.values(all).map((texts: string[]) => texts.length >= 10)).toEqual([true, true, true, true]);
  });

  it.each([
    ['cells', all.cells],
    ['synapses', all.synapses],
  ] as const)('models of %s', (use, texts) => {
    for (const text of texts) {
      const definitions = readModel(text, use);
      expect(readModel(definitions.map(printDefinition).join('\n'), use)).toEqual(definitions);
    }
  });

  it('statement blocks', () => {
    for (const text of all.blocks) expect(readBlock(printBlock(readBlock(text)))).toEqual(readBlock(text));
  });

  it('conditions and periods', () => {
    for (const text of all.expressions) expect(readTree(printTree(readTree(text)))).toEqual(readTree(text));
  });
});
