/** What search finds: commands that can be run now, blocks that are there, kinds of blocks to insert, weight generators, examples, sections of help. */
import { kindOf, type Family } from '../../engine/model/kind.ts';
import { searchKinds } from '../canvas/insert-search.ts';
import { openExample } from '../commands/file-gestures.ts';
import { shownKeys } from '../commands/key-map.ts';
import { commands, isEnabled } from '../commands/registry.ts';
import type { Services } from '../stores/services.ts';
import { findHelp } from './help/help-pages.ts';
import { insertKind } from './Palette.tsx';

export interface SearchEntry {
  readonly id: string;
  readonly group: string;
  readonly family?: Family;
  readonly title: string;
  readonly note: string;
  readonly keys?: string;
  run(): void;
}

/** All commands and examples fit. */
const mostEntries = 150;

export function searchEntries(services: Services, text: string): readonly SearchEntry[] {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (title: string, more: readonly string[]): boolean =>
    words.every((word) => [title, ...more].some((each) => each.toLowerCase().includes(word)));
  return [
    ...commandEntries(services, matches),
    ...(words.length > 0
      ? [...blockEntries(services, matches), ...kindEntries(services, text), ...generatorEntries(services, matches)]
      : []),
    ...exampleEntries(services, matches),
    ...(words.length > 0
      ? helpEntries(
          services,
          words.filter((word) => word !== 'help'),
        )
      : []),
  ].slice(0, mostEntries);
}

type Matches = (title: string, more: readonly string[]) => boolean;

function commandEntries(services: Services, matches: Matches): SearchEntry[] {
  return commands.entries
    .filter(
      (command) =>
        command.id !== 'view.search' &&
        isEnabled(command, services) &&
        matches(command.title, [...(command.words ?? []), command.group]),
    )
    .map((command) => {
      const keys = shownKeys(services.session.getState().keys, command.id);
      return {
        id: command.id,
        group: command.group,
        title: command.title,
        note: '',
        ...(keys === undefined ? {} : { keys }),
        run: () => command.run(services),
      };
    });
}

function blockEntries(services: Services, matches: Matches): SearchEntry[] {
  const { elements } = services.document.getState().document;
  return Object.values(elements).flatMap((element) => {
    const kind = kindOf(services.catalogue, element);
    if (!matches(element.name, [kind?.title ?? ''])) return [];
    return [
      {
        id: element.id,
        group: 'Block',
        ...(kind === undefined ? {} : { family: kind.family }),
        title: element.name,
        note: 'Go to',
        run: () => services.selection.getState().revealOne(element.id, 'element'),
      },
    ];
  });
}

function kindEntries(services: Services, text: string): SearchEntry[] {
  return searchKinds(services.catalogue, text, undefined).map(({ kind }) => ({
    id: kind.id,
    group: 'Insert',
    family: kind.family,
    title: kind.title,
    note: 'Insert',
    run: () => insertKind(services, kind.id),
  }));
}

/** Generators belong to a matrix, which is where they are chosen; the help says so. */
function generatorEntries({ session, generators }: Services, matches: Matches): SearchEntry[] {
  const dialog = { kind: 'help', page: 'verbs', section: 'Weights, data and helpers' } as const;
  return generators.entries
    .filter(({ title, summary, keywords }) => matches(title, [...keywords, summary, 'weights']))
    .map(({ id, title }) => ({
      id: `generator ${id}`,
      group: 'Weights',
      title,
      note: 'Generate… at a matrix',
      run: () => session.getState().change({ dialog }),
    }));
}

function exampleEntries(services: Services, matches: Matches): SearchEntry[] {
  return services.examples
    .filter((example) => matches(example.title, ['example', example.summary]))
    .map((example) => ({
      id: `example ${example.id}`,
      group: 'Example',
      title: example.title,
      note: example.summary,
      run: () => void openExample(services, example, true),
    }));
}

function helpEntries({ session }: Services, words: readonly string[]): SearchEntry[] {
  return findHelp(words).map(({ section: { page, pageTitle, title }, line }) => ({
    id: `help ${page} ${title}`,
    group: 'Help',
    title: title === pageTitle ? title : `${pageTitle}: ${title}`,
    note: line,
    run: () => session.getState().change({ dialog: { kind: 'help', page, section: title } }),
  }));
}
