/** Checkpoint history: the checkpoints of a run within a budget of bytes, closer together the younger they are. */
import { checkpointBytes, type Checkpoint } from './checkpoint.ts';

/** A checkpoint and the number of edits before it: it is exact only for the model that made it. */
export interface KeptCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly edits: number;
  readonly bytes: number;
}

/** Simulated seconds between checkpoints. */
const intervalSeconds = 0.1;
/** Steps between them at least, however long a step is. */
const fewestSteps = 16;

/** Steps from one checkpoint to the next. */
export function checkpointInterval(timeStepSeconds: number): number {
  return Math.max(fewestSteps, Math.round(intervalSeconds / timeStepSeconds));
}

/** Forgets the checkpoint that is missed least when more than `budgetBytes` are kept. */
export class CheckpointHistory {
  readonly budgetBytes: number;
  private readonly interval: number;
  private kept: KeptCheckpoint[] = [];
  private edits = 0;
  /** A single checkpoint is more than the budget. */
  private tooLarge = false;

  constructor(budgetBytes: number, timeStepSeconds: number) {
    this.budgetBytes = budgetBytes;
    this.interval = checkpointInterval(timeStepSeconds);
  }

  /** Steps from `step` until the next checkpoint; 0 when one is due. */
  stepsUntilDue(step: number): number {
    if (this.tooLarge) return Number.POSITIVE_INFINITY;
    const last = this.kept.at(-1);
    if (last === undefined || last.edits !== this.edits) return 0;
    return Math.max(0, this.nextAfter(last.checkpoint.step) - step);
  }

  /** Keeps a checkpoint younger than all before; one that alone is more than the budget is not kept. */
  add(checkpoint: Checkpoint): void {
    const bytes = checkpointBytes(checkpoint);
    this.tooLarge = bytes > this.budgetBytes;
    if (this.tooLarge) {
      this.kept = [];
      return;
    }
    if (this.kept.at(-1)?.checkpoint.step === checkpoint.step) this.kept.pop();
    this.kept.push({ checkpoint, edits: this.edits, bytes });
    while (this.bytes() > this.budgetBytes) this.kept.splice(this.leastMissed(), 1);
  }

  /** The last checkpoint at or before `step`, else the first one there is. */
  before(step: number): KeptCheckpoint | undefined {
    return this.kept.findLast(({ checkpoint }) => checkpoint.step <= step) ?? this.kept[0];
  }

  /** Whether steps after the checkpoint can be repeated as they were: no edit came since. */
  isOfPresentModel({ edits }: KeptCheckpoint): boolean {
    return edits === this.edits;
  }

  /** Forgets what lies after `step`: the run went back. */
  truncate(step: number): void {
    this.kept = this.kept.filter(({ checkpoint }) => checkpoint.step <= step);
  }

  /** The model was edited: earlier checkpoints can be gone back to, but steps between them not be repeated. */
  edited(): void {
    this.edits += 1;
  }

  clear(): void {
    this.kept = [];
  }

  /** First step that can be gone back to. */
  firstStep(): number | undefined {
    return this.kept[0]?.checkpoint.step;
  }

  /** Steps of the checkpoints, ascending. */
  steps(): readonly number[] {
    return this.kept.map(({ checkpoint }) => checkpoint.step);
  }

  bytes(): number {
    return this.kept.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  private nextAfter(step: number): number {
    return (Math.floor(step / this.interval) + 1) * this.interval;
  }

  /**
   * The one whose loss leaves the smallest gap compared with how long ago that is. The first and the last two stay while
   * there are others.
   */
  private leastMissed(): number {
    const now = this.stepOf(this.kept.length - 1);
    let [least, found] = [Infinity, 0];
    for (let index = 1; index < this.kept.length - 2; index += 1) {
      const gap = this.stepOf(index + 1) - this.stepOf(index - 1);
      const missed = gap / (now - this.stepOf(index));
      if (missed < least) [least, found] = [missed, index];
    }
    return found;
  }

  private stepOf(index: number): number {
    return this.kept[index]?.checkpoint.step ?? 0;
  }
}
