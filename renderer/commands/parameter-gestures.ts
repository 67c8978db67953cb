/** What gestures do to parameters, connectors and run settings: each call is one edit that can be undone. */
import type { Problem } from '../../engine/base/problem.ts';
import type { ArrayRecord, RunSettings } from '../../engine/model/document.ts';
import { batch, type SingleEdit } from '../../engine/model/edits/edit.ts';
import type { ParameterValue, Quantity } from '../../engine/model/value.ts';
import type { Services } from '../stores/services.ts';

/** Elements and connections have parameters alike. */
export type Owner = 'element' | 'connection';

export interface SetOptions {
  /** Numbers that the value refers to. */
  readonly arrays?: readonly ArrayRecord[];
  /** Values set in one gesture are one step of the history. */
  readonly gesture?: string;
}

/** Sets the parameter of all of them to one value; undefined resets it to the default of the kind. */
export function setParameter(
  services: Services,
  owner: Owner,
  ids: readonly string[],
  name: string,
  value: ParameterValue | undefined,
  { arrays, gesture }: SetOptions = {},
): readonly Problem[] {
  const edits = ids.map((id): SingleEdit => {
    if (value === undefined) return { type: `${owner}.resetParameter`, id, name };
    return { type: `${owner}.setParameter`, id, name, value, ...(arrays === undefined ? {} : { arrays: [...arrays] }) };
  });
  const [only] = edits;
  if (only === undefined) return [];
  return services.documents.dispatch(edits.length === 1 ? only : batch(edits), gesture);
}

/** Another connector; parameters that it shares with the old one are kept. */
export function setConnector(services: Services, id: string, kind: string): readonly Problem[] {
  const record = services.document.getState().document.connections[id];
  if (record === undefined || record.kind === kind) return [];
  const names = new Set(services.catalogue.find(kind)?.parameters.map((spec) => spec.name) ?? []);
  const parameters = Object.fromEntries(Object.entries(record.parameters).filter(([name]) => names.has(name)));
  return services.documents.dispatch({ type: 'connection.setKind', id, kind, parameters });
}

/** null: the element takes the steps of the run. */
export function setOwnStep(services: Services, id: string, timeStep: Quantity | null): readonly Problem[] {
  return services.documents.dispatch({ type: 'element.setTimeStep', id, timeStep });
}

export function setRun(services: Services, changes: Partial<RunSettings>): readonly Problem[] {
  return services.documents.dispatch({ type: 'run.set', changes });
}

export function renameProject(services: Services, name: string): readonly Problem[] {
  return services.documents.dispatch({ type: 'document.rename', name: name.trim() });
}
