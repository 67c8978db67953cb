/** Project menu: the project's name, its files, examples, and what was open recently. */
import { useState } from 'react';
import type { FileReference } from '../../engine/platform/host.ts';
import { commandEntry } from '../canvas/command-entry.ts';
import { openExample, openRecent } from '../commands/file-gestures.ts';
import { useDocument, useServices, useSession, type Services } from '../stores/services.ts';
import { Icon, type IconName } from '../ui/icons.tsx';
import { Menu, type MenuEntry, type MenuGroup } from '../ui/Menu.tsx';

export function ProjectMenu() {
  const services = useServices();
  const [recent, setRecent] = useState<readonly FileReference[]>([]);
  const name = useDocument((state) => state.document.name);
  const changed = useDocument((state) => !state.saved);
  const file = useDocument((state) => state.file);
  // Other shortcuts are shown at once.
  useSession((state) => state.keys);
  const refresh = (): void => {
    void services.host.files.recent().then(setRecent, () => setRecent([]));
  };
  const title = name === '' ? 'Untitled' : name;
  return (
    <Menu
      groups={groupsOf(services, recent)}
      trigger={
        <button
          type="button"
          className="project-button"
          aria-label={`Project ${title}`}
          title={file?.name ?? 'Not saved to a file yet'}
          onPointerDown={refresh}
          onFocus={refresh}
        >
          <span className="project-name">{title}</span>
          {changed && <span className="project-changed" role="img" aria-label="has unsaved changes" />}
          <Icon name="down" size={12} />
        </button>
      }
    />
  );
}

function groupsOf(services: Services, recent: readonly FileReference[]): readonly MenuGroup[] {
  return [
    {
      entries: [
        entry(services, 'file.new', 'new'),
        entry(services, 'file.open', 'open'),
        entry(services, 'file.save', 'save'),
        entry(services, 'file.saveAs', 'saveAs'),
      ],
    },
    {
      entries: [
        entry(services, 'file.importSeries', 'import'),
        entry(services, 'file.insertBlocks'),
        entry(services, 'file.saveRockpool'),
        entry(services, 'file.saveGraph'),
        entry(services, 'file.rename'),
        runSettings(services),
      ],
    },
    {
      title: 'Examples',
      entries: services.examples.map((example) => ({
        id: example.id,
        title: example.title,
        detail: example.summary,
        icon: 'activity',
        run: () => void openExample(services, example, true),
      })),
    },
    {
      title: 'Recent',
      entries: [
        ...recent.slice(0, 8).map((each) => ({
          id: each.key,
          title: each.name,
          ...(each.folder === '' ? {} : { detail: each.folder }),
          run: () => void openRecent(services, each),
        })),
        entry(services, 'file.kept', 'history'),
      ],
    },
  ];
}

function entry(services: Services, id: string, icon?: IconName): MenuEntry {
  return commandEntry(services, id, icon === undefined ? {} : { icon });
}

function runSettings({ selection, session }: Services): MenuEntry {
  return {
    id: 'run-settings',
    title: 'Run settings',
    icon: 'settings',
    run() {
      selection.getState().clear();
      session.getState().change({ rightOpen: true });
    },
  };
}
