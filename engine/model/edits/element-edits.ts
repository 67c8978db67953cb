/** Edits of elements: add, remove, rename, move, paste, parameters, step, what is trained, kind. */
import { z } from '../../base/schema.ts';
import {
  arraySchema,
  connectionSchema,
  elementSchema,
  parameterNameSchema,
  positionSchema,
  probeSchema,
} from '../document.ts';
import type { SpikeloomDocument } from '../document.ts';
import { elementName } from '../names.ts';
import { dropRecord, findRecord } from '../records.ts';
import { printQuantity } from '../../units/quantity.ts';
import { parameterValueSchema, quantitySchema } from '../value.ts';
import { addConnection } from './connection-edits.ts';
import { addArrays, alreadyThere, editKind, firstMissing, notThere } from './edit-kind.ts';
import { addProbe, dropProbes } from './probe-edits.ts';
import { valueText } from './value-text.ts';

const id = elementSchema.shape.id;
const positions = z.record(id, positionSchema);
const arrays = z.array(arraySchema).optional();

function named(document: SpikeloomDocument, elementId: string): string {
  return elementName(findRecord(document.elements, elementId));
}

/** `Reservoir`, or `3 elements`. */
function namedAll(document: SpikeloomDocument, ids: readonly string[]): string {
  const [only] = ids;
  return ids.length === 1 && only !== undefined ? named(document, only) : `${ids.length} elements`;
}

const add = editKind({
  schema: z.strictObject({
    type: z.literal('element.add'),
    element: elementSchema,
    position: positionSchema.optional(),
    arrays,
  }),
  change(draft, { element, position: place, arrays: brought }) {
    if (Object.hasOwn(draft.elements, element.id)) return alreadyThere('element', element.id);
    draft.elements[element.id] = element;
    if (place !== undefined) draft.view.positions[element.id] = place;
    return addArrays(draft, brought);
  },
  label: (_document, { element }) => `Add ${elementName(element)}`,
});

const remove = editKind({
  schema: z.strictObject({ type: z.literal('element.remove'), ids: z.array(id).min(1) }),
  change(draft, { ids }) {
    const missing = firstMissing(draft.elements, ids, 'element');
    if (missing !== undefined) return missing;
    const gone = new Set(ids);
    for (const each of gone) {
      dropRecord(draft.elements, each);
      dropRecord(draft.view.positions, each);
    }
    for (const { id: connection, from, to } of Object.values(draft.connections)) {
      if (gone.has(from.element) || gone.has(to.element)) dropRecord(draft.connections, connection);
    }
    dropProbes(draft, (probe) => gone.has(probe.element));
    return undefined;
  },
  label: (document, { ids }) => `Remove ${namedAll(document, ids)}`,
});

const rename = editKind({
  schema: z.strictObject({ type: z.literal('element.rename'), id, name: elementSchema.shape.name }),
  change(draft, edit) {
    const element = findRecord(draft.elements, edit.id);
    if (element === undefined) return notThere('element', edit.id);
    element.name = edit.name;
    return undefined;
  },
  label: (document, edit) => `Rename ${named(document, edit.id)} to ${edit.name}`,
});

const move = editKind({
  schema: z.strictObject({ type: z.literal('element.move'), positions }),
  change(draft, edit) {
    const missing = firstMissing(draft.elements, Object.keys(edit.positions), 'element');
    if (missing !== undefined) return missing;
    for (const [each, place] of Object.entries(edit.positions)) draft.view.positions[each] = place;
    return undefined;
  },
  label: (document, edit) => `Move ${namedAll(document, Object.keys(edit.positions))}`,
  mergeKey: (edit) => Object.keys(edit.positions).sort().join(' '),
});

const paste = editKind({
  schema: z.strictObject({
    type: z.literal('element.paste'),
    /** How the history calls it. */
    as: z.enum(['paste', 'duplicate']),
    elements: z.array(elementSchema).min(1),
    connections: z.array(connectionSchema),
    probes: z.array(probeSchema),
    positions,
    arrays,
  }),
  change(draft, edit) {
    for (const element of edit.elements) {
      if (Object.hasOwn(draft.elements, element.id)) return alreadyThere('element', element.id);
      draft.elements[element.id] = element;
    }
    const missing = firstMissing(draft.elements, Object.keys(edit.positions), 'element');
    if (missing !== undefined) return missing;
    Object.assign(draft.view.positions, edit.positions);
    for (const connection of edit.connections) {
      const found = addConnection(draft, connection);
      if (found !== undefined) return found;
    }
    for (const probe of edit.probes) {
      const found = addProbe(draft, probe);
      if (found !== undefined) return found;
    }
    return addArrays(draft, edit.arrays);
  },
  label(_document, edit) {
    const verb = edit.as === 'paste' ? 'Paste' : 'Duplicate';
    return edit.elements.length === 1
      ? `${verb} ${elementName(edit.elements[0])}`
      : `${verb} ${edit.elements.length} elements`;
  },
});

