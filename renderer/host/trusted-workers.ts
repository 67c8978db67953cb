/** The one policy for scripts and the one place that creates workers; nothing but this page's own worker files gets through. */
import type { MessageChannelEnd } from '../../engine/platform/seams.ts';

interface ScriptPolicy {
  createScriptURL(url: string): unknown;
}
interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): ScriptPolicy;
}

/** Same origin, ending as Vite names worker files. */
function checkedUrl(url: string): string {
  const resolved = new URL(url, document.baseURI);
  if (resolved.origin !== location.origin)
    throw new TypeError(`Worker scripts come from this page only, not from ${resolved.origin}.`);
  return resolved.href;
}

const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
const policy: ScriptPolicy = factory?.createPolicy('spikeloom', { createScriptURL: checkedUrl }) ?? {
  createScriptURL: checkedUrl,
};

/** A module worker from a script of this page. */
export function createTrustedWorker(url: string, name: string): Worker {
  return new Worker(policy.createScriptURL(url) as string, { type: 'module', name });
}

/** The page's end of the worker. */
export function workerEnd(worker: Worker): MessageChannelEnd {
  const failures = new Set<(reason: string) => void>();
  const fail = (reason: string): void => {
    for (const handler of failures) handler(reason);
  };
  worker.addEventListener('error', (event) =>
    fail(event.message === '' ? 'the worker could not start' : event.message),
  );
  worker.addEventListener('messageerror', () => fail('a message could not be read'));
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer as Transferable[]),
    onMessage: (handler) => worker.addEventListener('message', (event) => handler(event.data)),
    onFailure: (handler) => failures.add(handler),
    close: () => worker.terminate(),
  };
}
