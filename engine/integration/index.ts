/** The registry of integration methods. */
import { createRegistry } from '../base/registry.ts';
import { discrete } from './discrete.ts';
import { eulerMaruyama } from './euler-maruyama.ts';
import { euler } from './euler.ts';
import { eventDriven } from './event-driven.ts';
import { exact } from './exact.ts';
import { exponentialEuler } from './exponential-euler.ts';
import { heun } from './heun.ts';
import { milstein } from './milstein.ts';
import { rk2 } from './rk2.ts';
import { rk4 } from './rk4.ts';

/** All methods, in the order in which they are offered. */
export const integrationMethods = createRegistry('integration method', [
  exact,
  euler,
  exponentialEuler,
  rk2,
  rk4,
  eulerMaruyama,
  heun,
  milstein,
  eventDriven,
  discrete,
]);
