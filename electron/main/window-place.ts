/** Where the window stands: as it was left, moved back where it can be seen. */
import { z } from '../../engine/base/schema.ts';
import type { HostSettings } from '../../engine/platform/host.ts';

/** Pixels of the desktop. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface WindowPlace {
  /** Where it stands, or goes when it is no longer maximised. */
  readonly bounds: Rectangle;
  readonly maximised: boolean;
}

export const smallest = { width: 900, height: 600 } as const;
const usual = { width: 1440, height: 900 } as const;
/** Of the title bar, so much must be on a screen for the window to be caught with the mouse. */
const graspable = { width: 120, height: 24 } as const;
const settingName = 'host.window';

const pixel = z.number().int().min(-100_000).max(100_000);
const stored = z.object({
  bounds: z.object({ x: pixel, y: pixel, width: pixel, height: pixel }),
  maximised: z.boolean(),
});

/** The place of last time; undefined at the first start or when the setting is damaged. */
export async function keptPlace(settings: HostSettings): Promise<WindowPlace | undefined> {
  const parsed = stored.safeParse(await settings.get(settingName));
  return parsed.success ? parsed.data : undefined;
}

export async function keepPlace(settings: HostSettings, place: WindowPlace): Promise<void> {
  await settings.set(settingName, place);
}

/** Size, and position where the kept one can be seen, on screens with these work areas (the main one first). */
export function placeOnScreens(
  kept: WindowPlace | undefined,
  screens: readonly Rectangle[],
): { readonly width: number; readonly height: number; readonly x?: number; readonly y?: number } {
  const wished = kept?.bounds;
  const sizeOn = (area: Rectangle): { width: number; height: number } => ({
    width: clamp(wished?.width ?? usual.width, smallest.width, area.width),
    height: clamp(wished?.height ?? usual.height, smallest.height, area.height),
  });
  for (const area of screens) {
    const found = wished === undefined ? undefined : { x: wished.x, y: wished.y, ...sizeOn(area) };
    if (found !== undefined && shows(area, found)) return found;
  }
  return sizeOn(screens[0] ?? { x: 0, y: 0, ...usual });
}

/** The size of the screen goes before the smallest size. */
function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

/** Whether the title bar can be grasped on this screen. */
function shows(area: Rectangle, { x, y, width }: Rectangle): boolean {
  const visible = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
  return visible >= graspable.width && y >= area.y && y + graspable.height <= area.y + area.height;
}
