/** Files that the system asks to open: opened like any other, or refused with the reason. */
import type { Disposable } from '../../engine/base/disposable.ts';
import { openOpened, report } from '../commands/file-gestures.ts';
import type { Services } from '../stores/services.ts';

/** From now on such files are opened; those that came before come now. */
export function takeOpenedFiles(services: Services): Disposable {
  return services.host.window.onOpenFile((opened) => {
    if (opened.ok) void openOpened(services, opened.value);
    else report(services, 'The file could not be opened', opened.problems);
  });
}
