/** Updates: nothing is asked or loaded until a place to publish at is configured in the package. */
import type { UpdateState } from '../../engine/platform/host.ts';

export interface UpdateConfiguration {
  /** The program runs from a package, not from its source. */
  readonly packaged: boolean;
  /** The package names a place where newer ones are published (`app-update.yml`). */
  readonly published: boolean;
}

/** What asks for newer versions. */
export interface Updater {
  /** The version that is newer than this one; undefined when there is none. */
  newerVersion(): Promise<string | undefined>;
}

export interface UpdateOutside {
  readonly configuration: UpdateConfiguration;
  /** A run or a recording is going on, which nothing must disturb. */
  busy(): boolean;
  /** Loads the updater. */
  load(): Promise<Updater>;
}

/** Why nothing is asked; undefined when it is. */
export function updatesOff({ packaged, published }: UpdateConfiguration): string | undefined {
  if (!packaged) return 'Spikeloom runs from its source';
  return published ? undefined : 'no place for updates is configured';
}

/** Whether there is a newer version. It is never fetched or installed unasked. */
export function createUpdateCheck({ configuration, busy, load }: UpdateOutside): () => Promise<UpdateState> {
  return async () => {
    const reason = updatesOff(configuration) ?? (busy() ? 'a run is going on' : undefined);
    if (reason !== undefined) return { kind: 'off', reason };
    try {
      const version = await (await load()).newerVersion();
      return version === undefined ? { kind: 'current' } : { kind: 'available', version };
    } catch {
      return { kind: 'off', reason: 'the place for updates could not be reached' };
    }
  };
}
