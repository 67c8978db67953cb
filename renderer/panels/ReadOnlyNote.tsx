/** Says beside the project's name why it cannot be changed, and offers what can be done about it. */
import { settleElsewhere } from '../commands/sharing-gestures.ts';
import { useDocument, useServices } from '../stores/services.ts';
import { Tooltip } from '../ui/Tooltip.tsx';
import './work-dialogs.css';

export function ReadOnlyNote() {
  const services = useServices();
  const reason = useDocument((state) => state.readOnly);
  if (reason === undefined) return null;
  if (reason === 'newer')
    return (
      <Tooltip text="Update Spikeloom to change and save it.">
        <span className="chip" tabIndex={0}>
          <span>
            <span className="chip-reason">Written by a newer version –</span> read-only
          </span>
        </span>
      </Tooltip>
    );
  return (
    <Tooltip text="Take it over here, or save a copy">
      <button type="button" className="chip elsewhere-note" onClick={() => void settleElsewhere(services, 'viewing')}>
        <span>
          <span className="chip-reason">Open in another window –</span> read-only
        </span>
      </button>
    </Tooltip>
  );
}
