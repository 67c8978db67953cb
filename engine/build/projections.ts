/** Connections onto `synapses` ports: connectivity as signals, delivery as an operator. */
import { defined } from '../base/assert.ts';
import { hash32 } from '../base/hash.ts';
import { problem } from '../base/problem.ts';
import { streamKey } from '../base/random.ts';
import type { Result } from '../base/result.ts';
import { andThen, failed, mapResult, ok } from '../base/result.ts';
import type { StatementTree } from '../equations/tree.ts';
import type { ValidatedConnection } from '../model/validated.ts';
import { dimensionOfUnit } from '../units/convert.ts';
import { equalDimensions } from '../units/dimension.ts';
import type { Assembly, ElementAssembly } from './assembly.ts';
import { connectionName, crosses, elementAssembly, nameOf, sourceOutput, sourceSize } from './assembly.ts';
import type { ConnectorKind, ConnectRequest, ParameterReader, SynapseTarget } from './library-kind.ts';
import type { PopulationAccess, PopulationVariable } from './population/access.ts';
import { precisionOf } from './operators/weight-precision.ts';
import { createParameterReader } from './parameter-reader.ts';
import { layContinuous, laySpikes, type Laying, type Sink } from './projection-operators.ts';
import { synapseDelay } from './projection-delay.ts';
import { makeRows } from './projection-rows.ts';
import { laySynapses, type MadeSynapses } from './synapses/lay-synapses.ts';

/** Lays all projections onto an element. */
export function layProjections(assembly: Assembly, target: ElementAssembly): Result<void> {
  for (const connection of target.incoming) {
    const direct = directSink(assembly, target, connection);
    if (direct !== undefined) {
      const laid = layRows(assembly, target, connection, direct);
      if (!laid.ok) return laid;
      continue;
    }
    if (hasSynapseModel(assembly, target, connection)) {
      const modelled = layModelled(assembly, target, connection);
      if (!modelled.ok) return modelled;
      continue;
    }
    const receiver = target.receivers.get(connection.record.to.port);
    if (receiver === undefined) continue;
    const laid = layProjection(assembly, target, connection, receiver);
    if (!laid.ok) return laid;
  }
  return ok(undefined);
}

function layProjection(
  assembly: Assembly,
  target: ElementAssembly,
  connection: ValidatedConnection,
  receiver: Partial<SynapseTarget>,
): Result<void> {
  const spikes = sourceOutput(assembly, connection).type === 'spikes';
  const signal = spikes ? receiver.events : receiver.continuous;
  if (signal === undefined) return failed(typeProblem(assembly, connection, spikes));
  return layRows(assembly, target, connection, spikes ? { signal, moment: momentOf(connection) } : { signal });
}

/** Sums into one variable go by the names of their connections, whatever the kind of the cells: so do those of Brian's pathways. */
function momentOf({ record }: ValidatedConnection): NonNullable<Sink['moment']> {
  return { order: -1, tie: `${record.id}_pre` };
}

/** Makes the rows of a connection and the operator that adds their weights to the sink. */
function layRows(
  assembly: Assembly,
  target: ElementAssembly,
  connection: ValidatedConnection,
  sink: Sink,
): Result<void> {
  const kind = connectorOf(assembly, connection);
  const request = requestOf(assembly, target, connection);
  const output = sourceOutput(assembly, connection);
  return andThen(makeRows(assembly, kind, request), (made) =>
    andThen(synapseDelay(assembly, connection, request.parameters, made.synapses), (delay) => {
      assembly.synapses += made.synapses;
      const cells = request.sourceSize;
      const laying: Laying = {
        assembly,
        connection,
        output,
        cells,
        made,
        sink,
        delay,
        precision: precisionOf(connection.parameters['weight_precision']),
      };
      if (output.type === 'spikes') laySpikes(laying);
      else if (typeof delay === 'number') layContinuous(laying, delay);
      else return failed(delayProblem(assembly, connection));
      return ok(undefined);
    }),
  );
}

/**
 * The variable that receives the weights, where all that a spike does is `X += w`, by the port's statement or by that of
 * synapses that have nothing else: then no statements have to be run.
 */
function directSink(assembly: Assembly, target: ElementAssembly, connection: ValidatedConnection): Sink | undefined {
  const { population } = target;
  const variable = population === undefined ? undefined : summingVariable(assembly, target, connection, population);
  if (population === undefined || variable === undefined || !takesSums(variable, population)) return undefined;
  const mask = variable.held ? population.notRefractory : undefined;
  return { signal: variable.signal, moment: momentOf(connection), ...(mask === undefined ? {} : { mask }) };
}

function summingVariable(
  assembly: Assembly,
  target: ElementAssembly,
  connection: ValidatedConnection,
  population: PopulationAccess,
): PopulationVariable | undefined {
  const kind = assembly.library.connector(connection.record.kind);
  if (kind === undefined) return undefined;
  const parameters = readerOf(assembly, connection);
  if (kind.hasSynapseModel?.(parameters) !== true) return plainTarget(population, connection.record.to.port);
  const variable = population.variables.get(kind.plainSum?.(parameters) ?? '');
  return ownTarget(assembly, target, connection, variable);
}

/** The variable of the synapses' statement, where spikes bring weights of its unit; what is wrong is told elsewhere. */
function ownTarget(
  assembly: Assembly,
  target: ElementAssembly,
  connection: ValidatedConnection,
  variable: PopulationVariable | undefined,
): PopulationVariable | undefined {
  const { port } = connection.record.to;
  const unit = target.kind.inputs.find(({ name }) => name === port)?.unit ?? '1';
  const fits = variable !== undefined && equalDimensions(variable.dimension, dimensionOfUnit(unit));
  return fits && sourceOutput(assembly, connection).type === 'spikes' ? variable : undefined;
}

