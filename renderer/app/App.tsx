/** The workbench: bars, panels, canvas and plots on one grid. */
import type { CSSProperties } from 'react';
import { WorkbenchCanvas } from '../canvas/WorkbenchCanvas.tsx';
import { useCommandKeys } from '../commands/use-command-keys.ts';
import { Inspector } from '../inspector/Inspector.tsx';
import { Dialogs } from '../panels/Dialogs.tsx';
import { RunHint } from '../panels/RunHint.tsx';
import { SidePanel, SideRail } from '../panels/SidePanel.tsx';
import { StatusBar } from '../panels/StatusBar.tsx';
import { TopBar } from '../panels/TopBar.tsx';
import { PlotDock } from '../plots/PlotDock.tsx';
import { PlotServicesProvider } from '../plots/PlotServicesProvider.tsx';
import { TimeStrip } from '../plots/TimeStrip.tsx';
import { kindOf } from '../../engine/model/kind.ts';
import { hasOwnEquations } from '../equation-editor/population-fields.ts';
import {
  ServicesContext,
  useDocument,
  useSelection,
  useServices,
  useSession,
  type Services,
} from '../stores/services.ts';
import { IconButton } from '../ui/Button.tsx';
import { Toasts } from '../ui/Toasts.tsx';
import { TooltipDelay } from '../ui/Tooltip.tsx';
import { InspectorSplitter, PaletteSplitter, PlotsSplitter } from './Splitters.tsx';
import './app.css';

export function App({ services }: { readonly services: Services }) {
  return (
    <ServicesContext value={services}>
      <PlotServicesProvider>
        <TooltipDelay>
          <Workbench />
        </TooltipDelay>
      </PlotServicesProvider>
    </ServicesContext>
  );
}

function Workbench() {
  const leftOpen = useSession((state) => state.leftOpen);
  const rightOpen = useSession((state) => state.rightOpen);
  const wide = useInspectorWide();
  const widths = usePanelWidths();
  return (
    <div
      className="workbench"
      data-left={leftOpen ? 'open' : 'rail'}
      data-right={rightOpen ? 'open' : 'rail'}
      data-inspector={wide ? 'wide' : undefined}
      style={widths}
    >
      <TopBar />
      {leftOpen ? <SidePanel /> : <SideRail />}
      {leftOpen && <PaletteSplitter />}
      <Middle rightOpen={rightOpen} wide={wide} />
      <StatusBar />
      <Dialogs />
      <Messages />
    </div>
  );
}

/** Widths of the side panels as a person left them; in a small window they leave the canvas its room. */
function usePanelWidths(): CSSProperties {
  const palette = useSession((state) => state.paletteWidth);
  const inspector = useSession((state) => state.inspectorWidth);
  const widths: Record<`--${string}`, string> = {
    '--palette-width': `min(${palette}px, 30vw)`,
    '--inspector-width': `min(${inspector}px, 45vw)`,
  };
  return widths;
}

/** The inspector takes room from the canvas only while it shows what needs it: an editor of equations. */
function useInspectorWide(): boolean {
  const { catalogue } = useServices();
  const wide = useSession((state) => state.inspectorWide && state.inspectorTab === 'equations');
  const only = useSelection((state) => (state.elements.length === 1 ? state.elements[0] : undefined));
  const record = useDocument((state) => (only === undefined ? undefined : state.document.elements[only]));
  const kind = kindOf(catalogue, record);
  return wide && kind !== undefined && hasOwnEquations(kind);
}

/** In the order in which the keyboard goes through it: canvas, inspector, time strip, plots. */
function Middle({ rightOpen, wide }: { readonly rightOpen: boolean; readonly wide: boolean }) {
  const fraction = useSession((state) => state.plotsFraction);
  // Another project starts with a canvas of its own, fitted to it.
  const serial = useDocument((state) => state.serial);
  return (
    <main
      className="middle"
      style={{ gridTemplateRows: `minmax(120px, ${1 - fraction}fr) var(--strip-height) minmax(100px, ${fraction}fr)` }}
    >
      <div className="middle-canvas">
        <WorkbenchCanvas key={serial} />
        <RunHint />
      </div>
      {rightOpen ? <Inspector /> : <InspectorRail />}
      {rightOpen && !wide && <InspectorSplitter />}
      <div className="middle-strip">
        <PlotsSplitter />
        <TimeStrip />
      </div>
      <div className="middle-plots">
        <PlotDock />
      </div>
    </main>
  );
}

function InspectorRail() {
  const { session } = useServices();
  const keys = useCommandKeys('view.right');
  return (
    <aside className="rail rail-right" aria-label="Inspector">
      <IconButton
        icon="settings"
        look="quiet"
        iconSize={16}
        label="Inspector"
        keys={keys}
        onClick={() => session.getState().change({ rightOpen: true })}
      />
    </aside>
  );
}

function Messages() {
  const { session } = useServices();
  const notices = useSession((state) => state.notices);
  const spoken = useSession((state) => state.spoken);
  return (
    <>
      <Toasts toasts={notices} onDismiss={session.getState().dismiss} />
      <div
        className="visually-hidden"
        role="log"
        aria-label="What happened"
        aria-live="polite"
        data-testid="live-region"
      >
        {spoken.map(({ id, text }) => (
          <p key={id}>{text}</p>
        ))}
      </div>
    </>
  );
}
