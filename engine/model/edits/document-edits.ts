/** Edits of what belongs to the project as a whole: its name and its run settings. */
import { z } from '../../base/schema.ts';
import { printQuantity } from '../../units/quantity.ts';
import { documentSchema, runSettingsSchema } from '../document.ts';
import type { RunSettings } from '../document.ts';
import { editKind } from './edit-kind.ts';

const rename = editKind({
  schema: z.strictObject({ type: z.literal('document.rename'), name: documentSchema.shape.name }),
  change(draft, edit) {
    draft.name = edit.name;
    return undefined;
  },
  label: (_document, edit) => `Rename the project to ${edit.name}`,
});

const changes = z.strictObject({
  timeStep: runSettingsSchema.shape.timeStep.optional(),
  duration: runSettingsSchema.shape.duration.optional(),
  seed: runSettingsSchema.shape.seed.optional(),
  speed: runSettingsSchema.shape.speed.optional(),
});
type Changes = z.infer<typeof changes>;

function given(wanted: Changes): Partial<RunSettings> {
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
}

function runText({ timeStep, duration, seed, speed }: Partial<RunSettings>): string {
  const parts: string[] = [];
  if (timeStep !== undefined) parts.push(`time step to ${printQuantity(timeStep)}`);
  if (duration !== undefined) parts.push(`duration to ${duration === null ? 'open-ended' : printQuantity(duration)}`);
  if (seed !== undefined) parts.push(`seed to ${seed}`);
  if (speed !== undefined) parts.push(`speed to ${speed === null ? 'as fast as possible' : `${speed} ×`}`);
  return parts.join(', ');
}

const setRun = editKind({
  schema: z.strictObject({ type: z.literal('run.set'), changes }),
  change(draft, edit) {
    Object.assign(draft.run, given(edit.changes));
    return undefined;
  },
  label: (_document, edit) => `Set ${runText(given(edit.changes))}`,
  mergeKey: (edit) => Object.keys(given(edit.changes)).sort().join(' '),
});

export const documentEdits = { 'document.rename': rename, 'run.set': setRun } as const;
