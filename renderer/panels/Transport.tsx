/** Transport: run or pause, step, reset, speed, and how far and how fast the run is. */
import { setRun } from '../commands/parameter-gestures.ts';
import { canGoBack } from '../commands/course-gestures.ts';
import { commandOf } from '../commands/registry.ts';
import { toggleRun } from '../commands/run.ts';
import { objectivesOf, trainedElements } from '../commands/training-gestures.ts';
import { useCommandKeys } from '../commands/use-command-keys.ts';
import { fractionDone } from '../stores/run-store.ts';
import { useDocument, useRun, useServices } from '../stores/services.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { Progress } from '../ui/Progress.tsx';
import { Select } from '../ui/Select.tsx';
import { duration, factor, simulatedTime } from './figures.ts';

export function Transport() {
  const services = useServices();
  const running = useRun((state) => state.progress.state === 'running');
  const starting = useRun((state) => state.engine.kind === 'starting');
  const ready = useRun((state) => state.engine.kind === 'crashed' || state.load?.loaded === true);
  const runKeys = useCommandKeys('run.toggle');
  return (
    <div className="transport" role="group" aria-label="Run">
      <Button
        look="primary"
        className="transport-run"
        icon={running ? 'pause' : 'play'}
        aria-keyshortcuts={runKeys}
        disabled={starting}
        onClick={() => void toggleRun(services)}
      >
        <span className="transport-word">{running ? 'Pause' : 'Run'}</span>
        {runKeys !== undefined && <Kbd keys={runKeys} />}
      </Button>
      <Steps ready={ready} running={running} />
      <Speed />
      <TrainButton />
      <Figures />
    </div>
  );
}

/** Back, step and reset; with Shift 100 steps. */
function Steps({ ready, running }: { readonly ready: boolean; readonly running: boolean }) {
  const services = useServices();
  const { runs } = services;
  const back = useRun(() => canGoBack(services));
  const [backKeys, stepKeys, resetKeys] = [
    useCommandKeys('run.stepBack'),
    useCommandKeys('run.step'),
    useCommandKeys('run.reset'),
  ];
  return (
    <>
      <IconButton
        icon="back"
        label="Go back one step"
        more="with Shift 100"
        keys={backKeys}
        disabled={!back}
        onClick={({ shiftKey }) => void runs.stepBack(shiftKey ? 100 : 1)}
      />
      <IconButton
        icon="step"
        label="Run one step"
        more="with Shift 100"
        keys={stepKeys}
        disabled={!ready || running}
        onClick={({ shiftKey }) => void runs.step(shiftKey ? 100 : 1)}
      />
      <IconButton
        icon="reset"
        label="Reset to the start"
        keys={resetKeys}
        disabled={!ready}
        onClick={() => void runs.reset()}
      />
    </>
  );
}

/** There where something can be trained, or asks to be. */
function TrainButton() {
  const services = useServices();
  const shown = useDocument(
    ({ document }) => objectivesOf(document).length > 0 || trainedElements(document).length > 0,
  );
  return shown ? (
    <Button className="transport-train" onClick={() => commandOf('train.open').run(services)}>
      Train…
    </Button>
  ) : null;
}

const speeds = [0.01, 0.1, 0.5, 1, 2, 10, 100].map((speed) => ({ value: String(speed), title: `${speed}×` }));
const unlimited = { value: 'none', title: 'Full speed' };

function Speed() {
  const services = useServices();
  const speed = useDocument((state) => state.document.run.speed);
  const readOnly = useDocument((state) => state.readOnly !== undefined);
  const value = speed === null ? unlimited.value : String(speed);
  const choices =
    speed === null || speeds.some((choice) => choice.value === value)
      ? speeds
      : [...speeds, { value, title: `${value}×` }];
  return (
    <Select
      label="Speed: simulated seconds per second"
      className="transport-speed"
      mono
      value={value}
      disabled={readOnly}
      choices={[...choices, unlimited]}
      onChange={(next) => setRun(services, { speed: next === unlimited.value ? null : Number(next) })}
    />
  );
}

function Figures() {
  const seconds = useRun((state) => state.progress.simulatedSeconds);
  const realTime = useRun((state) => state.progress.realTimeFactor);
  const running = useRun((state) => state.progress.state === 'running');
  const wanted = useDocument((state) => state.document.run.speed);
  const slow = wanted !== null && realTime < wanted * 0.9;
  return (
    <div className="transport-figures mono">
      <span className="transport-time" data-testid="simulated-time">
        t = {simulatedTime(seconds)}
      </span>
      {running && realTime > 0 && (
        <span
          className="transport-factor"
          data-slow={slow || undefined}
          title={slow ? 'The network is too large for this speed on this machine' : undefined}
        >
          {factor(realTime)} real time
        </span>
      )}
      <Done />
    </div>
  );
}

function Done() {
  const fraction = useRun((state) => {
    const done = fractionDone(state);
    return done === undefined ? undefined : Math.floor(done * 1000) / 1000;
  });
  const remaining = useRun((state) =>
    state.progress.remainingSeconds === undefined ? undefined : Math.ceil(state.progress.remainingSeconds),
  );
  const finished = useRun((state) => state.progress.state === 'finished');
  if (fraction === undefined) return null;
  return (
    <span className="transport-done">
      <Progress label="Part of the run that is done" fraction={fraction} />
      <span className="transport-left">
        {finished ? 'done' : `${Math.floor(fraction * 100)} %`}
        {!finished && remaining !== undefined && ` · ${duration(remaining)} left`}
      </span>
    </span>
  );
}
