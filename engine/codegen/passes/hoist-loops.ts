/** Loop invariants: what is the same in every turn of a loop is computed before it. */
import type { SignalId } from '../../build/ir/types.ts';
import { definedBy, definedInside, touchedBy } from '../ir/access.ts';
import type { Item, Loop, Region, Value } from '../ir/value.ts';
import { constantOf, define } from '../ir/value.ts';

/** The region with the invariants of its loops in front of them, from the innermost loop outwards. */
export function hoistFromLoops(region: Region): Region {
  return region.flatMap((item): Item[] => {
    if (item.kind === 'if') return [{ ...item, then: hoistFromLoops(item.then), else: hoistFromLoops(item.else) }];
    if (item.kind !== 'loop') return [item];
    return hoistFrom({ ...item, body: hoistFromLoops(item.body) });
  });
}

interface Hoisting {
  /** Values that change from turn to turn. */
  readonly inside: Set<Value>;
  readonly written: ReadonlySet<SignalId>;
  readonly hoisted: Item[];
}

function hoistFrom(loop: Loop): Item[] {
  const hoisting: Hoisting = { inside: definedInside(loop), written: touchedBy(loop.body).writes, hoisted: [] };
  const runs = runsAtLeastOnce(loop);
  const body = hoistBody(loop.body, hoisting, runs);
  return [...hoisting.hoisted, { ...loop, body }];
}

function runsAtLeastOnce({ from, to }: Loop): boolean {
  const [first, end] = [constantOf(from), constantOf(to)];
  return first !== undefined && end !== undefined && first < end;
}

/** `reached`: the body is executed for certain, so that a load in it may come first. */
function hoistBody(region: Region, hoisting: Hoisting, reached: boolean): Region {
  return region.flatMap((item): Item[] => {
    if (item.kind === 'if') {
      const [then, otherwise] = [item.then, item.else].map((side) => hoistBody(side, hoisting, false)) as [
        Region,
        Region,
      ];
      return [{ ...item, then, else: otherwise }];
    }
    if (item.kind !== 'value' || !isInvariant(item.value, hoisting, reached)) return [item];
    for (const value of definedBy(item)) hoisting.inside.delete(value);
    hoisting.hoisted.push(define(item.value));
    return [];
  });
}

function isInvariant({ operation, inputs }: Value, { inside, written }: Hoisting, reached: boolean): boolean {
  if (inputs.some((input) => inside.has(input))) return false;
  if (operation.kind !== 'load') return true;
  const safe = reached || constantOf(inputs[0] as Value) !== undefined;
  return safe && !written.has(operation.signal);
}
