/** Where Spikeloom keeps what belongs to the user of this machine. */
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface UserFolders {
  /** Journals, settings, log: kept by Spikeloom itself. */
  readonly state: string;
  /** Projects saved from the browser mode, where a page cannot choose a path. */
  readonly projects: string;
}

/** The folders by the customs of the platform; SPIKELOOM_HOME puts both under one folder. */
export function userFolders(
  environment: NodeJS.ProcessEnv = process.env,
  platform: string = process.platform,
): UserFolders {
  const own = environment['SPIKELOOM_HOME'];
  if (own !== undefined && own !== '') return { state: join(own, 'state'), projects: join(own, 'projects') };
  return { state: stateFolder(environment, platform), projects: join(homedir(), 'Spikeloom') };
}

function stateFolder(environment: NodeJS.ProcessEnv, platform: string): string {
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Spikeloom');
  if (platform === 'win32') return join(environment['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Spikeloom');
  return join(environment['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'spikeloom');
}
