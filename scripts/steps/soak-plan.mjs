/** What `npm run soak` does: its arguments, and how many rounds the next process gets. */

/** Rounds of one process are at most so many times those within `npm test`. */
const roundsAtOnce = 20;

/**
 * Names and minutes that the arguments ask for; undefined when they make no sense.
 * @param {readonly string[]} args
 * @param {readonly string[]} known
 * @returns {{ names: readonly string[], minutes: number } | undefined}
 */
export function readArguments(args, known) {
  const at = args.indexOf('--minutes');
  const minutes = at === -1 ? Number.POSITIVE_INFINITY : Number(args[at + 1]);
  const names = args.filter((_, index) => at === -1 || (index !== at && index !== at + 1));
  if (names.some((name) => !known.includes(name)) || !(minutes > 0)) return undefined;
  return { names: names.length === 0 ? known : names, minutes };
}

/**
 * Rounds of the next process: those within `npm test` first, then as many as fit into the time that is left.
 * @param {{ test: number, soak: number }} row
 * @param {{ rounds: number, seconds: number }} done
 * @param {number} secondsLeft
 */
export function nextRounds({ test, soak }, { rounds, seconds }, secondsLeft) {
  if (rounds === 0) return Math.min(test, soak);
  const fitting = Math.floor((secondsLeft / Math.max(seconds, 0.001)) * rounds);
  return Math.max(1, Math.min(soak - rounds, test * roundsAtOnce, fitting));
}
