/** Points in time and counts as a sentence says them. */

/** `at 14:02`, `yesterday at 14:02`, `on 3 Nov 2026 at 14:02`; both in milliseconds since 1970, shown in local time. */
export function moment(time: number, now: number): string {
  const date = new Date(time);
  const clock = date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  const days = Math.round((startOfDay(now) - startOfDay(time)) / 86_400_000);
  if (days === 0) return `at ${clock}`;
  if (days === 1) return `yesterday at ${clock}`;
  const day = date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
  return `on ${day} at ${clock}`;
}

/** `1 edit`, `3 edits`, `no edits`. */
export function counted(count: number, what: string): string {
  return `${count === 0 ? 'no' : count} ${what}${count === 1 ? '' : 's'}`;
}

function startOfDay(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}
