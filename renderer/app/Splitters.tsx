/** The borders of the workbench: between canvas and plots, and at the side panels. */
import { useServices, useSession } from '../stores/services.ts';
import { panelWidths } from '../stores/session-store.ts';
import { Splitter } from './Splitter.tsx';

/** Height of the plots as a part of the middle column. */
export function PlotsSplitter() {
  const { session } = useServices();
  const fraction = useSession((state) => state.plotsFraction);
  return (
    <Splitter
      label="Height of the plots"
      orientation="horizontal"
      {...{ size: fraction, least: 0.15, most: 0.8, usual: 0.36, step: 0.03, larger: 'ArrowUp', scale: 100 }}
      sizeAt={({ currentTarget, clientY }) => {
        const column = currentTarget.closest('main')?.getBoundingClientRect();
        return column === undefined || column.height === 0 ? undefined : (column.bottom - clientY) / column.height;
      }}
      onMove={(plotsFraction) => session.getState().change({ plotsFraction })}
    />
  );
}

export function PaletteSplitter() {
  const { session } = useServices();
  const size = useSession((state) => state.paletteWidth);
  return (
    <Splitter
      label="Width of the palette"
      orientation="vertical"
      className="splitter-left"
      {...{ size, ...panelWidths.palette, step: 16, larger: 'ArrowRight' }}
      sizeAt={({ clientX }) => clientX}
      onMove={(paletteWidth) => session.getState().change({ paletteWidth })}
    />
  );
}

export function InspectorSplitter() {
  const { session } = useServices();
  const size = useSession((state) => state.inspectorWidth);
  return (
    <Splitter
      label="Width of the inspector"
      orientation="vertical"
      className="splitter-right"
      {...{ size, ...panelWidths.inspector, step: 16, larger: 'ArrowLeft' }}
      sizeAt={({ currentTarget, clientX }) => {
        const middle = currentTarget.closest('main')?.getBoundingClientRect();
        return middle === undefined ? undefined : middle.right - clientX;
      }}
      onMove={(inspectorWidth) => session.getState().change({ inspectorWidth })}
    />
  );
}
