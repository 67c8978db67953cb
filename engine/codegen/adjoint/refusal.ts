/** Why something cannot be differentiated, in words of the model: elements, connections and the names of their variables. */
import { problem, type Problem } from '../../base/problem.ts';
import type { Operator, Program, Signal } from '../../build/program.ts';
import { writtenBy } from './signal-flow.ts';

/** The Problem `training/not-differentiable` for an operator; `reason` may name signals. */
export function refusal(program: Program, operator: Operator, reason: string): Problem {
  const { element } = operator;
  const name = nameOf(program, element);
  const written = new Set(writtenBy(operator));
  const computed = program.signals.filter(({ id, name: own }) => written.has(id) && !own.includes('/'));
  const variables = [...new Set(computed.map((signal) => wordsOf(program, signal, element)))].slice(0, mostNames);
  const where = variables.length === 0 ? '' : `where it computes ${variables.join(', ')}, `;
  return problem(
    'training/not-differentiable',
    `"${name}" cannot be differentiated: ${where}${inWords(program, reason, element)}.`,
    {
      hint: 'Train what does not depend on it, or write it in equations without loops over other cells.',
      at: { element },
    },
  );
}

/** Variables that are named. */
const mostNames = 4;

function nameOf({ elements, connections = [] }: Program, id: string): string {
  return [...elements, ...connections].find((one) => one.id === id)?.name ?? id;
}

/** A signal as its element calls it. */
function wordsOf(program: Program, { name, element }: Signal, own: string): string {
  return element === own || element === '' ? name : `${name} of "${nameOf(program, element)}"`;
}

/** A reason with the words for signals in place of their ids, longer ids first. */
function inWords(program: Program, reason: string, own: string): string {
  const longestFirst = program.signals
    .filter(({ id }) => reason.includes(id) && id.includes('/'))
    .sort((left, right) => right.id.length - left.id.length);
  return longestFirst.reduce((text, signal) => text.replaceAll(signal.id, wordsOf(program, signal, own)), reason);
}
