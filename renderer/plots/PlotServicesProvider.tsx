/** Hands the plots, the time strip and the live pictures of the canvas the services they share; once, around the workbench. */
import { useEffect, useMemo, type ReactNode } from 'react';
import { useServices } from '../stores/services.ts';
import { createPlotServices } from './plot-services-of.ts';
import { steer } from './steering.ts';
import { PlotServicesContext } from './use-plot-services.ts';

export function PlotServicesProvider({ children }: { readonly children: ReactNode }) {
  const services = useServices();
  const plots = useMemo(() => createPlotServices(services), [services]);
  useEffect(
    () =>
      services.session.subscribe(({ request }, before) => {
        if (request !== undefined && request !== before.request) steer(request.what, plots);
      }),
    [services, plots],
  );
  return <PlotServicesContext value={plots}>{children}</PlotServicesContext>;
}
