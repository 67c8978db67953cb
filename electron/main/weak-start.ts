/** Switches of a start that take the protection away: a packaged app does not run with them. */

const weakening = [
  'no-sandbox',
  'no-zygote',
  'disable-web-security',
  'disable-site-isolation-trials',
  'allow-file-access-from-files',
  'remote-debugging-port',
  'remote-debugging-pipe',
  'load-extension',
  'js-flags',
] as const;

/** Why this start is refused; undefined when it is not. An AppImage adds `--no-sandbox` by itself where the system allows no user namespaces. */
export function refusedStart(packaged: boolean, hasSwitch: (name: string) => boolean): string | undefined {
  const found = packaged ? weakening.find(hasSwitch) : undefined;
  if (found === undefined) return undefined;
  const way =
    found === 'no-sandbox'
      ? 'Start it as an ordinary user; where an AppImage finds no user namespaces, install the .deb package instead.'
      : 'Start it without.';
  return `Spikeloom does not run with --${found}. ${way}`;
}
