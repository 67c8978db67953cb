/** The bar at the top: project, transport, search, problems, theme. */
import { commandOf } from '../commands/registry.ts';
import { useCommandKeys } from '../commands/use-command-keys.ts';
import { shownTheme } from '../stores/session-store.ts';
import { useServices, useSession } from '../stores/services.ts';
import { IconButton } from '../ui/Button.tsx';
import { Icon } from '../ui/icons.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { ProblemsButton } from './ProblemsPanel.tsx';
import { ProjectMenu } from './ProjectMenu.tsx';
import { ReadOnlyNote } from './ReadOnlyNote.tsx';
import { Transport } from './Transport.tsx';

export function TopBar() {
  const services = useServices();
  const theme = useSession(shownTheme);
  const searchKeys = useCommandKeys('view.search');
  const themeKeys = useCommandKeys('view.theme');
  return (
    <header className="top-bar">
      <h1 className="brand">Spikeloom</h1>
      <span className="bar-rule" />
      <ProjectMenu />
      <ReadOnlyNote />
      <span className="bar-rule" />
      <Transport />
      <span className="bar-space" />
      <button type="button" className="bar-search" onClick={() => commandOf('view.search').run(services)}>
        <Icon name="search" size={14} />
        <span className="bar-search-word">Search</span> {searchKeys !== undefined && <Kbd keys={searchKeys} />}
      </button>
      <ProblemsButton />
      <IconButton
        icon={theme === 'light' ? 'dark' : 'light'}
        look="quiet"
        keys={themeKeys}
        label={`Switch to the ${theme === 'light' ? 'dark' : 'light'} theme`}
        onClick={() => commandOf('view.theme').run(services)}
      />
    </header>
  );
}
