/** Which journals are so old that nobody will ask for them again. */
import type { JournalSummary } from '../../engine/platform/host.ts';

const mostKept = 200;
const keptMilliseconds = 180 * 24 * 3600 * 1000;

/** Those that are neither among the latest 200 nor younger than 180 days, nor in use. `journals` has the latest first. */
export function journalsToRemove(journals: readonly JournalSummary[], now: number): readonly JournalSummary[] {
  return journals.slice(mostKept).filter(({ changedAt, taken }) => !taken && now - changedAt > keptMilliseconds);
}
