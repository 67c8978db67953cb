/** Compiled modules by their code: equal programs are compiled once. */

export interface ModuleCache {
  /** The module of the code, and whether it was there already. */
  moduleOf(code: Uint8Array<ArrayBuffer>): { readonly module: WebAssembly.Module; readonly hit: boolean };
}

interface Entry {
  readonly code: Uint8Array<ArrayBuffer>;
  readonly module: WebAssembly.Module;
}

/** A cache of the last `capacity` modules that were asked for. */
export function createModuleCache(capacity: number): ModuleCache {
  const entries = new Map<string, Entry>();
  return {
    moduleOf(code) {
      const key = `${code.length} ${hashOf(code)}`;
      const known = entries.get(key);
      const hit = known !== undefined && sameBytes(known.code, code);
      const entry = hit ? known : { code, module: new WebAssembly.Module(code) };
      entries.delete(key);
      entries.set(key, entry);
      const [oldest] = entries.keys();
      if (entries.size > capacity && oldest !== undefined) entries.delete(oldest);
      return { module: entry.module, hit };
    },
  };
}

/** FNV-1a over bytes. */
function hashOf(code: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of code) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, position) => byte === other[position]);
}
