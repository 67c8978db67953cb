/** Requests and messages of training: gone through epoch by epoch beside the run, which stays as it is. */
import type { Problem } from '../base/problem.ts';
import type { BatchEdit } from '../model/edits/edit.ts';
import type { SpikeloomDocument } from '../model/document.ts';

/** Part of the requests to the engine worker. */
export interface TrainingRequests {
  /**
   * Trains what the document marks as trainable, by its objectives; its ridge readouts are fitted too. One training at a
   * time: a second request is refused. Cancelling the request drops what was learnt. While it goes on `training` events
   * tell of each epoch, a few times a second; other requests are answered between epochs.
   */
  train: { argument: TrainRequest; reply: TrainReply };
  /** Ends training after the epoch under way: `train` is answered with the best so far. Nothing happens where none goes on. */
  endTraining: { argument: object; reply: null };
}

export interface TrainRequest {
  readonly document: SpikeloomDocument;
  /** Default wasm. */
  readonly target?: 'wasm' | 'interpreter';
  /** Instead of what the objectives say. */
  readonly epochs?: number;
  readonly learningRate?: number;
}

export interface TrainingProgress {
  /** Epochs gone through, of so many. */
  readonly epoch: number;
  readonly epochs: number;
  /** Of the epoch just gone through. */
  readonly loss: number;
  /** The least so far. */
  readonly best: number;
  /** Losses of the epochs since the last report, oldest first; the last one is `loss`. */
  readonly since: readonly number[];
}

/** How well one objective, or ridge readout, is met by the best parameters. */
export interface TrainingScore {
  readonly element: string;
  readonly name: string;
  /** What `before` and `after` are: a loss of the objective, or the normalised error of a readout. */
  readonly measure: 'squared' | 'binary' | 'classes' | 'spike-count' | 'nrmse';
  /** With the parameters that the document had; null where there is none (a readout that had learnt nothing, a run that failed). */
  readonly before: number | null;
  readonly after: number | null;
  /** Root mean squared error over the standard deviation of the target; null where that is no number, or the loss is another. */
  readonly nrmse: number | null;
}

export interface TrainReply {
  /** False: nothing was trained; `problems` says why. */
  readonly trained: boolean;
  /** With `trained`, warnings, and what ended training before its last epoch. */
  readonly problems: readonly Problem[];
  /** Loss of every epoch, with the parameters that it began with. */
  readonly curve: readonly number[];
  /** Epoch (from 0) whose parameters were the best; null where there was none. */
  readonly bestEpoch: number | null;
  readonly scores: readonly TrainingScore[];
  /** The best parameters as one undoable edit of the document; null where nothing got better. */
  readonly edit: BatchEdit | null;
  /** Ended by `endTraining` before its last epoch. */
  readonly stopped: boolean;
}
