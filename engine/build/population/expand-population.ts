/** Expands a population written in equations into signals and the operators of its step. */
import { defined } from '../../base/assert.ts';
import type { Result } from '../../base/result.ts';
import { andThen, ok } from '../../base/result.ts';
import { statementSequence } from '../../equations/statement-sequence.ts';
import * as ir from '../ir/expressions.ts';
import { letBool, letLocal, loop, store, when } from '../ir/statements.ts';
import { typeOf } from '../ir/type-of.ts';
import type { Expression, SignalId, Statement } from '../ir/types.ts';
import type { ElementBuilder, SignalRequest } from '../library-kind.ts';
import { asNumber, lower } from '../lower.ts';
import { multiplyByReciprocals } from '../reciprocals.ts';
import {
  aheadName,
  cell,
  createCellScope,
  parameterTable,
  required,
  type CellScope,
  type ParameterTable,
} from './cell-scope.ts';
import { checkPopulation, type CheckedPopulation } from './check-population.ts';
import type { PopulationDefinition, PopulationSignals } from './definition.ts';

/** Everything the operators of one population share. */
interface Expansion {
  readonly builder: ElementBuilder;
  readonly definition: PopulationDefinition;
  readonly checked: CheckedPopulation;
  readonly parameters: ParameterTable;
  readonly states: Readonly<Record<string, SignalId>>;
  /** Step number of the last spike of each cell, f64; only with a refractory period. */
  readonly lastSpike: SignalId | undefined;
  readonly spikes: SignalId | undefined;
}

/** Long before any run: no cell starts refractory. */
const neverSpiked = -1e12;

/**
 * Checks the definition and adds: states, the operator `outputs` (before the step), the operator `step` (integration
 * or update, threshold, reset). States become probeable and the port `spikes` is declared when there is a threshold.
 */
export function expandPopulation(builder: ElementBuilder, definition: PopulationDefinition): Result<PopulationSignals> {
  const owner = { id: builder.id, parameters: builder.kind.parameters };
  return andThen(checkPopulation(definition, owner), (checked) =>
    andThen(parameterTable(builder, definition), (parameters) =>
      andThen(stateSignals(builder, definition, checked), (states) => {
        const refractory = (definition.refractorySeconds ?? 0) > 0;
        const lastSpike = refractory
          ? builder.signal({ name: 'last_spike', shape: [definition.cells], initial: neverSpiked, role: 'state' })
          : undefined;
        const spikes =
          checked.threshold === undefined
            ? undefined
            : builder.signal({
                ...{ name: 'spikes', shape: [definition.cells], initial: 0, role: 'transient', type: 'u8' },
                ...surrogateOf(definition, 'spikes'),
              });
        if (spikes !== undefined) builder.output('spikes', spikes);
        const expansion: Expansion = { builder, definition, checked, parameters, states, lastSpike, spikes };
        const before = emitOutputs(expansion);
        const after = emitStep(expansion);
        return ok({ states, spikes, outputs: { ...before, ...after } });
      }),
    ),
  );
}

function stateSignals(
  builder: ElementBuilder,
  definition: PopulationDefinition,
  checked: CheckedPopulation,
): Result<Record<string, SignalId>> {
  const signals: Record<string, SignalId> = {};
  for (const name of checked.states) {
    const initial = definition.initial[name] ?? 0;
    const values = typeof initial === 'string' ? builder.vector(initial, definition.cells) : ok(initial);
    if (!values.ok) return values;
    const unit = builder.kind.states.find((state) => state.name === name)?.unit ?? '1';
    const contents = { name, shape: [definition.cells], initial: values.value, role: 'state', unit } as const;
    signals[name] = builder.signal({ ...contents, ...surrogateOf(definition, name) });
    if (builder.kind.states.some((state) => state.name === name)) builder.state(name, signals[name]);
  }
  return ok(signals);
}

function surrogateOf({ surrogates }: PopulationDefinition, name: string): Pick<SignalRequest, 'surrogate'> {
  const surrogate = surrogates?.[name];
  return surrogate === undefined ? {} : { surrogate };
}

/** Outputs that show the state before the step. */
function emitOutputs(expansion: Expansion): Record<string, SignalId> {
  const { builder, definition, checked, parameters, states } = expansion;
  const outputs: Record<string, SignalId> = {};
  for (const [name, tree] of Object.entries(checked.outputs)) {
    const scope = createCellScope(builder, definition, parameters, states);
    const value = asNumber(lower(tree, scope.lowering));
    const signal = outputSignal(expansion, name);
    const body = [loop('n', 0, definition.cells, [...scope.declarations(), store(signal, cell, value)])];
    builder.operator({ name: `${name}/value`, reads: [...scope.reads], sets: [signal], body });
    outputs[name] = signal;
  }
  return outputs;
}

