/** What a DYNAP-SE board can hold and count (Rockpool 1.0.7, devices/params). */

/** Neurons of a core stand in rows of 16. */
export const coreWidth = 16;

/** Cores of a chip. */
export const coresPerChip = 4;

/** Inputs that a neuron has room for. */
export const fanInLimit = 64;

/** Chips that a neuron can project to while it is recorded. */
export const fanOutLimit = 3;

/** Events of one stimulus, and the longest interval before one, in periods of the pattern generator. */
export const eventLimit = 2 ** 16 - 1;
export const intervalLimit = 2 ** 16 - 1;
