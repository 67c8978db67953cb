/**
 * Rare choices of loops in lanes: what holds only where a number equals another is computed when some lane needs it. Both
 * sides of a choice in lanes are computed otherwise, and choosing takes three instructions.
 */
import { allUsesOf } from '../ir/access.ts';
import { rewriteRegion } from '../ir/rewrite.ts';
import type { Branch, Item, Loop, Region, Value } from '../ir/value.ts';
import { define, makeValue } from '../ir/value.ts';

/** The region with its rare choices as branches; no bit changes. */
export function branchOnRare(region: Region): Region {
  return region.map((item): Item => {
    if (item.kind === 'if') return { ...item, then: branchOnRare(item.then), else: branchOnRare(item.else) };
    if (item.kind !== 'loop') return item;
    return { ...item, body: item.lanes > 1 ? branchesIn(item) : branchOnRare(item.body) };
  });
}

/** From the last choice to the first: what one needs may hold another. */
function branchesIn({ body }: Loop): Region {
  let items: Region = body;
  for (let position = body.length - 1; position >= 0; position -= 1) {
    const item = body[position] as Item;
    if (item.kind === 'value' && isRare(item.value)) items = branched(items, items.indexOf(item), item.value);
  }
  return items;
}

/** A choice by equality of floating-point numbers in lanes. */
function isRare({ operation, inputs, lanes }: Value): boolean {
  if (operation.kind !== 'select' || lanes === 1) return false;
  const [condition] = inputs as [Value];
  if (condition.operation.kind !== 'binary' || condition.operation.operator !== 'equal') return false;
  return condition.lanes === lanes && condition.inputs[0]?.type !== 'i32';
}

/** A position of −1 is a choice that has moved into the branch of another: it stays as it is. */
function branched(items: Region, position: number, choice: Value): Region {
  if (position < 0) return items;
  const [condition, unusual, usual] = choice.inputs as [Value, Value, Value];
  const moved = onlyFor(unusual, choice, items, position);
  const chosen = makeValue({ kind: 'select' }, choice.type, [condition, unusual, usual], choice.lanes);
  const some = makeValue({ kind: 'any' }, 'bool', [condition]);
  const result = makeValue({ kind: 'parameter' }, choice.type, [], choice.lanes);
  const branch: Branch = {
    kind: 'if',
    condition: some,
    then: [...items.filter((item) => moved.has(item)), define(chosen)],
    else: [],
    merges: [{ result, then: chosen, else: usual }],
  };
  const before = items.slice(0, position).filter((item) => !moved.has(item));
  const after = rewriteRegion(items.slice(position + 1), {}, new Map([[choice, result]]));
  return [...before, define(some), branch, ...after];
}

/** Items before the choice that compute nothing but its rare side. */
function onlyFor(unusual: Value, choice: Value, items: Region, position: number): ReadonlySet<Item> {
  const users = usersIn(items);
  const moved = new Set<Item>();
  const needed = new Set<Value>([unusual]);
  for (let place = position - 1; place >= 0; place -= 1) {
    const item = items[place] as Item;
    if (item.kind !== 'value' || !needed.has(item.value) || !mayMove(item.value)) continue;
    const own = (users.get(item.value) ?? []).every(
      (user) => moved.has(user) || (user.kind === 'value' && user.value === choice),
    );
    if (!own || item.value === choice.inputs[0] || item.value === choice.inputs[2]) continue;
    moved.add(item);
    for (const input of item.value.inputs) needed.add(input);
  }
  return moved;
}

/** What depends on memory stays where it is. */
function mayMove({ operation }: Value): boolean {
  return operation.kind !== 'load' && operation.kind !== 'draw';
}

function usersIn(region: Region): ReadonlyMap<Value, readonly Item[]> {
  const users = new Map<Value, Item[]>();
  for (const item of region) {
    for (const value of allUsesOf(item)) {
      const known = users.get(value);
      if (known === undefined) users.set(value, [item]);
      else known.push(item);
    }
  }
  return users;
}
