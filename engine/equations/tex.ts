/** Trees as TeX, for display: fractions, powers, roots, Greek names; statements with an arrow. */
import type { Definition } from './model-equations.ts';
import { isOneLetter, isUnitName, nameTex } from './tex-names.ts';
import { isComparison, isLogic, type BinaryTree, type CallTree, type StatementTree, type Tree } from './tree.ts';

/** How tightly TeX holds together; operands that hold less get parentheses. */
const levels = { or: 1, and: 2, not: 3, comparison: 4, sum: 5, term: 6, sign: 6, power: 8, primary: 9 } as const;

/** An expression as TeX for display mode. */
export function treeTex(tree: Tree): string {
  switch (tree.kind) {
    case 'number':
      return numberTex(tree.value);
    case 'boolean':
      return `\\text{${tree.value ? 'true' : 'false'}}`;
    case 'name':
      return nameTex(tree.name);
    case 'call':
      return callTex(tree);
    case 'select':
      return casesTex(tree.condition, tree.whenTrue, tree.whenFalse);
    case 'unary':
      return tree.operator === 'not'
        ? `\\text{not } ${operandTex(tree.operand, levels.not)}`
        : `${tree.operator}${operandTex(tree.operand, levels.term)}`;
    case 'binary':
      return binaryTex(tree);
  }
}

/** A statement as TeX: `v += w` is v ← v + w. */
export function statementTex({ target, operator, expression }: StatementTree): string {
  const name = nameTex(target);
  const value = treeTex(expression);
  if (operator === '=') return `${name} \\leftarrow ${value}`;
  if (operator === '/=') return `${name} \\leftarrow \\frac{${name}}{${value}}`;
  const loose = level(expression) <= levels.sum;
  const right = loose && operator !== '+=' ? parenthesised(value) : value;
  return `${name} \\leftarrow ${name} ${updateSigns[operator]} ${right}`;
}

const updateSigns = { '+=': '+', '-=': '-', '*=': '\\cdot', '%=': '\\bmod' } as const;

/** A definition as TeX: dv/dt as a fraction, a subexpression as an equation, a parameter as its name. */
export function definitionTex({ kind, name, expression }: Definition): string {
  const left = kind === 'differential' ? `\\frac{\\mathrm{d}${nameTex(name)}}{\\mathrm{d}t}` : nameTex(name);
  return expression === undefined ? left : `${left} = ${treeTex(expression)}`;
}

function binaryTex(tree: BinaryTree): string {
  const { operator, left, right } = tree;
  if (operator === '/') return `\\frac{${treeTex(left)}}{${treeTex(right)}}`;
  if (operator === '//') return `\\left\\lfloor \\frac{${treeTex(left)}}{${treeTex(right)}} \\right\\rfloor`;
  if (operator === '**') return `${operandTex(left, levels.primary)}^{${treeTex(right)}}`;
  if (operator === '*') return productTex(tree);
  const own = level(tree);
  const least = isComparison(operator) ? [own + 1, own + 1] : [own, own + 1];
  return `${operandTex(left, least[0] as number)} ${signs[operator]} ${operandTex(right, least[1] as number)}`;
}

const signs: Readonly<Record<Exclude<BinaryTree['operator'], '/' | '//' | '**' | '*'>, string>> = {
  '+': '+',
  '-': '-',
  '%': '\\bmod',
  '<': '<',
  '<=': '\\le',
  '>': '>',
  '>=': '\\ge',
  '==': '=',
  '!=': '\\ne',
  and: '\\text{ and }',
  or: '\\text{ or }',
};

/** Products of letters stand side by side; a dot goes where they could be read as one word or one number. */
function productTex({ left, right }: BinaryTree): string {
  const unit = right.kind === 'name' && isUnitName(right.name);
  const close =
    unit || (isLetter(last(left)) && isLetter(first(right))) || (left.kind === 'number' && !isNumber(right));
  return `${operandTex(left, levels.term)} ${close ? '\\,' : '\\cdot'} ${operandTex(right, levels.power)}`;
}

/** The part of a product that stands at its right edge. */
function last(tree: Tree): Tree {
  return tree.kind === 'binary' && tree.operator === '*' ? last(tree.right) : tree;
}

function first(tree: Tree): Tree {
  return tree.kind === 'binary' && tree.operator === '**' ? first(tree.left) : tree;
}

function isNumber(tree: Tree): boolean {
  return first(tree).kind === 'number';
}

