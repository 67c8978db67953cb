/** The globals that every host of the engine has (page, worker, Node), declared by hand so that any other one is a type error. */
/// <reference path="./web-assembly.d.ts" />

interface TextEncoder {
  /** The text as UTF-8. */
  encode(text?: string): Uint8Array<ArrayBuffer>;
}
declare const TextEncoder: { prototype: TextEncoder; new (): TextEncoder };

interface TextDecoder {
  decode(bytes?: ArrayBuffer | ArrayBufferView, options?: { readonly stream?: boolean }): string;
}
declare const TextDecoder: {
  prototype: TextDecoder;
  new (label?: string, options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean }): TextDecoder;
};

/** What moves to the receiver instead of being copied. */
type Transferable = ArrayBuffer | MessagePort;

interface MessageEvent<T = unknown> {
  readonly data: T;
}

interface MessagePort {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: unknown, transfer?: Transferable[]): void;
  start(): void;
  close(): void;
}
declare const MessagePort: { prototype: MessagePort };

interface MessageChannel {
  readonly port1: MessagePort;
  readonly port2: MessagePort;
}
declare const MessageChannel: { prototype: MessageChannel; new (): MessageChannel };

declare function structuredClone<T>(value: T, options?: { readonly transfer?: Transferable[] }): T;

interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
declare const AbortSignal: { prototype: AbortSignal };

interface AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}
declare const AbortController: { prototype: AbortController; new (): AbortController };
