/** Validation: Document → ValidatedModel, every reference resolved and every parameter in SI units. Rules V1–V9 of SPEC.md. */
import { placed, problem } from '../base/problem.ts';
import type { Problem } from '../base/problem.ts';
import { failed, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { connectionKindOf } from './connection-kind.ts';
import { connectionDefect } from './connections.ts';
import type { ConnectionEnd, ConnectionRecord, ElementRecord, ProbeRecord, SpikeloomDocument } from './document.ts';
import { kindOf, type KindCatalogue, type KindDescriptor } from './kind.ts';
import { connectionName, elementName } from './names.ts';
import { paceOf } from './own-step.ts';
import { resolveParameters } from './parameters.ts';
import { probeDefect } from './probes.ts';
import { resolveRunTimes } from './run-settings.ts';
import { stepBoundDefects } from './step-bounds.ts';
import { trainableDefects } from './trainable.ts';
import type { ValidatedConnection, ValidatedElement, ValidatedModel } from './validated.ts';

export interface ValidateOptions {
  /** The model is about to be run: an empty network is worth a warning. */
  readonly forRun?: boolean;
}

/**
 * The model that the document describes. Fails with all problems that can be seen without building, each with the
 * element, connection or probe it sits on; warnings accompany the model.
 */
export function validate(
  document: SpikeloomDocument,
  catalogue: KindCatalogue,
  options: ValidateOptions = {},
): Result<ValidatedModel> {
  const times = resolveRunTimes(document.run);
  const elements = validateElements(document, catalogue, times.ok ? times.value.timeStepSeconds : undefined);
  const connections = validateConnections(document, catalogue);
  const probes = validateProbes(document, catalogue);
  const problems = [
    ...times.problems,
    ...elements.problems,
    ...connections.problems,
    ...missingInputs(elements.known, connections.legal),
    ...probes.problems,
    ...(times.ok ? tooShort(elements.valid, connections.valid, times.value.timeStepSeconds) : []),
    ...(options.forRun === true ? emptyNetwork(document) : []),
  ];
  if (!times.ok || problems.some((found) => found.severity === 'error')) return failed(...problems);
  const model: ValidatedModel = {
    name: document.name,
    ...times.value,
    seed: document.run.seed,
    elements: elements.valid,
    connections: connections.valid,
    probes: probes.valid,
    warnings: problems,
  };
  return ok(model, problems);
}

/** Connections are computed in the steps of what they lead to. */
function tooShort(
  elements: readonly ValidatedElement[],
  connections: readonly ValidatedConnection[],
  runStepSeconds: number,
): Problem[] {
  const steps = new Map(elements.map(({ record, pace }) => [record.id, pace?.timeStepSeconds]));
  return [...elements, ...connections].flatMap(({ record, kind, parameters }) => {
    const name = 'name' in record ? elementName(record) : kind.title;
    const owner = 'to' in record ? record.to.element : record.id;
    return stepBoundDefects({ id: record.id, name, kind, parameters }, steps.get(owner) ?? runStepSeconds);
  });
}

function emptyNetwork(document: SpikeloomDocument): Problem[] {
  if (Object.keys(document.elements).length > 0) return [];
  return [
    problem('model/empty', 'The network is empty, so there is nothing to run.', {
      severity: 'warning',
      hint: 'Drag an element from the palette onto the canvas, or open an example.',
    }),
  ];
}

interface KnownElement {
  readonly record: ElementRecord;
  readonly kind: KindDescriptor;
}

interface ElementsFound {
  /** Elements of known kind, their parameters right or not. */
  readonly known: readonly KnownElement[];
  readonly valid: readonly ValidatedElement[];
  readonly problems: readonly Problem[];
}

function validateElements(
  document: SpikeloomDocument,
  catalogue: KindCatalogue,
  runStepSeconds: number | undefined,
): ElementsFound {
  const known: KnownElement[] = [];
  const valid: ValidatedElement[] = [];
  const problems: Problem[] = [];
  for (const record of Object.values(document.elements)) {
    const kind = kindOf(catalogue, record);
    if (kind === undefined) {
      problems.push(unknownElementKind(record));
      continue;
    }
    known.push({ record, kind });
    problems.push(...(kind.textProblems ?? []).map((found) => placed(found, { element: record.id })));
    const context = { id: record.id, name: elementName(record), arrays: document.arrays, catalogue };
    const parameters = resolveParameters(kind, record.parameters, context);
    const pace = runStepSeconds === undefined ? ok(undefined) : paceOf(record, document.run, runStepSeconds);
    problems.push(...parameters.problems, ...pace.problems, ...trainableDefects(record, kind));
    if (!parameters.ok) continue;
    const own = pace.ok && pace.value !== undefined ? { pace: pace.value } : {};
    valid.push({ record, kind, parameters: parameters.value, ...own });
  }
  return { known, valid, problems };
}

function unknownElementKind(record: ElementRecord): Problem {
  return problem(
    'document/unknown-kind',
    `${elementName(record)} is of a kind that this version does not know (${record.kind}). It is kept, but left out of the run with its connections and probes.`,
    {
      severity: 'warning',
      hint: 'Update Spikeloom, or replace the element.',
      at: { element: record.id, path: 'kind' },
    },
  );
}

function portKey(end: ConnectionEnd): string {
  return `${end.element}/${end.port}`;
}

interface ConnectionsFound {
  /** Connections whose ends and connector fit, their parameters right or not. */
  readonly legal: readonly ConnectionRecord[];
  readonly valid: readonly ValidatedConnection[];
  readonly problems: readonly Problem[];
}

function validateConnections(document: SpikeloomDocument, catalogue: KindCatalogue): ConnectionsFound {
  const legal: ConnectionRecord[] = [];
  const valid: ValidatedConnection[] = [];
  const problems: Problem[] = [];
  const byTarget = new Map<string, ConnectionRecord[]>();
  for (const record of Object.values(document.connections)) {
    const there = byTarget.get(portKey(record.to)) ?? [];
    const defect = connectionDefect(document, catalogue, record, there);
    if (defect !== undefined) {
      problems.push(asFound(defect, record.id));
      continue;
    }
    legal.push(record);
    there.push(record);
    byTarget.set(portKey(record.to), there);
    const kind = connectionKindOf(catalogue, document.elements, record);
    if (kind === undefined) continue;
    const context = { id: record.id, name: connectionName(document, record), arrays: document.arrays, catalogue };
    const parameters = resolveParameters(kind, record.parameters, context);
    problems.push(...parameters.problems);
    if (parameters.ok) valid.push({ record, kind, parameters: parameters.value });
  }
  return { legal, valid, problems };
}

function validateProbes(
  document: SpikeloomDocument,
  catalogue: KindCatalogue,
): { valid: ProbeRecord[]; problems: Problem[] } {
  const valid: ProbeRecord[] = [];
  const problems: Problem[] = [];
  for (const record of Object.values(document.probes)) {
    const defect = probeDefect(document, catalogue, record);
    if (defect === undefined) valid.push(record);
    else problems.push(asFound(defect, record.id));
  }
  return { valid, problems };
}

/** The defect placed on the record that has it; what concerns an unknown kind only leaves the record out. */
function asFound(defect: Problem, id: string): Problem {
  const here = { ...defect, at: { ...defect.at, element: id } };
  return defect.code === 'document/unknown-kind' ? { ...here, severity: 'warning' } : here;
}

function missingInputs(elements: readonly KnownElement[], connections: readonly ConnectionRecord[]): Problem[] {
  const reached = new Set(connections.map(({ to }) => portKey(to)));
  return elements.flatMap(({ record, kind }) =>
    kind.inputs
      .filter((port) => port.required === true && !reached.has(portKey({ element: record.id, port: port.name })))
      .map((port) =>
        problem(
          'model/missing-input',
          `${elementName(record)} needs something at its input ${port.name} (${port.title}).`,
          {
            hint: 'Wire an output to it.',
            at: { element: record.id, path: `inputs.${port.name}` },
          },
        ),
      ),
  );
}
