/** Values of parameters as they stand in a document: plain JSON, quantities with the unit the user typed. */
import { z } from '../base/schema.ts';
import { groupOf, listOf } from './bounded.ts';
import { isSafeKey } from './foreign-limits.ts';

/** A finite number; −0 becomes 0, since JSON text cannot tell them apart. */
export const numberSchema = z.number().overwrite((value) => value + 0);

/** A number with the unit it was typed in: `{ value: 20, unit: "ms" }`. Unit "" or "1" means dimensionless. */
export const quantitySchema = z.strictObject({ value: numberSchema, unit: z.string().max(64) });
export type Quantity = z.infer<typeof quantitySchema>;

/** A reference to an array record of the document, whose numbers are in `unit`. */
export const arrayReferenceSchema = z.strictObject({ array: z.string().max(64), unit: z.string().max(64) });
export type ArrayReference = z.infer<typeof arrayReferenceSchema>;

/** A list of fewer than 64 numbers, all in `unit`. */
export const quantityListSchema = z.strictObject({ values: listOf(numberSchema, 63), unit: z.string().max(64) });

/** Values drawn at build time, one per cell: `{ distribution: "normal", arguments: { mean: …, deviation: … } }`. */
export const distributionSchema = z.strictObject({
  distribution: z.string().max(128),
  arguments: groupOf(z.string().max(64).refine(isSafeKey), quantitySchema, 64),
});
export type DistributionValue = z.infer<typeof distributionSchema>;

/** Letters of a text parameter: equations, names of files. */
export const longestText = 16_384;

/**
 * What a parameter may hold. Which of these a parameter takes is told by its `ParameterSpec.type`:
 * quantity: Quantity | QuantityList | ArrayReference | DistributionValue · integer: number · boolean: boolean ·
 * choice and text: string · matrix and series: ArrayReference | null.
 */
export const parameterValueSchema = z.union([
  quantitySchema,
  quantityListSchema,
  arrayReferenceSchema,
  distributionSchema,
  numberSchema,
  z.boolean(),
  z.string().max(longestText),
  z.null(),
]);
export type ParameterValue = z.infer<typeof parameterValueSchema>;
