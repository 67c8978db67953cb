/** A WebSocket by hand: frames that no library would send, and what the server does with the connection. */
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { rawText } from './raw-request.test-support.ts';

export interface RawSocket {
  readonly connection: Socket;
  /** Sends one frame; `announced` says another length than the content has. */
  frame(opcode: number, content: Uint8Array, options?: { final?: boolean; announced?: number }): void;
  /** Resolves when the server has ended the connection: the code of its close frame, 0 without one. */
  readonly closed: Promise<number>;
}

export const opcodes = { continuation: 0, text: 1, binary: 2, ping: 9 } as const;

/** Opens a socket of the page with this cookie. */
export async function openRawSocket(port: number, cookie: string): Promise<RawSocket> {
  const own = `127.0.0.1:${port}`;
  const connection = connect({ port, host: '127.0.0.1' });
  connection.on('error', () => undefined);
  const headers = { Host: own, Origin: `http://${own}`, Cookie: cookie };
  connection.write(rawText({ method: 'GET', path: '/host', headers, upgrade: true }));
  const head = await new Promise<Buffer>((resolve) => connection.once('data', resolve));
  if (!head.toString('latin1').startsWith('HTTP/1.1 101')) throw new Error('the socket was not opened');
  return {
    connection,
    frame: (opcode, content, options = {}) => void connection.write(frameOf(opcode, content, options)),
    closed: closeOf(connection),
  };
}

/** A masked frame, as clients send them. */
export function frameOf(
  opcode: number,
  content: Uint8Array,
  { final = true, announced = content.length }: { final?: boolean; announced?: number } = {},
): Buffer {
  const mask = randomBytes(4);
  const head = Buffer.alloc(10);
  head[0] = (final ? 0x80 : 0) | opcode;
  head[1] = 0x80 | 127;
  head.writeBigUInt64BE(BigInt(announced), 2);
  return Buffer.concat([head, mask, content.map((byte, index) => byte ^ (mask[index % 4] ?? 0))]);
}

function closeOf(connection: Socket): Promise<number> {
  let read = Buffer.alloc(0);
  connection.on('data', (part: Buffer) => (read = Buffer.concat([read, part]).subarray(-200)));
  return new Promise((resolve) => {
    connection.on('close', () => {
      // The last frame of the server: 0x88, its length, the code.
      const at = read.lastIndexOf(0x88);
      resolve(at >= 0 && read.length >= at + 4 ? read.readUInt16BE(at + 2) : 0);
    });
  });
}
