/** What gestures do to training: marks on parameters, an objective, and the values that were learnt; each an edit that can be undone. */
import { kindOf } from '../../engine/model/kind.ts';
import type { ElementRecord, SpikeloomDocument } from '../../engine/model/document.ts';
import { batch, type SingleEdit } from '../../engine/model/edits/edit.ts';
import { findRecord } from '../../engine/model/records.ts';
import { untrainableReason } from '../../engine/model/trainable.ts';
import type { Services } from '../stores/services.ts';
import { freePlace, insertElement } from './element-gestures.ts';

const objectiveKind = 'readouts/objective';

/** Elements with parameters that training may change. */
export function trainedElements({ elements }: SpikeloomDocument): readonly ElementRecord[] {
  return Object.values(elements).filter(({ trainable = [] }) => trainable.length > 0);
}

/** What training goes by: objectives. */
export function objectivesOf({ elements }: SpikeloomDocument): readonly ElementRecord[] {
  return Object.values(elements).filter(({ kind }) => kind === objectiveKind);
}

/** Readouts that training fits besides. */
export function ridgesOf({ elements }: SpikeloomDocument): readonly ElementRecord[] {
  return Object.values(elements).filter(({ kind }) => kind === 'readouts/ridge');
}

/** Marks a parameter of some blocks as trained, or takes the mark off. */
export function setTrained(services: Services, ids: readonly string[], name: string, trained: boolean): void {
  const { elements } = services.document.getState().document;
  const edits = ids.flatMap((id): SingleEdit[] => {
    const marks = findRecord(elements, id)?.trainable ?? [];
    if (marks.includes(name) === trained) return [];
    const trainable = trained ? [...marks, name] : marks.filter((each) => each !== name);
    return [{ type: 'element.setTrainable', id, trainable }];
  });
  if (edits.length > 0) services.documents.dispatch(batch(edits));
}

/** The matrices of some blocks that can be trained. */
export function trainableMatrices({ document, catalogue }: Services, ids: readonly string[]) {
  const { elements } = document.getState().document;
  return ids.flatMap((id) => {
    const kind = kindOf(catalogue, findRecord(elements, id));
    const names = (kind?.parameters ?? []).filter(
      (spec) => kind !== undefined && spec.type === 'matrix' && untrainableReason(kind, spec) === undefined,
    );
    return names.length === 0 ? [] : [{ id, names: names.map(({ name }) => name) }];
  });
}

/** Marks all matrices of weights of some blocks that can be trained. */
export function trainMatrices(services: Services, ids: readonly string[]): void {
  const { elements } = services.document.getState().document;
  const edits = trainableMatrices(services, ids).map(({ id, names }): SingleEdit => ({
    ...{ type: 'element.setTrainable', id },
    trainable: [...new Set([...(findRecord(elements, id)?.trainable ?? []), ...names])],
  }));
  if (edits.length > 0) services.documents.dispatch(batch(edits, 'Train the weights of the selected blocks'));
}

/** Takes all marks off some blocks. */
export function trainNothing(services: Services, ids: readonly string[]): void {
  const { elements } = services.document.getState().document;
  const edits = ids
    .filter((id) => findRecord(elements, id)?.trainable !== undefined)
    .map((id): SingleEdit => ({ type: 'element.setTrainable', id, trainable: [] }));
  if (edits.length > 0) services.documents.dispatch(batch(edits, 'Train nothing of the selected blocks'));
}

/** An objective beside what is selected, to be wired to what is to be scored. */
export function addObjective(services: Services): void {
  insertElement(services, objectiveKind, freePlace(services));
  services.session.getState().change({ inspectorTab: 'parameters' });
}
