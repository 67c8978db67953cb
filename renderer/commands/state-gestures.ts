/** What gestures do to the state of the run, and to the parameters of blocks as a whole. */
import { readProject } from '../../engine/formats/project.ts';
import type { ElementRecord, SpikeloomDocument } from '../../engine/model/document.ts';
import { batch, type SingleEdit } from '../../engine/model/edits/edit.ts';
import { elementName } from '../../engine/model/names.ts';
import { findRecord } from '../../engine/model/records.ts';
import type { StateChange } from '../../engine/protocol/messages.ts';
import type { Services } from '../stores/services.ts';
import { report } from './file-gestures.ts';

/** Resets or randomises the state of some blocks, or of all; says so, with the seed that was drawn. */
export async function changeState(
  services: Services,
  kind: StateChange['kind'],
  elements: readonly string[] | null,
): Promise<void> {
  const { random, runs, session } = services;
  const bytes = random.bytes(4);
  const seed = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  await runs.changeState({ kind, elements, seed });
  const whose = ownersOf(services, elements);
  const words = kind === 'reset' ? `State of ${whose} reset` : `State of ${whose} randomised, seed ${seed}`;
  session.getState().notify('info', words);
}

function ownersOf({ document }: Services, elements: readonly string[] | null): string {
  if (elements === null) return 'all blocks';
  const [only, ...others] = elements;
  const record = only === undefined ? undefined : findRecord(document.getState().document.elements, only);
  return record === undefined || others.length > 0 ? `${elements.length} blocks` : elementName(record);
}

/** Every parameter of the blocks becomes the default of their kind, as one edit. */
export function resetParameters(services: Services, ids: readonly string[]): void {
  const { elements } = services.document.getState().document;
  const edits = ids.flatMap((id) =>
    Object.keys(findRecord(elements, id)?.parameters ?? {}).map((name): SingleEdit => ({
      type: 'element.resetParameter',
      id,
      name,
    })),
  );
  dispatch(services, edits, `Reset the parameters of ${ownersOf(services, ids)}`);
}

/** The parameters that the blocks have in the file of the project, as one edit; blocks that are not in it stay. */
export async function parametersAsInFile(services: Services, ids: readonly string[]): Promise<void> {
  const { file } = services.document.getState();
  if (file === undefined) return;
  const read = await services.host.files.read(file);
  if (!read.ok) return report(services, `${file.name} could not be read`, read.problems);
  const opened = readProject(read.value.bytes);
  if (!opened.ok) return report(services, `${file.name} could not be read`, opened.problems);
  const open = services.document.getState().document;
  const edits = ids.flatMap((id) => editsTo(open, opened.value.document, id));
  if (edits.length > 0)
    return dispatch(services, edits, `Reset the parameters of ${ownersOf(services, ids)} to the file`);
  services.session.getState().notify('info', 'The parameters are those of the file');
}

/** What makes the parameters of a block those that it has in another document. */
function editsTo(open: SpikeloomDocument, kept: SpikeloomDocument, id: string): SingleEdit[] {
  const [now, then] = [findRecord(open.elements, id), findRecord(kept.elements, id)];
  if (now === undefined || then === undefined) return [];
  const gone = Object.keys(now.parameters).filter((name) => !(name in then.parameters));
  return [
    ...gone.map((name): SingleEdit => ({ type: 'element.resetParameter', id, name })),
    ...changedNames(now, then).map((name) => setTo(kept, then, name)),
  ];
}

function changedNames(now: ElementRecord, then: ElementRecord): string[] {
  const text = (record: ElementRecord, name: string): string => JSON.stringify(record.parameters[name] ?? null);
  return Object.keys(then.parameters).filter((name) => text(now, name) !== text(then, name));
}

function setTo({ arrays }: SpikeloomDocument, { id, parameters }: ElementRecord, name: string): SingleEdit {
  const value = parameters[name] ?? null;
  const array = typeof value === 'object' && value !== null && 'array' in value ? arrays[value.array] : undefined;
  return { type: 'element.setParameter', id, name, value, ...(array === undefined ? {} : { arrays: [array] }) };
}

function dispatch({ documents }: Services, edits: readonly SingleEdit[], label: string): void {
  if (edits.length > 0) documents.dispatch(batch(edits, label));
}
