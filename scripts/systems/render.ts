/** The page docs/systems.md, made from the systems that reference cases are run with and from the cases in the repository. */
import type { System } from '../../engine/conform/system.ts';

/** What the page tells of a system. */
export interface SystemRow {
  readonly system: System;
  /** Reference cases in the repository; a test runs each on both targets. */
  readonly cases: number;
  /** Titles of its kinds by their id. */
  titleOf(kind: string): string | undefined;
}

const headings: Readonly<Record<string, string>> = {
  rockpool: 'Rockpool 1.0.7',
  rockpool2: 'Rockpool 2.9.2.2',
  norse: 'norse',
  reservoirpy: 'reservoirpy 0.4.2',
  lsm: 'Liquid state machines (mlx-snn)',
  equations: 'Equations (Brian2)',
};

/** Systems that cannot run in their package. */
type WithoutCases = Required<Pick<System, 'id' | 'where' | 'deviations'>>;

/** The page as Markdown. */
export function renderSystems(
  rows: readonly SystemRow[],
  without: readonly WithoutCases[],
  titleOf: SystemRow['titleOf'],
): string {
  const groups = Object.entries(headings).map(([group, heading]) => {
    const own = rows.filter(({ system }) => system.id.startsWith(`${group}.`));
    return [
      '',
      `## ${heading}`,
      '',
      '| system | here | cases passed | otherwise than the original, and why |',
      '|---|---|--:|---|',
      ...own.map(rowOf),
    ];
  });
  const cases = rows.reduce((sum, row) => sum + row.cases, 0);
  return [
    '# Systems reproduced',
    '',
    `Generated from \`engine/conform/systems/\` and \`e2e/cases/\`; a test compares it (\`WRITE_SYSTEMS=1 npx vitest run scripts/systems\` writes it anew). ${rows.length} systems with ${cases} reference cases, computed by the original packages; \`npm test\` runs each on both targets and refuses any that fails, as does \`spikeloom conform e2e/cases\`.`,
    '',
    'A kind (`layers/…`) stands in the palette under its title and has a help page with its equations and switches; a function stands in `engine/`.',
    ...groups.flat(),
    '',
    '## Without reference cases',
    '',
    'These cannot run in the original packages; tests beside the code compare them with sums written out.',
    '',
    '| system | here | how |',
    '|---|---|---|',
    ...without.map(({ id, where, deviations }) => tableRow([id, placesOf(where, titleOf), deviations.join('<br>')])),
    '',
  ].join('\n');
}

function rowOf({ system, cases, titleOf }: SystemRow): string {
  const name = system.id.slice(system.id.indexOf('.') + 1);
  return tableRow([name, placesOf(system.where, titleOf), String(cases), (system.deviations ?? []).join('<br>')]);
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.map(cell).join(' | ')} |`;
}

function placesOf(where: readonly string[], titleOf: SystemRow['titleOf']): string {
  return where.map((place) => placeOf(place, titleOf)).join('<br>');
}

function placeOf(place: string, titleOf: SystemRow['titleOf']): string {
  const title = titleOf(place);
  if (title !== undefined) return `${title} (\`${place}\`)`;
  const [file = '', name = ''] = place.split(' ');
  return `\`${name}\` of \`${file}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
