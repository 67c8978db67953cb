/** Locals under other names, so that bodies made apart can stand in one operator. */
import type { Expression, Statement } from './types.ts';

/** The statements with `prefix` before the names of all locals and loop indices that they declare. */
export function prefixedLocals(statements: readonly Statement[], prefix: string): readonly Statement[] {
  const declared = new Set<string>();
  for (const statement of statements) addDeclared(statement, declared);
  return renamedAll(statements, (name) => (declared.has(name) ? prefix + name : name));
}

type NameOf = (name: string) => string;

function addDeclared(statement: Statement, declared: Set<string>): void {
  switch (statement.kind) {
    case 'let':
      declared.add(statement.name);
      break;
    case 'loop':
      declared.add(statement.index);
      for (const inner of statement.body) addDeclared(inner, declared);
      break;
    case 'if':
      for (const inner of [...statement.then, ...statement.else]) addDeclared(inner, declared);
      break;
    case 'assign':
    case 'store':
    case 'kernel':
  }
}

function renamedAll(statements: readonly Statement[], nameOf: NameOf): readonly Statement[] {
  return statements.map((statement) => renamed(statement, nameOf));
}

function renamed(statement: Statement, nameOf: NameOf): Statement {
  const value = (expression: Expression): Expression => renamedValue(expression, nameOf);
  switch (statement.kind) {
    case 'let':
    case 'assign':
      return { ...statement, name: nameOf(statement.name), value: value(statement.value) };
    case 'store':
      return { ...statement, index: value(statement.index), value: value(statement.value) };
    case 'loop':
      return {
        ...statement,
        index: nameOf(statement.index),
        from: value(statement.from),
        to: value(statement.to),
        body: renamedAll(statement.body, nameOf),
      };
    case 'if':
      return {
        ...statement,
        condition: value(statement.condition),
        then: renamedAll(statement.then, nameOf),
        else: renamedAll(statement.else, nameOf),
      };
    case 'kernel':
      return statement;
  }
}

function renamedValue(expression: Expression, nameOf: NameOf): Expression {
  const value = (part: Expression): Expression => renamedValue(part, nameOf);
  switch (expression.kind) {
    case 'local':
      return { ...expression, name: nameOf(expression.name) };
    case 'load':
    case 'uniform':
    case 'normal':
      return { ...expression, index: value(expression.index) };
    case 'poisson':
      return { ...expression, index: value(expression.index), mean: value(expression.mean) };
    case 'unary':
    case 'convert':
      return { ...expression, operand: value(expression.operand) };
    case 'binary':
      return { ...expression, left: value(expression.left), right: value(expression.right) };
    case 'call':
      return { ...expression, arguments: expression.arguments.map(value) };
    case 'select':
      return {
        ...expression,
        condition: value(expression.condition),
        whenTrue: value(expression.whenTrue),
        whenFalse: value(expression.whenFalse),
      };
    case 'f64':
    case 'i32':
    case 'bool':
    case 'step':
    case 'time':
      return expression;
  }
}
