/** The form and the help of every kind of block: a row for each parameter with its unit, switches apart, equations and source. */
import { afterEach, expect, it } from 'vitest';
import { elementKinds } from '../../engine/library/library.ts';
import type { ParameterSpec } from '../../engine/model/kind.ts';
import { hasOwnEquations } from '../equation-editor/population-fields.ts';
import { mount, type Mounted } from '../stores/mounted.test-support.tsx';
import { createTestWorkbench } from '../stores/workbench.test-support.ts';
import { HelpTab } from './HelpTab.tsx';
import { parameterGroups } from './parameter-owner.ts';

let mounted: Mounted | undefined;
afterEach(() => mounted?.unmount());
const { services } = createTestWorkbench();

const kinds = elementKinds.entries.filter((kind) => !hasOwnEquations(kind)).map((kind) => [kind.id, kind] as const);

it.each(kinds)('%s', (_, kind) => {
  const help = mount(services, <HelpTab kind={kind} />);
  mounted = help;
  const groups = parameterGroups(kind);
  const rows = groups.flatMap(({ parameters }) => parameters.map(({ name }) => name));
  expect([...rows].sort()).toEqual(kind.parameters.map(({ name }) => name).sort());
  const switches = kind.parameters.filter(({ compatibility }) => compatibility === true);
  expect(groups.find(({ title }) => title === 'Compatibility')?.parameters ?? []).toEqual(switches);

  for (const spec of kind.parameters) expect(termsOf(help, spec), spec.name).toContain(termOf(spec));
  const words = help.host.textContent ?? '';
  expect(kind.source.length).toBeGreaterThan(3);
  expect(words).toContain(kind.source);
  if (kind.family !== 'stimuli') expect(kind.equations.length).toBeGreaterThan(0);
  for (const { description, title } of kind.parameters) expect(`${title} ${description}`).toMatch(/\w{3,}/);
});

/** What the help lists where the parameter belongs. */
function termsOf(help: Mounted, { compatibility }: ParameterSpec): readonly (string | null)[] {
  const title = compatibility === true ? 'Switches for compatibility' : 'Parameters';
  const section = help.findAll('section').find((each) => each.querySelector('h3')?.textContent === title);
  return [...(section?.querySelectorAll('dt') ?? [])].map(({ textContent }) => textContent);
}

function termOf({ name, unit = '1' }: ParameterSpec): string {
  return unit === '1' || unit === '' ? name : `${name} ${unit}`;
}
