/** spikeloom://app/: serves the built page to the window, with the headers that isolate it. */
import { securityHeaders } from '../../engine/platform/content-security.ts';
import type { RandomSource } from '../../engine/platform/seams.ts';
import { pageOrigin } from '../ipc/channels.ts';
import { hex } from '../platform/atomic-write.ts';
import type { PageFiles } from '../platform/page-files.ts';
import { isPageAddress } from './lock-down.ts';

const scheme = new URL(pageOrigin).protocol.replace(':', '');

interface SchemePrivileges {
  readonly standard: true;
  readonly secure: true;
  readonly supportFetchAPI: true;
  readonly codeCache: true;
}

/** What is used of `protocol`. */
export interface ProtocolPart {
  registerSchemesAsPrivileged(schemes: { scheme: string; privileges: SchemePrivileges }[]): void;
  handle(scheme: string, handler: (request: PageRequest) => Promise<Response>): void;
}

interface PageRequest {
  readonly url: string;
  readonly method: string;
}

/** Must be called before the app is ready. */
export function registerScheme(protocol: ProtocolPart): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Answers requests under the scheme with files of the page; everything else is 404. */
export function servePage(protocol: ProtocolPart, page: PageFiles, random: RandomSource): void {
  protocol.handle(scheme, (request) => answerRequest(request, page, random));
}

/** The path is looked up among the files found at the start, never joined to a folder: there is no way out. */
export async function answerRequest(request: PageRequest, page: PageFiles, random: RandomSource): Promise<Response> {
  const path = request.method === 'GET' && isPageAddress(request.url) ? new URL(request.url).pathname : undefined;
  const nonce = hex(random.bytes(16));
  const file = path === undefined ? undefined : await page.find(path, nonce);
  if (path === undefined || file === undefined) {
    return new Response('There is nothing here.', { status: 404, headers: securityHeaders('/', nonce) });
  }
  const headers = { ...securityHeaders(path, nonce), 'Content-Type': file.type };
  return new Response(Buffer.from(file.bytes), { headers });
}
