/** Hash of the model: names a build. What only concerns people (view, names, sources, speed) does not count. */
import { sha256OfText } from '../base/sha256.ts';
import { canonicalJson } from '../base/canonical-json.ts';
import { arrayDigest } from './arrays.ts';
import type { ArrayRecord, SpikeloomDocument } from './document.ts';

const digests = new WeakMap<ArrayRecord, string>();

function digestOf(record: ArrayRecord): string {
  let digest = digests.get(record);
  if (digest === undefined) {
    digest = arrayDigest(record);
    digests.set(record, digest);
  }
  return digest;
}

/**
 * SHA-256 (64 hexadecimal letters) over run settings without speed, elements without names, connections, probes and
 * arrays. The order of records counts, since channels lie side by side in it.
 */
export function modelHash(document: SpikeloomDocument): string {
  const { timeStep, duration, seed } = document.run;
  return sha256OfText(
    canonicalJson({
      run: { timeStep, duration, seed },
      elements: Object.values(document.elements).map(({ id, kind, parameters, timeStep: own }) => ({
        ...{ id, kind, parameters },
        ...(own === undefined ? {} : { timeStep: own }),
      })),
      connections: Object.values(document.connections),
      probes: Object.values(document.probes),
      arrays: Object.values(document.arrays)
        .map((record) => [record.id, digestOf(record)])
        .sort(),
    }),
  );
}

/** SHA-256 of the whole document, view and names included. */
export function documentHash(document: SpikeloomDocument): string {
  return sha256OfText(canonicalJson(document));
}
