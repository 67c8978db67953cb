/** Numbers of reference cases in the repository. */

/** How many cases of each system the repository has; a case that vanishes must be noticed. */
export const expectedCounts: Readonly<Record<string, number>> = {
  'equations.network': 10,
  'equations.neuron': 25,
  'lsm.LSM': 4,
  'lsm.LiquidReservoir': 6,
  'norse.LIFAdEx': 16,
  'norse.LIFAdExRecurrent': 11,
  'norse.LI': 2,
  'norse.LIF': 4,
  'norse.LIFRecurrent': 2,
  'reservoirpy.LIF': 8,
  'reservoirpy.Reservoir': 4,
  'reservoirpy.ReservoirRidge': 2,
  'reservoirpy.Ridge': 3,
  'reservoirpy.mackey_glass': 5,
  'rockpool.FFIAFBrian': 11,
  'rockpool.FFIAFSpkInBrian': 16,
  'rockpool.FFRateEuler': 13,
  'rockpool.PassThrough': 9,
  'rockpool.RecIAFBrian': 6,
  'rockpool.RecIAFSpkInBrian': 6,
  'rockpool.RecLIFCurrentInJax_IO': 4,
  'rockpool.RecLIFJax_IO': 3,
  'rockpool.RecRateEuler': 9,
  'rockpool.RecRateEulerJax': 9,
};
