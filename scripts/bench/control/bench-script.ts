/** Where `npm run bench` puts its scripts. */
import { join } from 'node:path';
import { repository } from '../measure-project.ts';

export function benchScript(name: string): string {
  return join(repository, '.cache', 'bench', `${name}.mjs`);
}
