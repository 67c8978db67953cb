/** The page of verbs names commands and kinds that exist. */
import { describe, expect, it } from 'vitest';
import { elementKinds } from '../../../engine/library/library.ts';
import { commands } from '../../commands/registry.ts';
import { helpSections } from './help-pages.ts';
import { helpParts } from './help-text.ts';

const table = helpSections('verbs')[0]?.blocks.find((block) => block.kind === 'table');
const rows = table?.kind === 'table' ? table.rows : [];
const known = new Set([
  ...commands.entries.map(({ title }) => title),
  ...elementKinds.entries.map(({ title }) => title),
]);

describe('the page of verbs', () => {
  it('has a row for every verb that the originals document', () => {
    const verbs = rows.map(([verb]) => verb).join(' ');
    const wanted = ['evolve', 'stream', 'reset_state', 'reset_time', 'reset_parameters', 'randomize_state', 'record'];
    for (const verb of [
      ...wanted,
      'to_dict',
      'save',
      'load',
      'train',
      'as_graph',
      'set_attributes',
      'kwargs_timeseries',
    ])
      expect(verbs).toContain(verb);
  });

  it.each(rows.map(([verb = '', here = '']) => [verb, here]))('given %s, then what is named here exists', (_, here) => {
    const named = helpParts(here).filter(({ look }) => look === 'strong');
    for (const { text } of named) expect([...known]).toContain(text);
  });
});
