/** What the arguments of Host requests must look like: they come from a page and are checked before anything happens. */
import { z } from '../../engine/base/schema.ts';
import type { HostMethod } from '../../engine/platform/host.ts';
import type { HostRequests } from '../../engine/protocol/host-requests.ts';

/** The largest project file, twice: what is larger is refused before anything is done with it. */
const mostBytes = 512 << 20;
const bytes = z.instanceof(Uint8Array).refine((value) => value.byteLength <= mostBytes, 'too large');
const sort = z.strictObject({
  title: z.string().max(200),
  extensions: z.array(z.string().regex(/^[A-Za-z0-9]{1,16}$/)).max(16),
});
const file = z.strictObject({ key: z.string().max(4096), name: z.string().max(255), folder: z.string().max(4096) });
const journalId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const lines = z
  .array(
    z
      .string()
      .max(64 << 20)
      .refine((line) => !line.includes('\n'), 'a line must not contain a line break'),
  )
  .max(100_000);
const settingName = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,100}$/)
  // Names under `host.` are the host's own: its list of recent files decides which files a page may reach.
  .refine((name) => name !== '__proto__' && !name.startsWith('host.'));
const stamp = z.string().regex(/^[0-9a-f]{64}$/);
const menuItem = z.strictObject({
  command: z.string().regex(/^[A-Za-z0-9.]{1,64}$/),
  title: z.string().max(200),
  keys: z.string().max(40).or(z.undefined()),
  enabled: z.boolean(),
});
const menu = z.array(z.strictObject({ title: z.string().max(60), items: z.array(menuItem).max(200) })).max(16);
const nothing = z.strictObject({});

type Schemas = { readonly [K in keyof HostRequests]: z.ZodType<HostRequests[K]['argument']> };

/** Schema of the argument of each request. */
export const hostSchemas: Schemas & Readonly<Record<HostMethod, z.ZodType>> = {
  'files.open': z.strictObject({ sorts: z.array(sort).max(32) }),
  'files.read': z.strictObject({ file }),
  'files.save': z.strictObject({ file, bytes, expected: stamp.optional() }),
  'files.saveAs': z.strictObject({ suggestedName: z.string().max(255), sort, bytes }),
  'files.recent': nothing,
  'journal.list': nothing,
  'journal.claim': z.strictObject({ id: journalId, take: z.boolean() }),
  'journal.release': z.strictObject({ id: journalId }),
  'journal.read': z.strictObject({ id: journalId }),
  'journal.append': z.strictObject({ id: journalId, lines }),
  'journal.restart': z.strictObject({ id: journalId, lines }),
  'settings.get': z.strictObject({ name: settingName }),
  'settings.set': z.strictObject({ name: settingName, value: z.unknown() }),
  'window.setTitle': z.strictObject({ title: z.string().max(500) }),
  'window.setMenu': z.strictObject({ menu }),
  'window.closing': z.strictObject({ name: z.string().max(500), unsaved: z.boolean(), pending: z.boolean() }),
  'window.saved': z.strictObject({ saved: z.boolean() }),
  openExternal: z.strictObject({ address: z.string().max(2000) }),
  update: nothing,
  log: z.strictObject({ level: z.enum(['info', 'warning', 'error']), message: z.string().max(20_000) }),
};
