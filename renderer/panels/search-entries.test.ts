/** Search: every command that can be run is found without a word, and with the keys it has now. */
import { describe, expect, it } from 'vitest';
import { commands, isEnabled } from '../commands/registry.ts';
import { createTestWorkbench } from '../stores/workbench.test-support.ts';
import { searchEntries } from './search-entries.ts';

describe('search', () => {
  it('given no word, then no command that can be run is missing', () => {
    const { services } = createTestWorkbench();
    const found = new Set(searchEntries(services, '').map(({ id }) => id));
    const missing = commands.entries.filter(
      (command) => command.id !== 'view.search' && isEnabled(command, services) && !found.has(command.id),
    );
    expect(missing).toEqual([]);
  });

  it('given other keys, then those are shown, and no keys where they were taken', () => {
    const { services } = createTestWorkbench();
    services.session.getState().change({ keys: { 'run.toggle': ['F9'], 'run.step': [] } });
    const keys = Object.fromEntries(searchEntries(services, '').map((entry) => [entry.id, entry.keys]));
    expect([keys['run.toggle'], keys['run.step']]).toEqual(['F9', undefined]);
  });

  it('given words of the help, then its section is found and opens there', () => {
    const { services } = createTestWorkbench();
    const found = searchEntries(services, 'help milstein').find(({ id }) => id.startsWith('help equations '));
    found?.run();
    expect(services.session.getState().dialog).toEqual({ kind: 'help', page: 'equations', section: 'Integration' });
    expect(searchEntries(services, '').filter(({ id }) => id.startsWith('help equations '))).toEqual([]);
  });
});
