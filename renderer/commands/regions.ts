/** Regions of the window that F6 goes through, each entered at its first stop. */

export type Region = 'top' | 'left' | 'canvas' | 'inspector' | 'time' | 'plots' | 'status';

const regions: readonly (readonly [Region, string])[] = [
  ['top', '.top-bar'],
  ['left', '.side-panel, .rail:not(.rail-right)'],
  ['canvas', '.canvas'],
  ['inspector', '.inspector, .rail-right'],
  ['time', '.time-strip'],
  ['plots', '.plot-dock'],
  ['status', '.status-bar'],
];

const stops =
  'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), [tabindex]';

/** The region that the element is in. */
export function regionOf(element: Element): Region | undefined {
  return regions.find(([, selector]) => element.closest(selector) !== null)?.[0];
}

/** Moves the keyboard to the next region that has a stop (`step` 1) or to the one before (−1). */
export function goToRegion(step: 1 | -1): void {
  if (document.querySelector('[role="dialog"][aria-modal="true"], .backdrop') !== null) return;
  const here = document.activeElement === null ? undefined : regionOf(document.activeElement);
  const start = regions.findIndex(([region]) => region === (here ?? 'canvas'));
  for (let away = 1; away <= regions.length; away += 1) {
    const [, selector] = regions[(start + step * away + regions.length * away) % regions.length] ?? [];
    const stop = firstStop(selector ?? '');
    if (stop === undefined) continue;
    stop.focus();
    return;
  }
}

function firstStop(selector: string): HTMLElement | undefined {
  const region = document.querySelector<HTMLElement>(selector);
  if (region === null) return undefined;
  const all = [region, ...region.querySelectorAll<HTMLElement>(stops)];
  return all.find((each) => each.matches(stops) && each.tabIndex >= 0 && each.offsetParent !== null);
}
