/** Panel sizes, theme and chosen shortcuts, kept from one start to the next. */
import type { Host } from '../../engine/platform/host.ts';
import { isKeyMap } from '../commands/key-map.ts';
import { narrowWindow } from './narrow-window.ts';
import { keptSettings, panelWidths, type SessionStore, type SessionValues } from '../stores/session-store.ts';

const setting = 'workbench';

export async function readKeptSession(host: Host): Promise<Partial<SessionValues>> {
  const kept = await host.settings.get(setting).catch(() => undefined);
  if (typeof kept !== 'object' || kept === null) return {};
  const values = kept as Record<string, unknown>;
  const valid: { readonly [Name in (typeof keptSettings)[number]]: (value: unknown) => boolean } = {
    theme: (value) => value === 'light' || value === 'dark' || value === 'system',
    leftOpen: (value) => typeof value === 'boolean',
    rightOpen: (value) => typeof value === 'boolean',
    plotsFraction: (value) => typeof value === 'number' && value > 0.1 && value < 0.9,
    paletteWidth: (value) => isWidth(value, panelWidths.palette),
    inspectorWidth: (value) => isWidth(value, panelWidths.inspector),
    plotMembers: isMembers,
    keys: isKeyMap,
  };
  return Object.fromEntries(
    keptSettings.filter((name) => valid[name](values[name])).map((name) => [name, values[name]]),
  ) as Partial<SessionValues>;
}

function isWidth(value: unknown, { least, most }: { readonly least: number; readonly most: number }): boolean {
  return typeof value === 'number' && value >= least && value <= most;
}

/** Members of batches, counted from 0, by id of the plot. */
function isMembers(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((member) => Number.isInteger(member) && (member as number) >= 0);
}

/** Writes what changed, once things have come to rest. */
export function keepSessionSettings(host: Host, session: SessionStore): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const { leftOpen, rightOpen } = session.getState();
  /** Panels as they stand in a wide window: what a narrow one folds is not a wish. */
  let panels = { leftOpen, rightOpen };
  const stop = session.subscribe((now, before) => {
    if (keptSettings.every((name) => now[name] === before[name])) return;
    if (!window.matchMedia(narrowWindow).matches) panels = { leftOpen: now.leftOpen, rightOpen: now.rightOpen };
    clearTimeout(timer);
    timer = setTimeout(() => {
      const values = Object.fromEntries(keptSettings.map((name) => [name, session.getState()[name]]));
      host.settings.set(setting, { ...values, ...panels }).catch(() => undefined);
    }, 400);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}
