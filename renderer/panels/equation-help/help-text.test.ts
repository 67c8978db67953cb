/** Help pages: their forms are read, and the page on equations says what the language has. */
import { describe, expect, it } from 'vitest';
import { builtinFunctions } from '../../../engine/equations/functions.ts';
import { helpPage } from './help-pages.ts';
import { helpBlocks, helpParts } from './help-text.ts';

describe('help pages', () => {
  it('given headings, text, lists and tables, then each is a block', () => {
    expect(helpBlocks('# A\n\ntext\nmore\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |')).toEqual([
      { kind: 'heading', level: 1, text: 'A' },
      { kind: 'text', text: 'text more' },
      { kind: 'list', items: ['one', 'two'] },
      { kind: 'table', head: ['a', 'b'], rows: [['1', '2']] },
    ]);
  });

  it('given code and strong words, then they are parts; a power is none', () => {
    expect(helpParts('**Set** `x**2` to 2**3')).toEqual([
      { look: 'strong', text: 'Set' },
      { look: 'plain', text: ' ' },
      { look: 'code', text: 'x**2' },
      { look: 'plain', text: ' to 2**3' },
    ]);
  });

  it('given the page on equations, then every function of the language stands in it', () => {
    const page = helpPage('equations');
    for (const name of builtinFunctions.keys()) expect(page, name).toMatch(new RegExp(`\`${name}[\`(]`));
  });
});
