/** Nearest name: what a person who misspelt a name probably meant. */

/**
 * The candidate with the smallest edit distance to `name` (case counts half), or undefined when none is near:
 * at most one edit for names up to three letters, two up to seven, three beyond.
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

/** Levenshtein distance where a change of case only costs a half. */
function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const replace =
        (previous[column - 1] as number) + replacementCost(left.charAt(row - 1), right.charAt(column - 1));
      const remove = (previous[column] as number) + 1;
      const insert = (current[column - 1] as number) + 1;
      current.push(Math.min(replace, remove, insert));
    }
    previous = current;
  }
  return previous[right.length] as number;
}

function replacementCost(left: string, right: string): number {
  if (left === right) return 0;
  return left.toLowerCase() === right.toLowerCase() ? 0.5 : 1;
}
