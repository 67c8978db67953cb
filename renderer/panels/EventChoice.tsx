/** Which columns of a file say when an event is and on which channel. */
import { Select } from '../ui/Select.tsx';
import { timeUnits, type EventColumns } from './series-import.ts';
import type { SeriesSource } from './series-source.ts';

interface EventChoiceProps {
  readonly source: SeriesSource;
  readonly columns: EventColumns;
  onChange(columns: EventColumns): void;
}

/** Stands for no column; no column of a file is called so. */
const none = '\u0000none';

export function EventChoice({ source, columns, onChange }: EventChoiceProps) {
  const named = source.numeric.map((name) => ({ value: name, title: name }));
  return (
    <div className="import-timing">
      <span>Times</span>
      <Select
        label="Time column"
        value={columns.time}
        choices={named}
        onChange={(time) => onChange({ ...columns, time })}
      />
      <Select
        label="Unit of the times"
        mono
        value={columns.unit}
        choices={timeUnits.map((unit) => ({ value: unit, title: unit }))}
        onChange={(unit) => onChange({ ...columns, unit })}
      />
      <span>Channels</span>
      <Select
        label="Channel column"
        value={columns.channel ?? none}
        choices={[{ value: none, title: 'all on channel 0' }, ...named]}
        onChange={(channel) => onChange({ ...columns, channel: channel === none ? undefined : channel })}
      />
      {columns.channel !== undefined && (
        <Select
          label="First channel"
          value={String(columns.firstChannel)}
          choices={[
            { value: '0', title: 'counted from 0' },
            { value: '1', title: 'counted from 1' },
          ]}
          onChange={(first) => onChange({ ...columns, firstChannel: Number(first) })}
        />
      )}
    </div>
  );
}
