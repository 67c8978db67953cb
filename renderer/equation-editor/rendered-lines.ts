/** What is set as mathematics: the texts of an equation neuron, or the lines of a built-in one, as TeX. */
import type { Definition } from '../../engine/equations/model-equations.ts';
import { parseModel } from '../../engine/equations/parse-model.ts';
import { parseExpression } from '../../engine/equations/parser.ts';
import type { PopulationTexts } from '../../engine/equations/population-text.ts';
import { parseStatements } from '../../engine/equations/statements.ts';
import { readEventBlocks, readHandlerBlocks, splitEvent } from '../../engine/equations/text-blocks.ts';
import { nameTex } from '../../engine/equations/tex-names.ts';
import { definitionTex, statementTex, treeTex } from '../../engine/equations/tex.ts';
import { describeDimension } from '../../engine/units/dimension.ts';

export interface RenderedLine {
  readonly tex: string;
  /** Said before it: "spike if". */
  readonly lead?: string;
  /** Flags and the like, said behind it. */
  readonly note?: string;
  /** The text it comes from: what a screen reader says, and what is shown when it cannot be set. */
  readonly text: string;
}

/** Unit and dimension of one definition. */
export interface DefinedName {
  readonly name: string;
  readonly tex: string;
  readonly sort: 'state' | 'subexpression' | 'parameter';
  readonly unit: string;
  readonly dimension: string;
  readonly flags: string;
}

/** The definitions of a model; undefined while it cannot be read. */
export function definitionsOf(model: string): readonly Definition[] | undefined {
  const parsed = parseModel(model);
  return parsed.ok ? parsed.value.definitions : undefined;
}

export function definedNames(definitions: readonly Definition[]): readonly DefinedName[] {
  return definitions.map(({ name, kind, unit, type, unitText, flags }) => ({
    name,
    tex: nameTex(name),
    sort: kind === 'differential' ? 'state' : kind,
    unit: unitText,
    dimension: type === 'float' ? describeDimension(unit) : type === 'integer' ? 'a whole number' : 'true or false',
    flags: flags.join(', '),
  }));
}

/** Differential equations and subexpressions. */
export function equationLines(text: string, definitions: readonly Definition[]): readonly RenderedLine[] {
  return definitions
    .filter(({ expression }) => expression !== undefined)
    .map((definition) => ({
      tex: definitionTex(definition),
      text: text.slice(definition.span.start, definition.span.end),
      ...(definition.flags.length === 0 ? {} : { note: definition.flags.join(', ') }),
    }));
}

/** Threshold, reset, refractory rule, inputs, events: as far as they can be read. */
export function ruleLines(texts: PopulationTexts): readonly RenderedLine[] {
  return [
    ...expressionLine(texts.threshold_condition, 'spike if'),
    ...statementLines(texts.reset_statements, 'then'),
    ...expressionLine(texts.refractory_period, 'refractory'),
    ...handlerLines(texts.event_handlers),
    ...eventLines(texts.custom_events),
    ...statementLines(texts.every_step, 'every step'),
  ];
}

function expressionLine(text: string, lead: string): readonly RenderedLine[] {
  const tree = text.trim() === '' ? undefined : parseExpression(text);
  return tree?.ok === true ? [{ lead, tex: treeTex(tree.value), text: text.trim() }] : [];
}

/** The lead stands before the first statement only. */
function statementLines(text: string, lead: string): readonly RenderedLine[] {
  const parsed = parseStatements(text);
  if (!parsed.ok) return [];
  return parsed.value.map((statement, index) => ({
    tex: statementTex(statement),
    text: text.slice(statement.span.start, statement.span.end),
    lead: index === 0 ? lead : '',
  }));
}

function handlerLines(text: string): readonly RenderedLine[] {
  const blocks = readHandlerBlocks(text);
  return blocks.ok ? blocks.value.flatMap(({ heading, content }) => statementLines(content, `on ${heading}`)) : [];
}

function eventLines(text: string): readonly RenderedLine[] {
  const blocks = readEventBlocks(text);
  if (!blocks.ok) return [];
  return blocks.value.flatMap((block) => {
    const parts = splitEvent(block);
    if (!parts.ok) return [];
    return [
      ...expressionLine(parts.value.condition, `${block.heading} if`),
      ...statementLines(parts.value.statements, 'then'),
    ];
  });
}

/** A line of a built-in kind as people write it; undefined when it is no mathematics that can be set. */
export function describedLine(line: string): RenderedLine | undefined {
  const plain = line.replaceAll('−', '-').replaceAll('·', '*').replaceAll('×', '*');
  const rate = /^d([A-Za-z_]\w*)\/dt = (.+)$/u.exec(plain);
  if (rate !== null) return composed(`\\frac{\\mathrm{d}${nameTex(rate[1] ?? '')}}{\\mathrm{d}t}`, rate[2] ?? '', line);
  const rule = /^(.+?) → spike(?:, (.+))?$/u.exec(plain);
  if (rule !== null) return spikeRule(rule[1] ?? '', rule[2] ?? '', line);
  const value = /^([A-Za-z_]\w*) = (.+)$/u.exec(plain);
  return value === null ? undefined : composed(nameTex(value[1] ?? ''), value[2] ?? '', line);
}

function composed(left: string, right: string, text: string): RenderedLine | undefined {
  const tree = parseExpression(right);
  return tree.ok ? { tex: `${left} = ${treeTex(tree.value)}`, text } : undefined;
}

function spikeRule(condition: string, statements: string, text: string): RenderedLine | undefined {
  const tree = parseExpression(condition);
  const after = parseStatements(statements.split(/, (?=[A-Za-z_]\w* [-+*/]?=)/u).join(';'));
  if (!tree.ok || !after.ok) return undefined;
  const tex = [treeTex(tree.value), ...after.value.map(statementTex)].join(',\\quad ');
  return { lead: 'spike if', tex, text };
}
