/** Greeting: the first frame of each side of a socket. It says which session goes on, and how far each side has got. */

/** First byte of a greeting. */
const greeting = 3;
const version = 1;
const longestGreeting = 1024;

/** What a page says first. */
export interface Hello {
  /** Key of the session to go on with; null for a new one. */
  readonly session: string | null;
  /** Frames of that session the page has got. */
  readonly received: number;
  /** Key of a session of this page that nobody goes on with: it was loaded again, or gave up. */
  readonly replaces: string | null;
}

/** What the server answers. */
export interface Welcome {
  /** Key with which the session can be resumed: 128 random bits, hexadecimal. */
  readonly session: string;
  /** False for a new session: what the page asked for before was not kept. */
  readonly resumed: boolean;
  /** Frames of the session the server has got. */
  readonly received: number;
}

const key = /^[0-9a-f]{32}$/;

/** A greeting as a frame. */
export function encodeGreeting(words: Hello | Welcome): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(JSON.stringify({ version, ...words }));
  const frame = new Uint8Array(text.length + 1);
  frame[0] = greeting;
  frame.set(text, 1);
  return frame;
}

/** What a page said; undefined when the frame is no such greeting. */
export function decodeHello(frame: Uint8Array): Hello | undefined {
  const { session, received, replaces } = wordsOf(frame);
  if (!isCount(received) || !isKeyOrNull(session) || !isKeyOrNull(replaces)) return undefined;
  return { session, received, replaces };
}

/** What the server answered; undefined when the frame is no such greeting. */
export function decodeWelcome(frame: Uint8Array): Welcome | undefined {
  const { session, received, resumed } = wordsOf(frame);
  if (!isCount(received) || !isKeyOrNull(session) || session === null || typeof resumed !== 'boolean') return undefined;
  return { session, received, resumed };
}

/** The record in a greeting; an empty one when there is none of this version. */
function wordsOf(frame: Uint8Array): Readonly<Record<string, unknown>> {
  if (frame[0] !== greeting || frame.length > longestGreeting) return {};
  try {
    const words: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(frame.subarray(1)));
    if (typeof words !== 'object' || words === null) return {};
    return 'version' in words && words.version === version ? { ...words } : {};
  } catch {
    return {};
  }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isKeyOrNull(value: unknown): value is string | null {
  return value === null || (typeof value === 'string' && key.test(value));
}
