/** Help pages: their forms are read, and the page on equations says what the language has. */
import { describe, expect, it } from 'vitest';
import { builtinFunctions } from '../../../engine/equations/functions.ts';
import { formOfClass } from '../../../engine/formats/rockpool-classes.ts';
import { rockpoolClasses } from '../../../engine/formats/rockpool-keys.ts';
import { integrationMethods } from '../../../engine/integration/index.ts';
import { calculation } from '../../../engine/library/connectors/synapse-parameters.ts';
import { elementKinds } from '../../../engine/library/library.ts';
import { runCommands } from '../../commands/run.ts';
import { findHelp, helpPage, helpPages, helpSections } from './help-pages.ts';
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

  it('given the section on integration, then every method to choose has a row', () => {
    const rows = helpSections('equations')
      .find(({ title }) => title === 'Integration')
      ?.blocks.at(-1);
    const named = rows?.kind === 'table' ? rows.rows.map(([name = '']) => name.toLowerCase()).join('; ') : '';
    const words = integrationMethods.entries
      .filter(({ id }) => id !== 'discrete')
      .map(({ choice }) => choice.toLowerCase().replace(/ \(.*\)$/u, ''));
    for (const word of words) expect(named).toContain(word.replace(/^runge–kutta 4$/u, '4'));
  });

  it('given the page on connections, then every parameter and choice of the calculation stands in it', () => {
    const page = helpPage('connections');
    for (const { name, choices = [] } of calculation) {
      expect(page).toContain(`\`${name}\``);
      for (const { title } of choices) {
        const said = title.startsWith('sparse') ? title : title.replace(/,.*$/u, '');
        expect(page).toContain(said === 'chosen by size' ? 'automatic' : `| ${said} |`);
      }
    }
  });

  it('given words on runs, then the page on running is found', () => {
    const titles = (...words: string[]): readonly string[] => findHelp(words).map(({ section }) => section.title);
    expect(titles('time', 'strip')[0]).toBe('Time strip');
    expect(titles('nan')).toContain('When numbers explode');
    expect(titles('guard')).toContain('When numbers explode');
    expect(titles('threads')[0]).toBe('Threads');
    expect(titles('jump', '128')).toEqual(['How far back']);
    for (const option of ['--threads', '--checkpoint', '--checkpoint-every', '--resume'])
      expect(titles(option)).toContain('Long runs on the command line');
    const keys = runCommands.flatMap(({ keys: [first] = [] }) => first ?? []).filter((key) => !key.includes('Mod'));
    for (const key of keys) expect(helpPage('running')).toContain(key.replace('Shift+', ''));
  });

  it('given the page of files, then it has every switch of the imported layers by its title', () => {
    const switches = rockpoolClasses.flatMap((className) => {
      const form = formOfClass(className);
      const { parameters = [] } = elementKinds.find(form?.kind ?? '') ?? {};
      return parameters.filter(({ name, compatibility }) => compatibility === true && form?.switches[name] === true);
    });
    expect(switches.length).toBeGreaterThan(4);
    for (const { title } of switches) expect(helpPage('files')).toContain(`**${title}**`);
    for (const className of rockpoolClasses) expect(helpPage('files')).toContain(className);
  });

  it('given every page, then it has one title and sections whose names differ', () => {
    for (const page of helpPages) {
      const titles = helpSections(page).map(({ title }) => title);
      expect(titles.length).toBeGreaterThan(2);
      expect(new Set(titles).size).toBe(titles.length);
    }
  });

  it('given words, then the sections that have them all are found with their line, titles first', () => {
    const [first] = findHelp(['milstein']);
    expect(first?.section.title).toBe('Integration');
    expect(first?.line).toMatch(/^Milstein: diagonal noise/u);
    expect(findHelp(['event-driven']).map(({ section }) => section.title)[0]).toBe('Event-driven cells');
    expect(findHelp(['milstein', 'int8'])).toEqual([]);
  });
});
