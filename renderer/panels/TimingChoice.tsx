/** Where the times of imported rows come from: steps, a sample rate, or a column. */
import { Select } from '../ui/Select.tsx';
import { TextField } from '../ui/TextField.tsx';
import { timeUnits, type SeriesTiming } from './series-import.ts';
import type { SeriesSource } from './series-source.ts';

interface TimingChoiceProps {
  readonly source: SeriesSource;
  readonly timing: SeriesTiming;
  onChange(timing: SeriesTiming): void;
}

const kinds = [
  { value: 'steps', title: 'One row per time step' },
  { value: 'rate', title: 'At a sample rate' },
  { value: 'column', title: 'Times in a column' },
];

export function TimingChoice({ source, timing, onChange }: TimingChoiceProps) {
  const [firstColumn] = source.numeric;
  return (
    <div className="import-timing">
      <span>Times</span>
      <Select
        label="Where the times come from"
        value={timing.kind}
        choices={firstColumn === undefined || source.numeric.length < 2 ? kinds.slice(0, 2) : kinds}
        onChange={(kind) => {
          if (kind === 'rate') onChange({ kind, hertz: 1000 });
          else if (kind === 'column' && firstColumn !== undefined)
            onChange({ kind, column: firstColumn, unit: 's', fromZero: true });
          else onChange({ kind: 'steps' });
        }}
      />
      {timing.kind === 'rate' && (
        <TextField
          label="Sample rate"
          mono
          className="import-rate"
          suffix="Hz"
          inputMode="decimal"
          defaultValue={String(timing.hertz)}
          wrong={!(timing.hertz > 0)}
          onChange={(event) => onChange({ kind: 'rate', hertz: Number(event.target.value) })}
        />
      )}
      {timing.kind === 'column' && (
        <>
          <Select
            label="Time column"
            value={timing.column}
            choices={source.numeric.map((name) => ({ value: name, title: name }))}
            onChange={(column) => onChange({ ...timing, column })}
          />
          <Select
            label="Unit of the times"
            mono
            value={timing.unit}
            choices={timeUnits.map((unit) => ({ value: unit, title: unit }))}
            onChange={(unit) => onChange({ ...timing, unit })}
          />
          <Select
            label="Where the times begin"
            value={timing.fromZero === true ? 'zero' : 'file'}
            choices={[
              { value: 'zero', title: 'from the first row on' },
              { value: 'file', title: 'as in the file' },
            ]}
            onChange={(begin) => onChange({ ...timing, fromZero: begin === 'zero' })}
          />
        </>
      )}
    </div>
  );
}
