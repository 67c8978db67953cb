/** Plot services of the workbench: the stores and the engine link as the plots see them. */
import { addPlot, addRecording, changePlot } from '../commands/plot-gestures.ts';
import type { Services } from '../stores/services.ts';
import { shownTheme } from '../stores/session-store.ts';
import { calmed } from './calm.ts';
import { createFollowClock, type FollowClock, type KeptWindow } from './follow-clock.ts';
import type { HistoryReader, PlotCommands, PlotServices, RunView, SaveFile, TimeControl } from './plot-services.ts';
import type { Readable } from './readable.ts';
import { storePart } from './store-readable.ts';
import { followWindow, panWindow, showRange, zoomWindow } from './window-change.ts';

/** Milliseconds between changes of figures. */
const figureInterval = 250;

export function createPlotServices(services: Services): PlotServices {
  const { session, document } = services;
  const history = historyOf(services);
  const run = runViewOf(services);
  const time = createFollowClock({
    window: storePart(
      session,
      (state) => [state.timeWindow],
      (window) => window,
    ),
    run: storePart(
      services.run,
      (state) => [state.progress],
      ({ state, simulatedSeconds }) => ({ running: state === 'running', reachedSeconds: simulatedSeconds }),
    ),
    newest: async () => (await history.extent({})).lastSeconds,
    nextFrame(callback) {
      const handle = requestAnimationFrame(callback);
      return () => cancelAnimationFrame(handle);
    },
  });
  return {
    history,
    catalogue: services.catalogue,
    document: storePart(
      document,
      (state) => [state.document],
      (value) => value,
    ),
    run,
    figures: calmed(run, figureInterval, (next, shown) => next.state !== shown.state),
    time,
    cursor: storePart(
      session,
      (state) => [state.cursorSeconds],
      (seconds) => seconds,
    ),
    theme: storePart(
      session,
      (state) => [shownTheme(state)],
      (theme) => theme,
    ),
    control: controlOf(services, time),
    readOut: (announcement) => session.getState().change({ announcement }),
    commands: commandsOf(services),
    save: saverOf(services),
  };
}

function historyOf({ link }: Services): HistoryReader {
  return {
    trace: (argument) => link.ask('trace', argument),
    raster: (argument) => link.ask('raster', argument),
    overview: (argument) => link.ask('overview', argument),
    extent: (argument) => link.ask('extent', argument),
    export: (argument) => link.ask('export', argument),
  };
}

/** The run as plots and blocks see it. */
function runViewOf({ run }: Pick<Services, 'run'>): Readable<RunView> {
  return storePart(
    run,
    (state) => [state.progress, state.probes],
    (progress, probes) => ({
      state: progress.state,
      newestSeconds: progress.simulatedSeconds,
      realTimeFactor: progress.realTimeFactor,
      probes,
      rates: progress.rates,
      readouts: progress.readouts,
    }),
  );
}

function controlOf({ session }: Services, time: FollowClock): TimeControl {
  const keep = (timeWindow: KeptWindow): void => session.getState().change({ timeWindow });
  return {
    pan: (seconds) => keep(panWindow(time.get(), seconds, time.newestSeconds())),
    zoom: (factor, about) => keep(zoomWindow(time.get(), factor, about)),
    follow: () => keep(followWindow(time.get())),
    show: (range) => keep(showRange(range, time.newestSeconds())),
    point: (cursorSeconds) => session.getState().change({ cursorSeconds }),
  };
}

function commandsOf(services: Services): PlotCommands {
  return {
    addPlot: (kind, probes) => addPlot(services, kind, probes),
    removePlot: (id) => void services.documents.dispatch({ type: 'plot.remove', id }),
    changePlot: (id, change) => changePlot(services, id, change),
    addProbe: (probe, plot) => addRecording(services, probe, plot),
  };
}

function saverOf({ host, session }: Services): SaveFile {
  return (name, sort, bytes) => {
    void host.files.saveAs(name, sort, bytes).then((saved) => {
      if (saved.ok) return;
      session.getState().notify(
        'error',
        `${name} was not saved`,
        saved.problems.map((found) => found.message),
      );
    });
  };
}