const setParameter = editKind({
  schema: z.strictObject({
    type: z.literal('element.setParameter'),
    id,
    name: parameterNameSchema,
    value: parameterValueSchema,
    arrays,
  }),
  change(draft, edit) {
    const element = findRecord(draft.elements, edit.id);
    if (element === undefined) return notThere('element', edit.id);
    element.parameters[edit.name] = edit.value;
    return addArrays(draft, edit.arrays);
  },
  label: (document, edit) => `Set ${edit.name} of ${named(document, edit.id)} to ${valueText(edit.value, edit.arrays)}`,
  mergeKey: (edit) => `${edit.id} ${edit.name}`,
});

const resetParameter = editKind({
  schema: z.strictObject({ type: z.literal('element.resetParameter'), id, name: parameterNameSchema }),
  change(draft, edit) {
    const element = findRecord(draft.elements, edit.id);
    if (element === undefined) return notThere('element', edit.id);
    dropRecord(element.parameters, edit.name);
    return undefined;
  },
  label: (document, edit) => `Reset ${edit.name} of ${named(document, edit.id)}`,
});

const setTimeStep = editKind({
  schema: z.strictObject({
    type: z.literal('element.setTimeStep'),
    id,
    /** null: the run's. */
    timeStep: quantitySchema.nullable(),
  }),
  change(draft, edit) {
    const element = findRecord(draft.elements, edit.id);
    if (element === undefined) return notThere('element', edit.id);
    if (edit.timeStep === null) delete element.timeStep;
    else element.timeStep = edit.timeStep;
    return undefined;
  },
  label: (document, { id: element, timeStep }) =>
    timeStep === null
      ? `Reset the step of ${named(document, element)}`
      : `Set the step of ${named(document, element)} to ${printQuantity(timeStep)}`,
  mergeKey: (edit) => edit.id,
});

const setTrainable = editKind({
  schema: z.strictObject({
    type: z.literal('element.setTrainable'),
    id,
    /** Names of parameters; [] for none. */
    trainable: z.array(parameterNameSchema),
  }),
  change(draft, edit) {
    const element = findRecord(draft.elements, edit.id);
    if (element === undefined) return notThere('element', edit.id);
    const names = [...new Set(edit.trainable)];
    if (names.length === 0) delete element.trainable;
    else element.trainable = names;
    return undefined;
  },
  label: (document, edit) =>
    `Train ${edit.trainable.length === 0 ? 'nothing' : edit.trainable.join(', ')} of ${named(document, edit.id)}`,
});

const setKind = editKind({
  schema: z.strictObject({
    type: z.literal('element.setKind'),
    id,
    kind: elementSchema.shape.kind,
    /** All that the element is to have; the old ones are dropped, with the marks of those to be trained. */
    parameters: elementSchema.shape.parameters,
    /** Input ports that have another name in the new kind; connections follow. */
    inputs: z.record(parameterNameSchema, connectionSchema.shape.to.shape.port),
  }),
  change(draft, edit) {
    const element = findRecord(draft.elements, edit.id);
    if (element === undefined) return notThere('element', edit.id);
    element.kind = edit.kind;
    element.parameters = edit.parameters;
    delete element.trainable;
    for (const { to } of Object.values(draft.connections)) {
      if (to.element === edit.id) to.port = findRecord(edit.inputs, to.port) ?? to.port;
    }
    return undefined;
  },
  label: (document, edit) => `Change what ${named(document, edit.id)} is`,
});

export const elementEdits = {
  'element.add': add,
  'element.remove': remove,
  'element.rename': rename,
  'element.move': move,
  'element.paste': paste,
  'element.setParameter': setParameter,
  'element.resetParameter': resetParameter,
  'element.setTimeStep': setTimeStep,
  'element.setTrainable': setTrainable,
  'element.setKind': setKind,
} as const;
