/** Variants measured in turn, over and over: the machine changes its speed, but not within one turn, and the least counts. */

export interface Least {
  readonly wall: number;
  readonly cpu: number;
}

/** Does `work` of every variant in every turn; the least seconds of each. What `prepare` does is not counted. */
export function leastInTurn<Name extends string>(
  turns: number,
  variants: readonly { readonly name: Name; prepare?(): void; work(): void }[],
): Readonly<Record<Name, Least>> {
  const least = new Map<Name, Least>();
  for (let turn = 0; turn < turns; turn += 1) {
    // Every other turn goes backwards, so that none always comes after the same one.
    for (const { name, prepare, work } of turn % 2 === 0 ? variants : variants.toReversed()) {
      prepare?.();
      const taken = timed(work);
      const before = least.get(name) ?? taken;
      least.set(name, { wall: Math.min(before.wall, taken.wall), cpu: Math.min(before.cpu, taken.cpu) });
    }
  }
  return Object.fromEntries(least) as Record<Name, Least>;
}

/** Seconds of wall time, and of all threads of this process. */
function timed(work: () => void): Least {
  const before = process.cpuUsage();
  const start = performance.now();
  work();
  const wall = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { wall, cpu: (user + system) / 1e6 };
}
