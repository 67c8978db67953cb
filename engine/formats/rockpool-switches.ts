/** Compatibility switches by class of Rockpool 1.0.7: on wherever a layer of that class is rebuilt as it was released. */

/** Switches of the kind that stands for the class; classes without an entry have none. */
export const rockpoolSwitches = {
  FFExpSyn: { starts_from_zero: true },
  FFUpDown: { silent_start: true },
  RecCLIAF: { fires_while_refractory: true, shared_delay: true, truncated_times: true },
} as const satisfies Readonly<Record<string, Readonly<Record<string, true>>>>;
