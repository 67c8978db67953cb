/** Changes of bytes that know nothing of what they mean. */
import { concatenated } from './zip-forging.test-support.ts';
import type { Dice } from './dice.test-support.ts';

const changes: readonly ((dice: Dice, bytes: Uint8Array) => Uint8Array)[] = [
  (dice, bytes) => bytes.slice(0, dice.below(bytes.length + 1)),
  (dice, bytes) => bytes.slice(dice.below(bytes.length + 1)),
  (dice, bytes) => flipped(bytes, dice.below(bytes.length), 1 << dice.below(8)),
  (dice, bytes) => flipped(bytes, dice.below(bytes.length), 1 + dice.below(255)),
  (dice, bytes) => {
    const at = dice.below(bytes.length + 1);
    const end = Math.min(bytes.length, at + dice.below(20));
    return concatenated(bytes.slice(0, end), bytes.slice(at, end), bytes.slice(end));
  },
  (dice, bytes) => {
    const at = dice.below(bytes.length + 1);
    return concatenated(bytes.slice(0, at), bytes.slice(at + 1 + dice.below(8)));
  },
  (dice, bytes) => {
    const view = new DataView(bytes.slice().buffer);
    const value = dice.pick([0, 1, 0xff, 0xffff, 0x7fffffff, 0xffffffff, bytes.length]);
    if (bytes.length >= 4) view.setUint32(dice.below(bytes.length - 3), value, true);
    return new Uint8Array(view.buffer);
  },
  (dice, bytes) => concatenated(bytes, bytes.slice(dice.below(bytes.length + 1))),
];

/** The bytes after one change. */
export function mutatedBytes(dice: Dice, bytes: Uint8Array): Uint8Array {
  return dice.pick(changes)(dice, bytes);
}

function flipped(bytes: Uint8Array, at: number, mask: number): Uint8Array {
  const copy = bytes.slice();
  if (at < copy.length) copy[at] = (copy[at] as number) ^ mask;
  return copy;
}
