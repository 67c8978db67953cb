/** What a failed worker or request says of itself, put into a kind of cause. */
import type { FailureCause } from '../platform/seams.ts';

/** How engines of JavaScript and WebAssembly say that memory ran out. */
const outOfMemory =
  /out of memory|allocation failed|could not allocate|cannot allocate|invalid (typed )?array (buffer )?length/i;

/** `memory` when the words of an error say so, else `fault`. */
export function causeOf(reason: string): FailureCause {
  return outOfMemory.test(reason) ? 'memory' : 'fault';
}
