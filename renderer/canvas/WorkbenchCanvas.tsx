/** The canvas inside the workbench: hands it the services it needs. */
import { useMemo } from 'react';
import { usePlotServices } from '../plots/use-plot-services.ts';
import { useServices } from '../stores/services.ts';
import { Canvas } from './Canvas.tsx';
import { CanvasMenu } from './CanvasMenu.tsx';
import { CanvasServicesContext } from './canvas-services.ts';
import { createCanvasServices } from './canvas-services-of.ts';

/** Stands inside `PlotServicesProvider`, whose window of time the live pictures share. */
export function WorkbenchCanvas() {
  const services = useServices();
  const plots = usePlotServices();
  const canvas = useMemo(() => createCanvasServices(services, plots), [services, plots]);
  return (
    <CanvasServicesContext value={canvas}>
      <CanvasMenu>
        <Canvas />
      </CanvasMenu>
    </CanvasServicesContext>
  );
}
