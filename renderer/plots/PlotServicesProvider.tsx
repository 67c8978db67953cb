/** Hands the plots, the time strip and the live pictures of the canvas the services they share; once, around the workbench. */
import { useMemo, type ReactNode } from 'react';
import { useServices } from '../stores/services.ts';
import { createPlotServices } from './plot-services-of.ts';
import { PlotServicesContext } from './use-plot-services.ts';

export function PlotServicesProvider({ children }: { readonly children: ReactNode }) {
  const services = useServices();
  const plots = useMemo(() => createPlotServices(services), [services]);
  return <PlotServicesContext value={plots}>{children}</PlotServicesContext>;
}
