/** The document: the plain JSON data that a project is. Records refer to each other by id. */
import { z } from '../base/schema.ts';
import { groupOf, listOf } from './bounded.ts';
import { foreignLimits, isSafeKey } from './foreign-limits.ts';
import { longestText, numberSchema, parameterValueSchema, quantitySchema } from './value.ts';

/** Format version of each record sort; raised together with a migration in `migrations/`. */
export const currentVersions = { document: 1, element: 1, connection: 1, probe: 1, view: 1 } as const;

const id = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/)
  .refine(isSafeKey);
/** Name of a parameter, as the kind spells it. */
export const parameterNameSchema = z.string().max(64).refine(isSafeKey);
const parameters = groupOf(parameterNameSchema, parameterValueSchema, foreignLimits.members);
/** A whole number from 0 on, below 2⁵³; −0 becomes 0. */
const countSchema = z
  .number()
  .int()
  .nonnegative()
  .overwrite((value) => value + 0);

/** An element of the network: a stimulus, population, layer or readout. `kind` names a library entry (`neurons/lif`). */
export const elementSchema = z.strictObject({
  id,
  kind: z.string().max(128),
  name: z.string().max(200),
  /** Only what differs from the defaults of the kind needs to be here. */
  parameters,
  /** A step of its own, a whole multiple of the run's; absent: the run's. */
  timeStep: quantitySchema.optional(),
  /** Names of parameters that training may change; absent: none. */
  trainable: listOf(parameterNameSchema, foreignLimits.members).optional(),
  /** What the file of another program said besides, as JSON by name: without effect here, given back to that program. Absent: nothing. */
  kept: groupOf(parameterNameSchema, z.string().max(longestText), foreignLimits.members).optional(),
});
export type ElementRecord = z.infer<typeof elementSchema>;

/** One end of a connection: an element and the name of one of its ports. */
export const endSchema = z.strictObject({ element: id, port: z.string().max(64) });
export type ConnectionEnd = z.infer<typeof endSchema>;

/**
 * A connection from an output port to an input port. `kind` names a connector (`connectors/sparse-random`)
 * where the target port takes synapses; it is `connectors/wire` where the target port takes channels.
 */
export const connectionSchema = z.strictObject({
  id,
  kind: z.string().max(128),
  from: endSchema,
  to: endSchema,
  parameters,
});
export type ConnectionRecord = z.infer<typeof connectionSchema>;

/** What is recorded: an output port or state variable of an element, of all cells or of some. */
export const probeSchema = z.strictObject({
  id,
  element: id,
  /** An output port name (`spikes`) or the name of a state variable (`v`). */
  target: z.string().max(64),
  /** Indices of the cells recorded; null = all. */
  cells: listOf(countSchema, 4096).nullable(),
});
export type ProbeRecord = z.infer<typeof probeSchema>;

/** An array of numbers: dtype and shape as in numpy, the bytes little-endian, row-major, base64. Immutable: a change makes a new id. */
export const arraySchema = z.strictObject({
  id,
  dtype: z.enum(['float64', 'float32', 'int32', 'uint8']),
  shape: listOf(countSchema, 4),
  base64: z.string(),
  /** Where the numbers came from, for people: file name, column. */
  source: z.string().max(400).optional(),
});
export type ArrayRecord = z.infer<typeof arraySchema>;

/** How the network is run. */
export const runSettingsSchema = z.strictObject({
  timeStep: quantitySchema,
  /** null = open-ended, until stopped. */
  duration: quantitySchema.nullable(),
  /** Run seed, an integer below 2⁵³. */
  seed: countSchema,
  /** Simulated seconds per second of wall time; null = as fast as possible. */
  speed: z.number().positive().nullable(),
});
export type RunSettings = z.infer<typeof runSettingsSchema>;

/** A panel of plots under the canvas. */
export const plotSchema = z.strictObject({
  id,
  /** Plot kind: `raster`, `traces`, `prediction`. */
  kind: z.string().max(64),
  probes: listOf(id, 64),
});
export type PlotRecord = z.infer<typeof plotSchema>;

/** Place of an element on the canvas: its left upper corner, in pixels at zoom 1. */
export const positionSchema = z.strictObject({ x: numberSchema, y: numberSchema });

/** Words of a person on the canvas: the left upper corner and the width of a sheet, in pixels at zoom 1. */
export const noteSchema = z.strictObject({
  id,
  text: z.string().min(1).max(4000),
  x: numberSchema,
  y: numberSchema,
  width: z.number().min(80).max(2000),
});
export type NoteRecord = z.infer<typeof noteSchema>;

/** What concerns only how the model is shown. Never part of the model hash. */
export const viewSchema = z.strictObject({
  positions: z.record(z.string(), positionSchema),
  plots: listOf(plotSchema, 64),
  /** Absent where there is none. */
  notes: listOf(noteSchema, 64).optional(),
});

/** Format versions as they stand in a file: by record sort. */
export const versionsSchema = groupOf(z.string().max(64), z.number().int().positive(), 64);

export const documentSchema = z.strictObject({
  format: z.literal('spikeloom'),
  versions: versionsSchema,
  name: z.string().max(200),
  run: runSettingsSchema,
  elements: z.record(z.string(), elementSchema),
  connections: z.record(z.string(), connectionSchema),
  probes: z.record(z.string(), probeSchema),
  arrays: z.record(z.string(), arraySchema),
  view: viewSchema,
});
/** The whole document. Treated as immutable: edits give a new value that shares what did not change. */
export type SpikeloomDocument = z.infer<typeof documentSchema>;
