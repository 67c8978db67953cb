/** The services of the plots, handed down by context. */
import { createContext, useContext } from 'react';
import { defined } from '../../engine/base/assert.ts';
import type { PlotServices } from './plot-services.ts';

export const PlotServicesContext = createContext<PlotServices | undefined>(undefined);

export function usePlotServices(): PlotServices {
  return defined(useContext(PlotServicesContext), 'plots stand inside PlotServicesContext');
}
