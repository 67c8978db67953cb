/** Who may talk to the server: a link that works once is exchanged for a cookie of this browser. */
import { timingSafeEqual } from 'node:crypto';
import type { RandomSource } from '../../engine/platform/seams.ts';
import { hex } from '../platform/atomic-write.ts';

export interface Session {
  /** Value of `?t=` in the link to open; changes each time it was used. */
  token(): string;
  /** Exchanges the token of a link for the cookie to set; undefined when it is not the present one. */
  exchange(token: string): string | undefined;
  /** Whether a Cookie header carries the secret of this session. */
  hasCookie(header: string | undefined): boolean;
}

/** A session of the server on `port`, with 256-bit secrets. `onUsed` hears that the link was used and a new one holds. */
export function createSession(random: RandomSource, port: number, onUsed: () => void = () => undefined): Session {
  const cookieName = `spikeloom-${port}`;
  const secret = hex(random.bytes(32));
  let token = hex(random.bytes(32));
  return {
    token: () => token,
    exchange(offered) {
      if (!sameSecret(offered, token)) return undefined;
      token = hex(random.bytes(32));
      onUsed();
      return `${cookieName}=${secret}; HttpOnly; SameSite=Strict; Path=/`;
    },
    hasCookie(header = '') {
      const values = header.split(';').map((part) => part.trim().split('='));
      return values.some(([name, value]) => name === cookieName && sameSecret(value ?? '', secret));
    },
  };
}

/** Compares without telling by the time taken where the first difference is. */
function sameSecret(offered: string, secret: string): boolean {
  const [left, right] = [Buffer.from(offered), Buffer.from(secret)];
  return left.length === right.length && timingSafeEqual(left, right);
}
