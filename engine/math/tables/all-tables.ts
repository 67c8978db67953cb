/** All tables that algorithms look up, by id. */
import { arctangents } from './arctangents.ts';
import { reciprocalLogarithms } from './logarithms.ts';
import { powersOfTwo } from './powers-of-two.ts';
import type { Table } from './table.ts';
import { hyperbolicTangents } from './tangents.ts';
import { twoOverPiDigits } from './two-over-pi.ts';

export const tables: ReadonlyMap<string, Table> = new Map(
  [powersOfTwo, reciprocalLogarithms, hyperbolicTangents, arctangents, twoOverPiDigits].map((table) => [
    table.id,
    table,
  ]),
);
