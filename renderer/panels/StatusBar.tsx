/** The bar at the bottom: engine, speed, memory, journal, what was lost, and which path the records take. */
import { useEffect, useState } from 'react';
import { significant } from '../../engine/units/format-quantity.ts';
import type { FailureCause } from '../../engine/platform/seams.ts';
import type { EngineState } from '../stores/run-store.ts';
import { useDocument, useRun, useServices } from '../stores/services.ts';
import { Button } from '../ui/Button.tsx';
import { Tooltip } from '../ui/Tooltip.tsx';
import { StateDot, type Tone } from '../ui/StateDot.tsx';
import { ConnectionWords } from './ConnectionWords.tsx';
import { ago, count, megabytes } from './figures.ts';

export function StatusBar() {
  return (
    <footer className="status-bar">
      <EngineWords />
      <EngineActions />
      <ThreadWords />
      <Figures />
      <BuildWords />
      <JournalWords />
      <ConnectionWords />
      <Lost />
      <span className="bar-space" />
      <Path />
    </footer>
  );
}

function EngineWords() {
  const engine = useRun((state) => state.engine);
  const run = useRun((state) => state.progress.state);
  const building = useRun((state) => state.building);
  const loaded = useRun((state) => state.load?.loaded);
  const [words, tone] = stateWords(engine, building ? 'building' : loaded === false ? 'problems' : run);
  return (
    <span className="status-engine">
      <StateDot tone={tone} />
      {words}
    </span>
  );
}

const runWords: Readonly<Record<string, readonly [string, Tone]>> = {
  building: ['building', 'accent'],
  problems: ['not runnable yet', 'warn'],
  empty: ['nothing to run', 'neutral'],
  ready: ['engine ready', 'ok'],
  running: ['engine running', 'ok'],
  paused: ['paused', 'neutral'],
  finished: ['run finished', 'ok'],
  failed: ['run failed', 'bad'],
};

function stateWords(engine: EngineState, run: string): readonly [string, Tone] {
  if (engine.kind === 'starting') return ['engine starting', 'accent'];
  if (engine.kind === 'crashed') return [endWords[engine.cause], 'bad'];
  return runWords[run] ?? [run, 'neutral'];
}

const endWords: Readonly<Record<FailureCause, string>> = {
  fault: 'engine stopped',
  silence: 'engine stopped: no answer',
  memory: 'engine stopped: out of memory',
  stopped: 'engine stopped by you',
};

/** A build longer than this may be ended. */
const patienceMilliseconds = 3000;

/** What can be done about an engine that stopped, or that builds for long. */
function EngineActions() {
  const { runs } = useServices();
  const crashed = useRun((state) => state.engine.kind === 'crashed');
  const building = useRun((state) => state.building);
  const [long, setLong] = useState(false);
  useEffect(() => {
    if (!building) return;
    const timer = setTimeout(() => setLong(true), patienceMilliseconds);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [building]);
  if (crashed)
    return (
      <Button look="link" onClick={() => void runs.connect(false)}>
        Start the engine again
      </Button>
    );
  if (!(building && long)) return null;
  return (
    <Button look="link" onClick={() => runs.stop()}>
      Stop building
    </Button>
  );
}

/** What the last edit cost: a rebuild with the state carried on. */
function BuildWords() {
  const seconds = useRun((state) => (state.load?.loaded === true ? state.load.buildSeconds : undefined));
  if (seconds === undefined) return null;
  return (
    <span className="status-figures mono" title="From the last edit to a network that runs it; the state goes on.">
      built in {duration(seconds)}
    </span>
  );
}

/** `4 ms`, `1.2 s`. */
function duration(seconds: number): string {
  return seconds < 1 ? `${Math.max(1, Math.round(seconds * 1000))} ms` : `${significant(seconds)} s`;
}

function Figures() {
  const { link } = useServices();
  const running = useRun((state) => state.progress.state === 'running');
  const steps = useRun((state) => state.progress.stepsPerSecond);
  const load = useRun((state) => (state.load?.loaded === true ? state.load : undefined));
  const { cells, synapses, memoryBytes: modelBytes = 0 } = load ?? {};
  const [historyBytes, setHistoryBytes] = useState(0);
  useEffect(() => {
    const ask = (): void =>
      void link.ask('extent', {}).then(
        (extent) => setHistoryBytes(extent.bytes),
        () => undefined,
      );
    const timer = setInterval(ask, 2000);
    return () => clearInterval(timer);
  }, [link]);
  const bytes = modelBytes + historyBytes;
  const words = [
    running ? `${count(steps, 1e3)} steps/s` : undefined,
    cells === undefined ? undefined : `${count(cells)} cells`,
    synapses === undefined || synapses === 0 ? undefined : `${count(synapses)} synapses`,
    bytes === 0 ? undefined : megabytes(bytes),
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
  return (
    <span className="status-figures mono" data-testid="engine-figures" title={words}>
      {words}
    </span>
  );
}

const threadsMeaning =
  'Threads share the steps where that is faster, with the same spikes to the last bit. The gain was measured when they were last compared with one thread.';

/** How many threads execute the steps and what they gain; nothing where one does. */
function ThreadWords() {
  const running = useRun((state) => state.progress.state === 'running');
  const threads = useRun((state) => state.progress.threads.threads);
  const gain = useRun((state) => state.progress.threads.gain.toFixed(1));
  if (!running || threads < 2) return null;
  return (
    <Tooltip side="top" text={threadsMeaning}>
      <span className="status-threads mono" tabIndex={0}>
        {threads} threads, {gain}× as fast as one
      </span>
    </Tooltip>
  );
}

function JournalWords() {
  const { clock } = useServices();
  const safeAt = useDocument((state) => state.journalSafeAt);
  const pending = useDocument((state) => state.journalPending);
  const failing = useDocument((state) => state.journalFailing) && pending > 0;
  const steps = useDocument((state) => state.history.filter((entry) => entry.present).length);
  const [now, setNow] = useState(() => clock.wallTime());
  useEffect(() => {
    const timer = setInterval(() => setNow(clock.wallTime()), 1000);
    return () => clearInterval(timer);
  }, [clock]);
  const kept = safeAt === undefined ? '' : `edits kept ${ago(Math.max(0, now - safeAt))}`;
  const words = [
    pending > 0 ? pendingWords(pending, failing) : kept,
    steps === 1 ? '1 undo step' : `${steps} undo steps`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
  return (
    <span className="status-figures status-journal" data-wrong={failing || undefined} title={words}>
      {words}
    </span>
  );
}

function pendingWords(pending: number, failing: boolean): string {
  if (!failing) return 'keeping edits';
  return `${pending === 1 ? '1 edit' : `${pending} edits`} not kept yet`;
}

function Lost() {
  const lost = useRun((state) => state.progress.lost);
  return (
    <span className="mono" data-wrong={lost > 0 || undefined}>
      dropped {count(lost)}
    </span>
  );
}

function Path() {
  const engine = useRun((state) => state.engine);
  const { host } = useServices();
  if (engine.kind !== 'ready') return <span>{host.kind}</span>;
  return <span>WebAssembly · {engine.sharedMemory ? 'shared memory' : 'batches under credit'}</span>;
}
