/** What a case of a problem code is: it lets a user's mistake happen to the real function and gives what that says. */
import type { Problem } from '../../../engine/base/problem.ts';
import type { ProblemCode } from '../../../engine/base/problem-codes.ts';
import type { Result } from '../../../engine/base/result.ts';
import { prepareRun } from '../../../engine/library/prepare-run.ts';
import type {
  ConnectionRecord,
  ElementRecord,
  ProbeRecord,
  SpikeloomDocument,
} from '../../../engine/model/document.ts';
import { createEmptyDocument } from '../../../engine/model/new-document.ts';
import type { ParameterValue } from '../../../engine/model/value.ts';

/** Problems that a mistake leads to; severity of any kind. */
export type Mistake = () => readonly Problem[] | Promise<readonly Problem[]>;
export type Mistakes<Group extends string> = Readonly<Record<Extract<ProblemCode, `${Group}/${string}`>, Mistake>>;

/** The problems of a result, whether it succeeded with warnings or failed. */
export function told(result: Result<unknown>): readonly Problem[] {
  return result.problems;
}

export function element(id: string, kind: string, parameters: Record<string, ParameterValue> = {}): ElementRecord {
  return { id, kind, name: id.toUpperCase(), parameters };
}

/** A connection between ports written `a.out`. */
export function wire(
  from: string,
  to: string,
  kind = 'connectors/wire',
  parameters: Record<string, ParameterValue> = {},
): ConnectionRecord {
  const end = (text: string) => ({ element: text.split('.')[0] ?? '', port: text.split('.')[1] ?? '' });
  return { id: `${from}_${to}`.replaceAll('.', '_'), kind, from: end(from), to: end(to), parameters };
}

export interface Parts {
  readonly elements: readonly ElementRecord[];
  readonly connections?: readonly ConnectionRecord[];
  readonly probes?: readonly ProbeRecord[];
}

/** A project of these parts. */
export function project(parts: Parts, changes: Partial<SpikeloomDocument> = {}): SpikeloomDocument {
  const byId = <T extends { readonly id: string }>(records: readonly T[] = []): Record<string, T> =>
    Object.fromEntries(records.map((record) => [record.id, record]));
  return {
    ...createEmptyDocument('Mistake'),
    elements: byId(parts.elements),
    connections: byId(parts.connections),
    probes: byId(parts.probes),
    ...changes,
  };
}

/** What is said to a project of these parts when it is about to run. */
export function prepare(parts: Parts, changes: Partial<SpikeloomDocument> = {}): readonly Problem[] {
  return told(prepareRun(project(parts, changes)));
}
