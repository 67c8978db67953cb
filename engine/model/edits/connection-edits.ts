/** Edits of connections: add, remove, connector, parameters. */
import type { Problem } from '../../base/problem.ts';
import { z } from '../../base/schema.ts';
import { arraySchema, connectionSchema, parameterNameSchema } from '../document.ts';
import type { ConnectionRecord, SpikeloomDocument } from '../document.ts';
import { connectionName, elementName } from '../names.ts';
import { dropRecord, findRecord } from '../records.ts';
import { parameterValueSchema } from '../value.ts';
import { addArrays, alreadyThere, editKind, firstMissing, notThere } from './edit-kind.ts';
import { valueText } from './value-text.ts';

const id = connectionSchema.shape.id;
const arrays = z.array(arraySchema).optional();

/** Adds a connection between elements that are there. */
export function addConnection(draft: SpikeloomDocument, connection: ConnectionRecord): Problem | undefined {
  if (Object.hasOwn(draft.connections, connection.id)) return alreadyThere('connection', connection.id);
  const missing = firstMissing(draft.elements, [connection.from.element, connection.to.element], 'element');
  if (missing === undefined) draft.connections[connection.id] = connection;
  return missing;
}

function named(document: SpikeloomDocument, connectionId: string): string {
  const record = findRecord(document.connections, connectionId);
  return record === undefined ? 'a missing connection' : connectionName(document, record);
}

function endNames(document: SpikeloomDocument, record: ConnectionRecord): [string, string] {
  return [
    elementName(findRecord(document.elements, record.from.element)),
    elementName(findRecord(document.elements, record.to.element)),
  ];
}

const add = editKind({
  schema: z.strictObject({ type: z.literal('connection.add'), connection: connectionSchema, arrays }),
  change: (draft, edit) => addConnection(draft, edit.connection) ?? addArrays(draft, edit.arrays),
  label(document, edit) {
    const [from, to] = endNames(document, edit.connection);
    return `Connect ${from} to ${to}`;
  },
});

const remove = editKind({
  schema: z.strictObject({ type: z.literal('connection.remove'), ids: z.array(id).min(1) }),
  change(draft, { ids }) {
    const missing = firstMissing(draft.connections, ids, 'connection');
    if (missing !== undefined) return missing;
    for (const each of ids) dropRecord(draft.connections, each);
    return undefined;
  },
  label(document, { ids }) {
    const [only] = ids;
    const record = ids.length === 1 && only !== undefined ? findRecord(document.connections, only) : undefined;
    if (record === undefined) return `Remove ${ids.length} connections`;
    const [from, to] = endNames(document, record);
    return `Disconnect ${from} from ${to}`;
  },
});

const setKind = editKind({
  schema: z.strictObject({
    type: z.literal('connection.setKind'),
    id,
    kind: connectionSchema.shape.kind,
    /** Parameters that the new connector is to have; the old ones are dropped. */
    parameters: connectionSchema.shape.parameters,
  }),
  change(draft, edit) {
    const connection = findRecord(draft.connections, edit.id);
    if (connection === undefined) return notThere('connection', edit.id);
    connection.kind = edit.kind;
    connection.parameters = edit.parameters;
    return undefined;
  },
  label: (document, edit) => `Change connector of ${named(document, edit.id)}`,
});

const setParameter = editKind({
  schema: z.strictObject({
    type: z.literal('connection.setParameter'),
    id,
    name: parameterNameSchema,
    value: parameterValueSchema,
    arrays,
  }),
  change(draft, edit) {
    const connection = findRecord(draft.connections, edit.id);
    if (connection === undefined) return notThere('connection', edit.id);
    connection.parameters[edit.name] = edit.value;
    return addArrays(draft, edit.arrays);
  },
  label: (document, edit) => `Set ${edit.name} of ${named(document, edit.id)} to ${valueText(edit.value, edit.arrays)}`,
  mergeKey: (edit) => `${edit.id} ${edit.name}`,
});

const resetParameter = editKind({
  schema: z.strictObject({ type: z.literal('connection.resetParameter'), id, name: parameterNameSchema }),
  change(draft, edit) {
    const connection = findRecord(draft.connections, edit.id);
    if (connection === undefined) return notThere('connection', edit.id);
    dropRecord(connection.parameters, edit.name);
    return undefined;
  },
  label: (document, edit) => `Reset ${edit.name} of ${named(document, edit.id)}`,
});

export const connectionEdits = {
  'connection.add': add,
  'connection.remove': remove,
  'connection.setKind': setKind,
  'connection.setParameter': setParameter,
  'connection.resetParameter': resetParameter,
} as const;
