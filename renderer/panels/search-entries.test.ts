/** Search: every command that can be run is found without a word, and with the keys it has now. */
import { describe, expect, it } from 'vitest';
import { commands, isEnabled } from '../commands/registry.ts';
import { searchKinds } from '../canvas/insert-search.ts';
import { createTestWorkbench } from '../stores/workbench.test-support.ts';
import { searchEntries } from './search-entries.ts';

const pages = import.meta.glob<string>('../../docs/systems.md', { query: '?raw', import: 'default', eager: true });

/** Every system that is reproduced: its name in its original package, and the kinds that it is here. */
const systems = [
  ...Object.values(pages)
    .join('\n')
    .matchAll(/^\| (?!system )(?:\w+\.)?(\w+) \| (.*?) \|/gm),
].map(([, name = '', where = '']) => ({
  name,
  kinds: [...where.matchAll(/\(`([a-z-]+\/[\w-]+)`\)/g)].map(([, id = '']) => id),
}));

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

  it('given the name of any system in its original package, then search finds where it is', () => {
    const { services } = createTestWorkbench();
    expect(systems.length).toBeGreaterThan(80);
    const found = (name: string) => searchEntries(services, name).some(({ group }) => group !== 'Example');
    expect(systems.filter(({ name }) => !found(name))).toEqual([]);
  });

  it('given the name of a system that is a block, then the palette has that block', () => {
    const { catalogue } = createTestWorkbench().services;
    const found = ({ name, kinds }: (typeof systems)[number]) =>
      searchKinds(catalogue, name, undefined).some(({ kind }) => kinds.includes(kind.id));
    // Cases of several populations of equations have no name of a class.
    const blocks = systems.filter(
      ({ name, kinds }) => name !== 'network' && kinds.some((id) => !id.startsWith('connectors/')),
    );
    expect(blocks.filter((system) => !found(system))).toEqual([]);
  });
});
