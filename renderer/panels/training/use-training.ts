/** A training from the window: asked of the engine, followed epoch by epoch, ended early, used or dropped. */
import { problem, type Problem } from '../../../engine/base/problem.ts';
import type { EngineEvent } from '../../../engine/protocol/messages.ts';
import { PortError } from '../../../engine/protocol/port.ts';
import type { TrainReply } from '../../../engine/protocol/training-messages.ts';
import { useServices } from '../../stores/services.ts';
import { useEngineTask } from '../use-engine-task.ts';

export type TrainingState =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'working';
      readonly epoch: number;
      readonly epochs: number;
      readonly curve: readonly number[];
      /** The least loss so far; undefined before the first epoch. */
      readonly best: number | undefined;
      /** Asked to end with the best so far. */
      readonly ending: boolean;
    }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  | { readonly kind: 'trained'; readonly reply: TrainReply };

export interface TrainingWishes {
  /** Instead of what the objectives say. */
  readonly epochs?: number;
  readonly learningRate?: number;
}

function heard(now: TrainingState, event: EngineEvent): TrainingState {
  if (event.kind !== 'training' || now.kind !== 'working') return now;
  const { epoch, epochs, since, best } = event.training;
  return { ...now, epoch, epochs, best, curve: [...now.curve, ...since] };
}

/** One training at a time; leaving the dialog drops it. */
export function useTraining() {
  const { link, document } = useServices();
  const { state, setState, begin } = useEngineTask<TrainingState>({ kind: 'idle' }, heard);
  return {
    state,
    async start(wishes: TrainingWishes): Promise<void> {
      const signal = begin();
      setState({ kind: 'working', epoch: 0, epochs: wishes.epochs ?? 0, curve: [], best: undefined, ending: false });
      try {
        const reply = await link.engine().train({ document: document.getState().document, ...wishes }, signal);
        if (signal.aborted) return;
        setState(reply.trained ? { kind: 'trained', reply } : { kind: 'refused', problems: reply.problems });
      } catch (error) {
        if (!(error instanceof PortError)) throw error;
        if (error.kind !== 'cancelled') setState({ kind: 'refused', problems: [unanswered(error)] });
      }
    },
    /** Ends with the best so far. */
    end(): void {
      setState((now) => (now.kind === 'working' ? { ...now, ending: true } : now));
      void link.engine().endTraining({});
    },
    discard: () => setState({ kind: 'idle' }),
  };
}

function unanswered({ message }: PortError): Problem {
  return problem('run/crashed', `The engine did not train: ${message}.`, {
    hint: 'Start the engine again, then train again. The project is as it was.',
  });
}
