/** Delay of a connection in whole steps. */
import type { ValidatedConnection } from '../model/validated.ts';
import type { Assembly } from './assembly.ts';

/**
 * Delay in steps: delay / time step rounded to the nearest whole number (half up), as Brian2 does
 * (`trunc(delay/dt + 0.5)`, catalogue of equations).
 */
export function connectionDelaySteps(assembly: Assembly, connection: ValidatedConnection): number {
  const delay = connection.parameters['delay'];
  return typeof delay === 'number' ? Math.trunc(delay / assembly.model.timeStepSeconds + 0.5) : 0;
}
