/** A training from the window: asked of the engine, followed epoch by epoch, ended early, used or dropped. */
import { useEffect, useRef, useState } from 'react';
import { problem, type Problem } from '../../../engine/base/problem.ts';
import { PortError } from '../../../engine/protocol/port.ts';
import type { TrainReply } from '../../../engine/protocol/training-messages.ts';
import { useServices } from '../../stores/services.ts';

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

/** One training at a time; leaving the dialog drops it. */
export function useTraining() {
  const { link, document } = useServices();
  const [state, setState] = useState<TrainingState>({ kind: 'idle' });
  const controller = useRef<AbortController>(undefined);
  useEffect(() => {
    const listening = link.onEvent((event) => {
      if (event.kind !== 'training') return;
      const { epoch, epochs, since, best } = event.training;
      setState((now) =>
        now.kind === 'working' ? { ...now, epoch, epochs, best, curve: [...now.curve, ...since] } : now,
      );
    });
    return () => {
      listening.dispose();
      controller.current?.abort();
    };
  }, [link]);
  return {
    state,
    async start(wishes: TrainingWishes): Promise<void> {
      const own = new AbortController();
      controller.current = own;
      setState({ kind: 'working', epoch: 0, epochs: wishes.epochs ?? 0, curve: [], best: undefined, ending: false });
      try {
        const reply = await link.engine().train({ document: document.getState().document, ...wishes }, own.signal);
        if (own.signal.aborted) return;
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
