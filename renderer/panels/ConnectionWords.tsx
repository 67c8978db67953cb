/** Says when the program behind this page was lost, ended, or is back; nothing while all is well. */
import { useEffect, useState } from 'react';
import { useServices } from '../stores/services.ts';

/** How long it is said that the connection is back, milliseconds. */
const shownBack = 8000;

type Connection = 'well' | 'lost' | 'ended' | 'back';

const words: Readonly<Record<Connection, string>> = {
  well: '',
  lost: 'connection lost, trying again',
  ended: 'program ended: start it again and open its link; edits stay in this page',
  back: 'connected again',
};

export function ConnectionWords() {
  const { host } = useServices();
  const [connection, setConnection] = useState<Connection>('well');
  useEffect(() => {
    const watching = host.onConnection((connected, ended) =>
      setConnection(connected ? 'back' : ended ? 'ended' : 'lost'),
    );
    return () => watching.dispose();
  }, [host]);
  useEffect(() => {
    if (connection !== 'back') return undefined;
    const timer = setTimeout(() => setConnection('well'), shownBack);
    return () => clearTimeout(timer);
  }, [connection]);
  // Always there, so that a change of its words is read out, once.
  return (
    <span
      role="status"
      className="status-connection"
      data-wrong={connection === 'lost' || connection === 'ended' || undefined}
    >
      {words[connection]}
    </span>
  );
}
