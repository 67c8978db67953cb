/** Engine sync: brings the document to the engine, one request after the other. */
import type { SpikeloomDocument } from '../../engine/model/document.ts';
import type { LoadReply } from '../../engine/protocol/messages.ts';
import { noCourses, sameModel, wasEdited } from './courses.ts';
import type { DocumentStore } from './document-store.ts';
import type { EngineLink } from './engine-link.ts';
import { bytesOfLimit } from './memory-limit.ts';
import type { ProblemStore } from './problem-store.ts';
import type { RunStore } from './run-store.ts';
import type { SessionStore } from './session-store.ts';

export interface SyncParts {
  readonly link: EngineLink;
  readonly document: DocumentStore;
  readonly run: RunStore;
  readonly problems: ProblemStore;
  readonly session: SessionStore;
}

export interface EngineSync {
  /** Loads the document anew; nothing is carried over. */
  load(): Promise<void>;
  /** Tells the engine what changed since the last time, if it concerns the run. */
  flush(): Promise<void>;
  /** Builds anew what was refused, now that the limits differ; does nothing when it was built. */
  retry(): Promise<void>;
}

export function createEngineSync(parts: SyncParts): EngineSync {
  const { link, document: store, run, problems, session } = parts;
  let sent: SpikeloomDocument | undefined;
  /** What the engine runs: the last document that it did not refuse. */
  let loaded: SpikeloomDocument | undefined;

  function take(reply: LoadReply): void {
    run.setState({ load: reply, building: false, ...(reply.loaded ? { probes: reply.probes } : {}) });
    problems.getState().setDocument(reply.problems);
    const errors = reply.problems.filter((found) => found.severity === 'error').length;
    if (errors > 0) session.getState().change({ announcement: errors === 1 ? '1 problem' : `${errors} problems` });
  }

  const limit = () => ({ memoryLimitBytes: bytesOfLimit(session.getState().memoryLimitGiB) });

  async function update(document: SpikeloomDocument): Promise<void> {
    sent = document;
    const { step } = run.getState().progress;
    run.setState({ building: true });
    const reply = await link.engine().update({ document, ...limit() });
    take(reply);
    if (!reply.loaded) return;
    noteEdit(step, document);
    loaded = document;
  }

  /** The run goes on under another model, or it started over. */
  function noteEdit(before: number, document: SpikeloomDocument): void {
    const { courses, progress } = run.getState();
    if (progress.step < before) {
      run.setState({ courses: noCourses });
      problems.getState().clearRun();
    } else if (progress.step > 0 && (loaded === undefined || !sameModel(loaded, document)))
      run.setState({ courses: wasEdited(courses, progress.step, document) });
  }

  return {
    async load() {
      const { document } = store.getState();
      sent = document;
      run.setState({ building: true, courses: noCourses });
      problems.getState().clearRun();
      session
        .getState()
        .change({ timeWindow: { ...session.getState().timeWindow, follow: true }, cursorSeconds: undefined });
      const reply = await link.engine().load({ document, target: 'wasm', ...limit() });
      loaded = reply.loaded ? document : undefined;
      take(reply);
    },
    async flush() {
      const { document } = store.getState();
      const before = sent;
      if (before === undefined || before === document || run.getState().engine.kind !== 'ready') return;
      sent = document;
      if (before.run.speed !== document.run.speed) await link.engine().setSpeed({ speed: document.run.speed });
      if (sameToEngine(before, document)) return;
      await update(document);
    },
    async retry() {
      const { engine, load } = run.getState();
      if (sent !== undefined && engine.kind === 'ready' && load?.loaded === false)
        await update(store.getState().document);
    },
  };
}

/** Whether two documents are the same to the engine: it knows neither positions nor plots nor the project's name. */
function sameToEngine(left: SpikeloomDocument, right: SpikeloomDocument): boolean {
  return (
    left.elements === right.elements &&
    left.connections === right.connections &&
    left.probes === right.probes &&
    left.arrays === right.arrays &&
    left.run.timeStep === right.run.timeStep &&
    left.run.duration === right.run.duration &&
    left.run.seed === right.run.seed
  );
}
