/** Nearest name: what a person who misspelt a name probably meant. */

/**
 * The candidate with the smallest edit distance to `name` (case counts half, two neighbours swapped three quarters, so
 * that they go before a wrong letter), or undefined when none is near: at most one edit for names up to three letters, two up to seven, three beyond.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  const limit = name.length <= 3 ? 1 : name.length <= 7 ? 2 : 3;
  let best: string | undefined;
  let bestDistance = limit + 0.25;
  for (const candidate of candidates) {
    const distance = editDistance(name, candidate);
    if (distance < bestDistance && distance < Math.max(name.length, candidate.length)) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Damerau's distance, where a change of case only costs a half and a swap of neighbours less than a wrong letter. */
function editDistance(left: string, right: string): number {
  const rows = [Array.from({ length: right.length + 1 }, (_, index) => index)];
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    rows.push(current);
    for (let column = 1; column <= right.length; column += 1) {
      const cost = (up: number, back: number): number => rows[row - up]?.[column - back] ?? Number.POSITIVE_INFINITY;
      const replace = cost(1, 1) + replacementCost(left.charAt(row - 1), right.charAt(column - 1));
      const swap = swapped(left, row, right, column) ? cost(2, 2) + 0.75 : Number.POSITIVE_INFINITY;
      current.push(Math.min(replace, cost(1, 0) + 1, cost(0, 1) + 1, swap));
    }
  }
  return rows.at(-1)?.at(-1) ?? 0;
}

/** Whether the two letters before these places are the same ones the other way round. */
function swapped(left: string, row: number, right: string, column: number): boolean {
  if (row < 2 || column < 2) return false;
  return left.charAt(row - 1) === right.charAt(column - 2) && left.charAt(row - 2) === right.charAt(column - 1);
}

function replacementCost(left: string, right: string): number {
  if (left === right) return 0;
  return left.toLowerCase() === right.toLowerCase() ? 0.5 : 1;
}
