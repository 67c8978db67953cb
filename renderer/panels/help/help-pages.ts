/** The help pages that come with Spikeloom: their titles, their sections, and those that speak of some words. */
import type { HelpPage } from '../../stores/session-store.ts';
import { helpBlocks, plainText, type HelpBlock } from './help-text.ts';

const found = import.meta.glob<string>('../../../assets/help/*.md', { query: '?raw', import: 'default', eager: true });

export const helpPages: readonly HelpPage[] = [
  'equations',
  'connections',
  'running',
  'measures',
  'training',
  'series',
  'files',
  'verbs',
];

/** The text of a page, empty when there is none of the name. */
export function helpPage(name: string): string {
  return found[`../../../assets/help/${name}.md`] ?? '';
}

/** A heading of a page with what stands below it; the beginning of a page has the title of the page. */
export interface HelpSection {
  readonly page: HelpPage;
  readonly pageTitle: string;
  readonly title: string;
  readonly blocks: readonly HelpBlock[];
}

/** The sections of a page, its beginning first. */
export function helpSections(page: HelpPage): readonly HelpSection[] {
  const sections: { page: HelpPage; pageTitle: string; title: string; blocks: HelpBlock[] }[] = [];
  for (const block of helpBlocks(helpPage(page))) {
    if (block.kind !== 'heading') sections.at(-1)?.blocks.push(block);
    else sections.push({ page, pageTitle: sections[0]?.title ?? block.text, title: block.text, blocks: [] });
  }
  return sections;
}

export interface FoundHelp {
  readonly section: HelpSection;
  /** The line of the section that has most of the words. */
  readonly line: string;
}

/** Sections in which every word stands, those with the words in their title first. */
export function findHelp(words: readonly string[]): readonly FoundHelp[] {
  const titled = ({ section }: FoundHelp): number => wordsIn(section.title, words);
  return helpPages
    .flatMap(helpSections)
    .flatMap((section) => foundIn(section, words))
    .sort((a, b) => titled(b) - titled(a));
}

function foundIn(section: HelpSection, words: readonly string[]): readonly FoundHelp[] {
  const lines = section.blocks.flatMap(plainText);
  if (wordsIn([section.title, ...lines].join(' '), words) < words.length) return [];
  const [first = ''] = lines;
  const line = lines.reduce((best, each) => (wordsIn(each, words) > wordsIn(best, words) ? each : best), first);
  return [{ section, line }];
}

function wordsIn(text: string, words: readonly string[]): number {
  const lower = text.toLowerCase();
  return words.filter((word) => lower.includes(word)).length;
}
