/** Limits: how much and how fast one page, and all pages together, may use this process. Tests shorten the times. */

export interface ServeLimits {
  /** Open TCP connections that have not shown a cookie; of more, the oldest is ended. */
  readonly strangers: number;
  /** Open sockets of pages. */
  readonly sockets: number;
  /** Sessions whose socket was cut and that may be resumed; of more, the oldest is ended. */
  readonly keptSessions: number;
  /** How long such a session is kept, milliseconds. */
  readonly keptFor: number;
  /** Milliseconds within which a request's header must be complete, and a socket's first frame be there. */
  readonly firstWord: number;
  /** Milliseconds between pings; a socket that answered none in between is ended. */
  readonly ping: number;
  /** Largest WebSocket message, bytes. */
  readonly frameBytes: number;
  /** Requests of one page that are worked on at the same time. */
  readonly running: number;
  /** Bytes of answers that wait for a page, above which its further requests wait too. */
  readonly answerBytes: number;
  /** Frames a page may send at once, and per second in the long run. */
  readonly burst: number;
  readonly framesPerSecond: number;
}

export const usualLimits: ServeLimits = {
  strangers: 1024,
  sockets: 16,
  keptSessions: 16,
  keptFor: 30_000,
  firstWord: 5_000,
  ping: 20_000,
  frameBytes: 1 << 20,
  running: 16,
  answerBytes: 8 << 20,
  burst: 1000,
  framesPerSecond: 500,
};

/** Codes with which a socket is closed. */
export const closeCodes = {
  /** A frame that cannot be understood, or more of them than were asked for. */
  nonsense: 1008,
  tooLarge: 1009,
  /** The same session goes on over another socket. */
  replaced: 4001,
  /** No greeting came. */
  silent: 4408,
} as const;
