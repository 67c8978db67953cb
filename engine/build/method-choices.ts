/** The methods by which equations can be advanced, as a list to choose from. */
import { integrationMethods } from '../integration/index.ts';
import type { Choice } from '../model/kind.ts';

/** All methods of the registry for differential equations, in its order. */
export const methodChoices: readonly Choice[] = integrationMethods.entries
  .filter(({ id }) => id !== 'discrete')
  .map(({ id, choice }) => ({ value: id, title: choice }));
