/** Delay of a connection in whole steps. */
import type { ValidatedConnection } from '../model/validated.ts';
import { delayStepSeconds, type Assembly } from './assembly.ts';

/**
 * Delay in steps: delay / time step rounded to the nearest whole number (half up), as Brian2 does
 * (`trunc(delay/dt + 0.5)`, catalogue of equations).
 */
export function delaySteps(delaySeconds: number, timeStepSeconds: number): number {
  return Math.trunc(delaySeconds / timeStepSeconds + 0.5);
}

/** The delay of all that a connection carries; 0 where each synapse has its own. */
export function connectionDelaySteps(assembly: Assembly, connection: ValidatedConnection): number {
  const delay = connection.parameters['delay'];
  return typeof delay === 'number' ? delaySteps(delay, delayStepSeconds(assembly, connection)) : 0;
}
