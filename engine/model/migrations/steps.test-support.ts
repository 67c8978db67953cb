/** Made-up migrations, as they may come: records with renamed members, a group of another name, and the way back. */
import { currentVersions, type SpikeloomDocument } from '../document.ts';
import type { Migration, RawRecord } from './migrate.ts';

const rename =
  (from: string, to: string) =>
  (record: RawRecord): RawRecord => {
    const { [from]: value, ...rest } = record;
    return value === undefined ? record : { ...rest, [to]: value };
  };

/** Twice changed elements, one changed view, a document whose groups were called otherwise. */
export const steps: readonly Migration[] = [
  { name: 'element/3-label-to-name', sort: 'element', to: 3, migrate: rename('label', 'name') },
  { name: 'element/2-title-to-label', sort: 'element', to: 2, migrate: rename('title', 'label') },
  { name: 'view/2-panels-to-plots', sort: 'view', to: 2, migrate: rename('panels', 'plots') },
  { name: 'document/2-nodes-to-elements', sort: 'document', to: 2, migrate: rename('nodes', 'elements') },
];

/** Versions after the steps. */
export const stepVersions = { ...currentVersions, document: 2, element: 3, view: 2 };

/** The document as it was written before any of the steps. */
export function beforeSteps(document: SpikeloomDocument): RawRecord {
  const { elements, view, ...rest } = document;
  const nodes = Object.fromEntries(
    Object.entries(elements).map(([id, record]) => [id, rename('name', 'title')(record)]),
  );
  return { ...rest, nodes, view: rename('plots', 'panels')(view) };
}
