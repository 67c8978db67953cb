/** Values computed once per step: subexpressions held over it, and those that are recorded or leave at a port. */
import type { Definition } from '../../equations/model-equations.ts';
import { name as nameTree } from '../../equations/make-tree.ts';
import { unitOfDimension } from '../../units/dimension.ts';
import { loop, store } from '../ir/statements.ts';
import type { SignalId, Statement } from '../ir/types.ts';
import type { ElementBuilder, OperatorRequest } from '../library-kind.ts';
import { asNumber } from '../lower.ts';
import { wholeSteps } from '../regular-clock.ts';
import type { EquationPopulation, Storage } from './equation-population.ts';
import { cell, createEquationScope, loadStored, storeHeld, type EquationScope } from './equation-scope.ts';
import { afterSlot, beforeSlot, cellLoop, type EquationExpansion } from './equation-expansion.ts';

/** Signals of the subexpressions flagged `constant over dt`. */
export function heldSubexpressions(
  builder: ElementBuilder,
  population: EquationPopulation,
): readonly (readonly [string, Storage])[] {
  return population.text.model.subexpressions
    .filter(({ flags }) => flags.includes('constant over dt'))
    .map(({ name, type, unit }) => {
      const elementType = ({ float: 'f64', integer: 'i32', boolean: 'u8' } as const)[type];
      const shape = [population.cells];
      const signal = builder.signal({
        name,
        type: elementType,
        shape,
        initial: 0,
        role: 'transient',
        unit: unitOfDimension(unit),
      });
      return [name, { signal, type, shared: false, written: false }] as const;
    });
}

/** Computes them before anything of the step, in the order in which they read each other. */
export function addHeldValues(expansion: EquationExpansion): void {
  const { builder, population, context, expand } = expansion;
  const held = population.text.model.subexpressions.filter(({ flags }) => flags.includes('constant over dt'));
  // Statements before the slot run first; then what is held follows from what they wrote.
  const early = !runsAtStart(expansion);
  for (const { name, expression } of held) {
    const storage = context.storages.get(name);
    if (storage === undefined || expression === undefined) continue;
    const scope = createEquationScope(context, `held/${name}`, { early, present: true });
    const body: Statement[] = [];
    const value = scope.lower(expand(expression), body);
    builder.operator({
      name: `held/${name}`,
      slot: 'start',
      order: beforeSlot,
      tie: `${builder.id}_subexpression_update_${name}`,
      ...scope.access([storage.signal]),
      body: [cellLoop(expansion, scope, [...body, storeHeld(storage, value)])],
    });
    if (builder.probes(name)) builder.state(name, storage.signal);
    if (isOutput(expansion, name)) builder.output(name, storage.signal);
  }
}

/** Copies of the held values among these names, taken at the end of every step for one reader at the start of the next. */
export function lastHeldValues(
  expansion: EquationExpansion,
  names: ReadonlySet<string>,
  reader: string,
): readonly (readonly [string, Storage])[] {
  const { population, context } = expansion;
  const held = population.text.model.subexpressions.filter(({ flags }) => flags.includes('constant over dt'));
  return held.flatMap(({ name }) => {
    const storage = context.storages.get(name);
    return storage === undefined || !names.has(name)
      ? []
      : [[name, copyAtEnd(expansion, storage, `last/${name}/${reader}`)]];
  });
}

function copyAtEnd(expansion: EquationExpansion, storage: Storage, name: string): Storage {
  const { builder, population } = expansion;
  const type = ({ float: 'f64', integer: 'i32', boolean: 'u8' } as const)[storage.type];
  const signal = builder.signal({ name, type, shape: [population.cells], initial: 0, role: 'state' });
  const copy = { ...storage, signal };
  builder.operator({
    name,
    slot: 'end',
    order: afterSlot,
    reads: [storage.signal],
    updates: [signal],
    body: [loop('n', 0, population.cells, [storeHeld(copy, loadStored(storage, cell))])],
  });
  return copy;
}

/** Whether any updates run in slot `start`, or before it because they fall between two steps. */
function runsAtStart({ builder, population }: EquationExpansion): boolean {
  return population.text.updates.some(
    ({ moment: { slot, everySeconds = builder.timeStepSeconds } }) =>
      slot === 'start' || wholeSteps(everySeconds, builder.timeStepSeconds) === undefined,
  );
}

/**
 * Variables and subexpressions that are recorded or leave at a port: those that stand in memory as they are, others as
 * vectors made in slot `start`. Where updates run in that slot, all is seen after them.
 */
export function addObserved(expansion: EquationExpansion): void {
  const { population } = expansion;
  const late = runsAtStart(expansion);
  for (const definition of population.text.model.equations.definitions) {
    if (!definition.flags.includes('constant over dt')) addOne(expansion, definition, late);
  }
}

function addOne(expansion: EquationExpansion, definition: Definition, late: boolean): void {
  const { builder } = expansion;
  const { name, type } = definition;
  const signal = inMemory(expansion, name);
  if (isOutput(expansion, name)) {
    const direct = type === 'float' ? signal : undefined;
    builder.output(name, direct ?? addSeen(expansion, definition, late));
  } else if (builder.probes(name)) {
    builder.state(name, (late ? undefined : signal) ?? addSeen(expansion, definition, late));
  }
}

/** The signal that holds the present value of a variable at all times; undefined for others. */
function inMemory({ variables, carried }: EquationExpansion, name: string): SignalId | undefined {
  return carried?.names.has(name) === true ? undefined : variables.get(name)?.storage?.signal;
}

function isOutput({ population }: EquationExpansion, name: string): boolean {
  return population.text.model.equations.definitions.some(
    (definition) => definition.name === name && definition.flags.includes('output'),
  );
}

/** A vector with the present value of a name. */
function addSeen(expansion: EquationExpansion, { name, unit, flags }: Definition, late: boolean): SignalId {
  const { builder, population, context, expand } = expansion;
  const shared = flags.includes('shared');
  const shape = [shared ? 1 : population.cells];
  const signal = builder.signal({
    name: context.storages.has(name) ? `seen_${name}` : name,
    shape,
    initial: 0,
    role: 'transient',
    unit: unitOfDimension(unit),
  });
  const scope = createEquationScope(context, `seen/${name}`, { early: !late, present: true });
  const body: Statement[] = [];
  const value = asNumber(scope.lower(expand(nameTree(name)), body));
  body.push(store(signal, shared ? 0 : cell, value));
  builder.operator({
    name: `seen/${name}`,
    slot: 'start',
    order: 100,
    tie: `${builder.id}_seen`,
    ...scope.access([signal]),
    body: seenBody(expansion, scope, body, shared),
  } satisfies OperatorRequest);
  return signal;
}

function seenBody(
  expansion: EquationExpansion,
  scope: EquationScope,
  body: readonly Statement[],
  shared: boolean,
): readonly Statement[] {
  return shared ? [...scope.declarations(), ...body] : [cellLoop(expansion, scope, body)];
}