/** The variable X of a port that does nothing but `X += w`. */
function plainTarget(access: PopulationAccess, port: string): PopulationVariable | undefined {
  const statements = access.handlers.get(port) ?? [];
  const [only] = statements;
  if (only === undefined || statements.length > 1 || !addsWeight(only)) return undefined;
  return access.variables.get(only.target);
}

/** Not where a cell may be asleep: it has to be woken first, which takes statements. */
function takesSums({ signal, type, writable, shared }: PopulationVariable, { carry }: PopulationAccess): boolean {
  return type === 'float' && writable && !shared && carry?.concerns.has(signal) !== true;
}

function addsWeight({ operator, expression }: StatementTree): boolean {
  return operator === '+=' && expression.kind === 'name' && expression.name === 'w';
}

/** Whether the synapses of a connection have equations of their own, or the port statements that are more than a sum. */
function hasSynapseModel(assembly: Assembly, target: ElementAssembly, connection: ValidatedConnection): boolean {
  const { record } = connection;
  const kind = assembly.library.connector(record.kind);
  if (kind?.synapses === undefined) return false;
  const handled = target.population?.handlers.has(record.to.port) === true && !target.receivers.has(record.to.port);
  return handled || kind.hasSynapseModel?.(readerOf(assembly, connection)) === true;
}

function layModelled(assembly: Assembly, target: ElementAssembly, connection: ValidatedConnection): Result<void> {
  const { element, port } = connection.record.from;
  if (elementAssembly(assembly, element).outputs.get(port)?.counts === true)
    return failed(countsProblem(assembly, connection));
  if (crosses(assembly, connection)) return failed(stepsProblem(assembly, connection));
  const kind = connectorOf(assembly, connection);
  const ask = defined(kind.synapses?.bind(kind), `${kind.id} makes synapses with equations`);
  const request = requestOf(assembly, target, connection);
  const weightUnit = target.kind.inputs.find(({ name }) => name === connection.record.to.port)?.unit ?? '1';
  return andThen(madeSynapses(assembly, kind, request), (made) =>
    andThen(ask({ ...request, count: made.count, weightUnit }), (model) =>
      mapResult(laySynapses(assembly, connection, model, made), () => undefined),
    ),
  );
}

function madeSynapses({ outline }: Assembly, kind: ConnectorKind, request: ConnectRequest): Result<MadeSynapses> {
  if (outline) return ok({ count: kind.mostSynapses(request), lists: undefined });
  return mapResult(kind.connect(request), (lists) => ({ count: lists.sources.length, lists }));
}

function readerOf(assembly: Assembly, connection: ValidatedConnection): ParameterReader {
  const { record, parameters } = connection;
  const owner = { id: record.id, name: connectionName(assembly, connection), seed: assembly.model.seed, parameters };
  return createParameterReader(owner, assembly.library, assembly.outline);
}

function requestOf(assembly: Assembly, target: ElementAssembly, connection: ValidatedConnection): ConnectRequest {
  const { record } = connection;
  return {
    connection: { id: record.id, name: connectionName(assembly, connection) },
    parameters: readerOf(assembly, connection),
    sourceSize: elementAssembly(assembly, record.from.element).population?.cells ?? sourceSize(assembly, connection),
    targetSize: target.cells,
    recurrent: record.from.element === record.to.element,
    stream: (purpose) => streamKey(assembly.model.seed, hash32(`${record.id}/${purpose}`)),
  };
}

function connectorOf(assembly: Assembly, { record }: ValidatedConnection): ConnectorKind {
  return defined(assembly.library.connector(record.kind), `connector ${record.kind}`);
}

function typeProblem(assembly: Assembly, connection: ValidatedConnection, spikes: boolean) {
  const { record } = connection;
  const from = nameOf(assembly, record.from.element);
  const to = nameOf(assembly, record.to.element);
  return problem(
    'model/port-type',
    `"${from}" gives ${spikes ? 'spikes' : 'continuous values'}; "${record.to.port}" of "${to}" does not take them.`,
    { hint: 'Connect to a port of the same type.', at: { element: record.id } },
  );
}

function countsProblem(assembly: Assembly, connection: ValidatedConnection) {
  const { record } = connection;
  const message = `"${nameOf(assembly, record.from.element)}" may spike several times in a step; synapses with statements of their own take one spike per step.`;
  const hint = 'Choose synapses that add their weight, or put a population that spikes once in between.';
  return problem('model/port-type', message, { hint, at: { element: record.id } });
}

function stepsProblem(assembly: Assembly, connection: ValidatedConnection) {
  const { from, to, id } = connection.record;
  const [source, target] = [from, to].map(({ element }) => `"${nameOf(assembly, element)}"`);
  const message = `${source} and ${target} have different steps; synapses with statements of their own need both ends in the same steps.`;
  const hint = 'Give both the same step, or choose synapses that add their weight.';
  return problem('model/time-step', message, { hint, at: { element: id } });
}

function delayProblem(assembly: Assembly, connection: ValidatedConnection) {
  const { id } = connection.record;
  return problem(
    'model/parameter-shape',
    `${connectionName(assembly, connection)} carries continuous values, which have one delay for all synapses.`,
    { hint: 'Give one delay, or connect spikes.', at: { element: id, path: 'parameters.delay' } },
  );
}
