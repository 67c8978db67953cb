/** How threads that help with steps are made known: to the engine worker their ports, to each of them the port of the engine. */
import type { PortLike } from '../platform/port-end.ts';

export interface HelpersMessage {
  readonly helpers: readonly PortLike[];
}

export interface EngineMessage {
  readonly engine: PortLike;
}

export function isHelpersMessage(message: unknown): message is HelpersMessage {
  return typeof message === 'object' && message !== null && 'helpers' in message;
}

export function isEngineMessage(message: unknown): message is EngineMessage {
  return typeof message === 'object' && message !== null && 'engine' in message;
}