/** Whether the tree can stand next to a letter without a dot: a letter itself, or something with brackets. */
function isLetter(tree: Tree): boolean {
  if (tree.kind === 'name') return isOneLetter(tree.name) && !isUnitName(tree.name);
  return tree.kind === 'binary' && !isLogic(tree.operator) && !isComparison(tree.operator);
}

const operators: Readonly<Record<string, string>> = {
  sin: '\\sin',
  cos: '\\cos',
  tan: '\\tan',
  sinh: '\\sinh',
  cosh: '\\cosh',
  tanh: '\\tanh',
  exp: '\\exp',
  log: '\\ln',
  log10: '\\log_{10}',
  arcsin: '\\arcsin',
  arccos: '\\arccos',
  arctan: '\\arctan',
  sign: '\\operatorname{sgn}',
  min: '\\min',
  max: '\\max',
};

const brackets: Readonly<Record<string, readonly [string, string]>> = {
  abs: ['\\left|', '\\right|'],
  floor: ['\\left\\lfloor', '\\right\\rfloor'],
  ceil: ['\\left\\lceil', '\\right\\rceil'],
};

function casesTex(condition: Tree, whenTrue: Tree, whenFalse: Tree): string {
  const rows = [
    `${treeTex(whenTrue)} & \\text{if } ${treeTex(condition)}`,
    `${treeTex(whenFalse)} & \\text{otherwise}`,
  ];
  return `\\begin{cases}${rows.join(' \\\\ ')}\\end{cases}`;
}

function choiceTex([condition, whenTrue, whenFalse]: readonly (Tree | undefined)[]): string | undefined {
  return condition && whenTrue && whenFalse ? casesTex(condition, whenTrue, whenFalse) : undefined;
}

function callTex(tree: CallTree): string {
  const parts = tree.arguments.map(treeTex);
  const form = formTex(tree, parts.join(', '));
  if (form !== undefined) return form;
  const known = Object.hasOwn(operators, tree.function) ? operators[tree.function] : undefined;
  const name = known ?? `\\operatorname{${tree.function.replaceAll('_', '\\_')}}`;
  return `${name}${parenthesised(parts.join(', '))}`;
}

/** Functions that have a sign of their own instead of a name. */
function formTex({ function: name, arguments: [first, second, third] }: CallTree, inner: string): string | undefined {
  const around = Object.hasOwn(brackets, name) ? brackets[name] : undefined;
  if (around !== undefined) return `${around[0]} ${inner} ${around[1]}`;
  if (name === 'sqrt') return `\\sqrt{${inner}}`;
  // An indicator: the number of a condition.
  if (name === 'int' && first !== undefined && isTruth(first)) return `\\left[ ${inner} \\right]`;
  return name === 'where' ? choiceTex([first, second, third]) : undefined;
}

function isTruth(tree: Tree): boolean {
  if (tree.kind === 'unary') return tree.operator === 'not';
  return tree.kind === 'boolean' || (tree.kind === 'binary' && (isLogic(tree.operator) || isComparison(tree.operator)));
}

function parenthesised(tex: string): string {
  return `\\left( ${tex} \\right)`;
}

function operandTex(tree: Tree, least: number): string {
  const tex = treeTex(tree);
  return level(tree) < least ? parenthesised(tex) : tex;
}

function level(tree: Tree): number {
  if (tree.kind === 'unary') return tree.operator === 'not' ? levels.not : levels.sum;
  if (tree.kind === 'number') return numberLevel(tree.value);
  if (tree.kind === 'select') return levels.or;
  return tree.kind === 'binary' ? binaryLevel(tree) : levels.primary;
}

function numberLevel(value: number): number {
  if (value < 0 || Object.is(value, -0)) return levels.sum;
  return String(value).includes('e') ? levels.term : levels.primary;
}

function binaryLevel({ operator }: BinaryTree): number {
  if (isComparison(operator)) return levels.comparison;
  if (isLogic(operator)) return levels[operator];
  if (operator === '**') return levels.power;
  if (operator === '//') return levels.primary;
  // A fraction has its own edges, but is no base of a power.
  if (operator === '/') return levels.power;
  return operator === '+' || operator === '-' ? levels.sum : levels.term;
}

function numberTex(value: number): string {
  if (!Number.isFinite(value)) return value < 0 ? '-\\infty' : '\\infty';
  const [digits = '', exponent] = String(value).split('e');
  if (exponent === undefined) return digits;
  const power = `10^{${Number(exponent)}}`;
  return digits === '1' ? power : `${digits} \\cdot ${power}`;
}
