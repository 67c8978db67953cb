/** spikeloom://app/: serves the built page to the window, with the headers that isolate it. */
import { protocol } from 'electron';
import { securityHeaders } from '../../engine/platform/content-security.ts';
import type { RandomSource } from '../../engine/platform/seams.ts';
import { pageOrigin } from '../ipc/channels.ts';
import { hex } from '../platform/atomic-write.ts';
import type { PageFiles } from '../platform/page-files.ts';

const scheme = new URL(pageOrigin).protocol.replace(':', '');

/** Must be called before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Answers requests under the scheme with files of the page; everything else is 404. */
export function servePage(page: PageFiles, random: RandomSource): void {
  protocol.handle(scheme, async (request) => {
    const { host, pathname } = new URL(request.url);
    const nonce = hex(random.bytes(16));
    const file = host === new URL(pageOrigin).host ? await page.find(pathname, nonce) : undefined;
    if (file === undefined) return new Response('There is nothing here.', { status: 404 });
    const headers = { ...securityHeaders(pathname, nonce), 'Content-Type': file.type };
    return new Response(Buffer.from(file.bytes), { headers });
  });
}
