/** Lookup in tables of records by an id that may come from foreign data. */

/** The record, or undefined; never a member of the prototype (`constructor`). */
export function findRecord<T>(records: Readonly<Record<string, T>>, id: string): T | undefined {
  return Object.hasOwn(records, id) ? records[id] : undefined;
}

/** Takes the record out of the table, which is changed in place. */
export function dropRecord(records: Record<string, unknown>, id: string): void {
  Reflect.deleteProperty(records, id);
}