function outputSignal({ builder, definition }: Expansion, name: string): SignalId {
  const signal = builder.signal({ name, shape: [definition.cells], initial: 0, role: 'transient' });
  builder.output(name, signal);
  return signal;
}

/** One step of every cell: advance, test, reset, store. Returns the outputs that show the state after it. */
function emitStep(expansion: Expansion): Record<string, SignalId> {
  const { builder, definition, checked, parameters, states, lastSpike, spikes } = expansion;
  const scope = createCellScope(builder, definition, parameters, states);
  const body: Statement[] = [];
  const free = lastSpike === undefined ? undefined : refractoryTest(expansion, lastSpike, scope, body);
  advance(expansion, scope, body);
  for (const name of checked.states) body.push(store(stateSignal(states, name), cell, required(scope, name)));
  if (checked.threshold !== undefined && spikes !== undefined) {
    fire(expansion, scope, free, body);
    // What the reset wrote is known only from memory.
    for (const name of checked.states) scope.define(name, ir.load(stateSignal(states, name), cell));
  }
  const outputs: Record<string, SignalId> = {};
  for (const [name, tree] of Object.entries(checked.outputsAfter)) {
    const signal = outputSignal(expansion, name);
    outputs[name] = signal;
    body.push(store(signal, cell, asNumber(lower(tree, scope.lowering))));
  }
  const updates = [...Object.values(states), ...(lastSpike === undefined ? [] : [lastSpike])];
  const reads = [...scope.reads].filter((signal) => !updates.includes(signal));
  builder.operator({
    name: 'step',
    reads,
    sets: [...(spikes === undefined ? [] : [spikes]), ...Object.values(outputs)],
    updates,
    body: [loop('n', 0, definition.cells, [...scope.declarations(), ...body])],
  });
  return outputs;
}

function stateSignal(table: Readonly<Record<string, SignalId>>, name: string): SignalId {
  return defined(table[name], `state ${name}`);
}

/** not_refractory: whole steps since the last spike ≥ trunc((refractory + dt/1000) / dt). */
function refractoryTest(expansion: Expansion, lastSpike: SignalId, scope: CellScope, body: Statement[]): Expression {
  const { builder, definition } = expansion;
  const dt = builder.timeStepSeconds;
  const steps = Math.trunc(((definition.refractorySeconds ?? 0) + 1e-3 * dt) / dt);
  const passed = ir.subtract(ir.toF64(ir.step), ir.load(lastSpike, cell));
  body.push(letBool('not_refractory', ir.greaterEqual(passed, ir.f64(steps))));
  const free = ir.boolLocal('not_refractory');
  scope.define('not_refractory', free);
  return free;
}

/** The assignments of the integration method, then the new values under the names of the states. */
function advance({ checked }: Expansion, scope: CellScope, body: Statement[]): void {
  const sampleInput = (name: string, stage: string): string => (stage === 'end' ? aheadName(name) : name);
  const program = checked.method.step(checked.system, { sampleInput });
  for (const { target, expression } of program.assignments)
    assignLocal(target, multiplyByReciprocals(lower(expression, scope.lowering)), scope, body);
  const results = Object.entries(program.results).map(([variable, name]) => [variable, required(scope, name)] as const);
  for (const [variable, value] of results) scope.define(variable, value);
}

function assignLocal(name: string, value: Expression, scope: CellScope, body: Statement[], prefix = 'step'): void {
  if (value.kind === 'f64' || value.kind === 'bool') return scope.define(name, value);
  const type = typeOf(value);
  const local = `${prefix}${name}`;
  body.push(letLocal(local, type, value));
  scope.define(name, ir.local(local, type));
}

/** Tests the threshold on the advanced state; where it holds, runs the reset and stores what it wrote. */
function fire(expansion: Expansion, scope: CellScope, free: Expression | undefined, body: Statement[]): void {
  const { checked, states, spikes, lastSpike } = expansion;
  const reached = lower(defined(checked.threshold, 'a threshold'), scope.lowering);
  body.push(letBool('spiking', free === undefined ? reached : ir.and(reached, free)));
  const spiking = ir.boolLocal('spiking');
  body.push(store(defined(spikes, 'a spike signal'), cell, ir.toI32(spiking)));
  const sequence = statementSequence(checked.reset);
  const reset: Statement[] = [];
  for (const { target, expression } of sequence.assignments) {
    assignLocal(target, lower(expression, scope.lowering), scope, reset, 'reset');
  }
  const written = Object.entries(sequence.results).filter(([name]) => name in states);
  for (const [name, value] of written) reset.push(store(stateSignal(states, name), cell, required(scope, value)));
  if (lastSpike !== undefined) reset.push(store(lastSpike, cell, ir.toF64(ir.step)));
  body.push(when(spiking, reset));
}
