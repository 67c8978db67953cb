/** Numbers by their place. */

/** `count` numbers, each what `at` says of its place; many times faster than `Float64Array.from` with a function. */
export function tabulated(count: number, at: (place: number) => number): Float64Array {
  const values = new Float64Array(count);
  for (let place = 0; place < count; place += 1) values[place] = at(place);
  return values;
}
