/** State variables drawn at random, the same on every host. */
import { hash32 } from '../base/hash.ts';
import { fillUniforms, streamKey } from '../base/random.ts';
import type { StateVariable } from '../build/state-variables.ts';
import { fillNormals } from '../math/normal.ts';

/** Standard deviation over the present value (manual of Rockpool 1.0.7: 20 %). */
const spread = 0.2;

/** Sets `values` to numbers drawn evenly between the ends of the variable; where it has none, or they are infinite, normally around what stands there. */
export function drawState(
  { signal, between }: StateVariable,
  values: { [place: number]: number; length: number },
  seed: number,
): void {
  const key = streamKey(seed, hash32(signal));
  const [uniforms, normals] = [new Float64Array(values.length), new Float64Array(values.length)];
  fillUniforms(key, uniforms, 0);
  fillNormals(key, normals, 0);
  for (let place = 0; place < values.length; place += 1) {
    const low = endAt(between?.[0], place);
    const width = endAt(between?.[1], place) - low;
    const present = values[place] as number;
    values[place] = Number.isFinite(width)
      ? low + width * (uniforms[place] as number)
      : present + spread * Math.abs(present) * (normals[place] as number);
  }
}

function endAt(end: number | Float64Array | undefined, place: number): number {
  if (typeof end === 'object') return end[place % end.length] as number;
  return end ?? NaN;
}
