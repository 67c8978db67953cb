/** A task of the engine that a dialog asks for: one at a time, told of as it goes on; leaving the dialog ends it. */
import { useEffect, useRef, useState } from 'react';
import type { EngineEvent } from '../../engine/protocol/messages.ts';
import { useServices } from '../stores/services.ts';

/** `heard` gives what an event makes of the state; it stands outside of components. */
export function useEngineTask<State>(initial: State, heard: (now: State, event: EngineEvent) => State) {
  const { link } = useServices();
  const [state, setState] = useState(initial);
  const controller = useRef<AbortController>(undefined);
  useEffect(() => {
    const listening = link.onEvent((event) => setState((now) => heard(now, event)));
    return () => {
      listening.dispose();
      controller.current?.abort();
    };
  }, [link, heard]);
  return {
    state,
    setState,
    /** The signal by which a task that begins now is ended. */
    begin(): AbortSignal {
      controller.current = new AbortController();
      return controller.current.signal;
    },
    abort: () => controller.current?.abort(),
  };
}
