/** Addresses outside the program: the only sites that the system's browser is asked to open. */
import { problem } from '../../engine/base/problem.ts';
import { failed, ok } from '../../engine/base/result.ts';
import type { Result } from '../../engine/base/result.ts';

/** Hosts of the sources that help pages and examples name. */
const knownHosts: readonly string[] = ['doi.org', 'www.sidc.be', 'github.com', 'pypi.org', 'www.npmjs.com'];

/** The address in its plain form, when it is an `https:` page of a known site; never a file, a program or a password. */
export function checkedAddress(address: string): Result<string> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const known =
    url !== undefined &&
    url.protocol === 'https:' &&
    knownHosts.includes(url.host) &&
    url.username === '' &&
    url.password === '';
  if (known) return ok(url.href);
  return failed(
    problem('host/address', `Spikeloom does not open “${address.slice(0, 200)}”.`, {
      hint: `Only https pages of ${knownHosts.join(', ')} are opened; copy the address into a browser if you trust it.`,
    }),
  );
}
