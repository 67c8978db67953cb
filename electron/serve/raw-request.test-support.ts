/** Raw requests: bytes sent to a port as no browser would send them, and the status that comes back. */
import { connect } from 'node:net';

export interface RawAnswer {
  /** 0 when the connection was ended without an answer. */
  readonly status: number;
  readonly text: string;
}

export interface RawRequest {
  readonly method: string;
  readonly path: string;
  /** Header lines in this order; undefined ones are not sent. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly upgrade: boolean;
}

const upgradeHeaders = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': Buffer.alloc(16).toString('base64'),
};

/** The request as it crosses the wire. */
export function rawText({ method, path, headers, upgrade }: RawRequest): string {
  const all: RawRequest['headers'] = { ...headers, ...(upgrade ? upgradeHeaders : { Connection: 'close' }) };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}\r\n`]));
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

/** Sends the request over a connection of its own; of an upgrade that succeeds, only the head is read. */
export function askRaw(port: number, request: RawRequest): Promise<RawAnswer> {
  return new Promise((resolve) => {
    let text = '';
    const connection = connect({ port, host: '127.0.0.1' }, () => connection.write(rawText(request)));
    const finish = (): void => {
      connection.destroy();
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text });
    };
    connection.setEncoding('latin1');
    connection.on('data', (part: string) => {
      text += part;
      if (text.startsWith('HTTP/1.1 101') && text.includes('\r\n\r\n')) finish();
    });
    connection.on('end', finish);
    connection.on('error', finish);
  });
}
