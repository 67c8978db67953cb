/** Series import: columns of a file as rows or events, or a series saved as such. A bad cell is told with line and column; nothing else happens then. */
import { useMemo, useState, type ReactNode } from 'react';
import { ok, type Result } from '../../engine/base/result.ts';
import { interpolationKinds, type InterpolationKind } from '../../engine/timeseries/continuous-series.ts';
import { importSeriesInto, type SeriesTarget } from '../commands/series-gestures.ts';
import { useServices } from '../stores/services.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Select } from '../ui/Select.tsx';
import { ColumnTable } from './ColumnTable.tsx';
import { EventChoice } from './EventChoice.tsx';
import {
  guessEvents,
  guessTiming,
  importColumns,
  importEvents,
  type EventColumns,
  type ImportedSeries,
  type SeriesTiming,
} from './series-import.ts';
import { openSource, type SeriesSource } from './series-source.ts';
import { SeriesPicture } from './SeriesPicture.tsx';
import { SeriesProblems } from './SeriesProblems.tsx';
import { TimingChoice } from './TimingChoice.tsx';

interface SeriesImportProps {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly target: SeriesTarget | undefined;
  readonly position: { readonly x: number; readonly y: number } | undefined;
  onClose(): void;
}

const refusal = 'Nothing was imported.';

export function SeriesImport({ name, bytes, target, position, onClose }: SeriesImportProps) {
  const services = useServices();
  const opened = useMemo(() => openSource(name, bytes), [name, bytes]);
  const take = (taken: ImportedSeries) => importSeriesInto(services, taken, name, target, position);
  return (
    <Dialog open title={`Import ${name}`} wide onClose={onClose}>
      {!opened.ok ? (
        <>
          <div className="dialog-body">
            <SeriesProblems title={refusal} problems={opened.problems} />
          </div>
          <div className="dialog-actions">
            <Button onClick={onClose}>Close</Button>
          </div>
        </>
      ) : opened.value.saved === undefined ? (
        <TableForm source={opened.value} take={take} onClose={onClose} />
      ) : (
        <SavedForm source={opened.value} take={take} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface FormProps {
  readonly source: SeriesSource;
  take(taken: ImportedSeries): ReturnType<typeof importSeriesInto>;
  onClose(): void;
}

/** A series that a file holds with its settings: nothing is to be chosen. */
function SavedForm({ source, take, onClose }: FormProps) {
  const { saved } = source;
  const result = useMemo<Result<ImportedSeries> | undefined>(
    () => (saved === undefined ? undefined : ok({ series: saved.series, everyStep: false, source: source.name })),
    [saved, source],
  );
  if (result === undefined) return null;
  return (
    <ImportForm result={result} take={take} onClose={onClose}>
      <p className="import-lead">
        A saved {saved?.series.type === 'events' ? 'TSEvent' : 'TSContinuous'}
        {saved?.name === undefined || saved.name === '' ? '' : `, “${saved.name}”`}; its settings are kept.
      </p>
    </ImportForm>
  );
}

function TableForm({ source, take, onClose }: FormProps) {
  const [events, setEvents] = useState<EventColumns | undefined>(() => guessEvents(source));
  const [timing, setTiming] = useState<SeriesTiming>(() => guessTiming(source));
  const [kind, setKind] = useState<InterpolationKind>('linear');
  const [columns, setColumns] = useState<readonly string[]>(() => firstChoice(source, guessTiming(source)));
  const result = useMemo(
    () => (events === undefined ? importColumns(source, columns, timing, kind) : importEvents(source, events)),
    [source, columns, timing, kind, events],
  );

  function toggle(column: string): void {
    const next = new Set(columns);
    if (!next.delete(column)) next.add(column);
    setColumns(source.columns.filter((each) => next.has(each)));
  }

  const [firstColumn = ''] = source.numeric;
  const usual: EventColumns = { time: firstColumn, unit: 's', channel: source.numeric[1], firstChannel: 0 };
  return (
    <ImportForm result={result} take={take} onClose={onClose}>
      <div className="import-timing">
        <span>Each line is</span>
        <Select
          label="What each line is"
          value={events === undefined ? 'rows' : 'events'}
          choices={[
            { value: 'rows', title: 'a row of values' },
            { value: 'events', title: 'an event' },
          ]}
          onChange={(next) => setEvents(next === 'events' ? (guessEvents(source) ?? usual) : undefined)}
        />
        {events === undefined && <span>The chosen columns become channels.</span>}
      </div>
      <ColumnTable
        source={source}
        columns={events === undefined ? columns : []}
        named={namedColumns(events, timing)}
        onToggle={events === undefined ? toggle : undefined}
      />
      {events === undefined ? (
        <>
          {result.ok && <BatchNote members={result.value.members} />}
          <TimingChoice source={source} timing={timing} onChange={setTiming} />
          <InterpolationChoice value={kind} onChange={setKind} />
        </>
      ) : (
        <EventChoice source={source} columns={events} onChange={setEvents} />
      )}
    </ImportForm>
  );
}

function namedColumns(events: EventColumns | undefined, timing: SeriesTiming): Readonly<Record<string, string>> {
  if (events === undefined) return timing.kind === 'column' ? { [timing.column]: 'time' } : {};
  return { ...(events.channel === undefined ? {} : { [events.channel]: 'channel' }), [events.time]: 'time' };
}

/** What is made of an array with members. */
function BatchNote({ members }: { readonly members: number | undefined }) {
  if (members === undefined) return null;
  return (
    <p className="import-lead">
      The columns are of {members} members: the batch size becomes {members}.
    </p>
  );
}

interface InterpolationChoiceProps {
  readonly value: InterpolationKind;
  onChange(value: InterpolationKind): void;
}

function InterpolationChoice({ value, onChange }: InterpolationChoiceProps) {
  return (
    <div className="import-timing">
      <span>Between rows</span>
      <Select
        label="Between rows"
        value={value}
        choices={interpolationKinds
          .filter((kind) => kind !== 'zero')
          .map((kind) => ({ value: kind, title: interpolationWords[kind] }))}
        onChange={(next) => onChange(next as InterpolationKind)}
      />
    </div>
  );
}

const interpolationWords: Readonly<Record<InterpolationKind, string>> = {
  linear: 'straight line',
  previous: 'hold the previous row',
  zero: 'hold the previous row',
  next: 'take the next row',
  nearest: 'take the nearest row',
  quadratic: 'quadratic spline',
  cubic: 'cubic spline',
};

interface ImportFormProps extends Omit<FormProps, 'source'> {
  readonly result: Result<ImportedSeries>;
  readonly children: ReactNode;
}

/** The choices, a picture of what they give or what is wrong with them, and Import. */
function ImportForm({ result, take, onClose, children }: ImportFormProps) {
  const [refused, setRefused] = useState<ReturnType<FormProps['take']>>([]);
  const problems = result.ok ? refused : result.problems;
  return (
    <>
      <div className="dialog-body">
        {children}
        {result.ok && <SeriesPicture series={result.value.series} everyStep={result.value.everyStep} />}
        <SeriesProblems title={refusal} problems={problems} />
      </div>
      <div className="dialog-actions">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          onClick={() => {
            const found = result.ok ? take(result.value) : result.problems;
            setRefused(found);
            if (found.length === 0) onClose();
          }}
        >
          Import
        </Button>
      </div>
    </>
  );
}

/** All columns of numbers but those that count the rows' time (year, month, time); all of them when nothing else is left. */
function firstChoice(source: SeriesSource, timing: SeriesTiming): readonly string[] {
  const others = source.numeric.filter((name) => !(timing.kind === 'column' && name === timing.column));
  const values = others.filter((name) => !/^(year|month|day|date|index|row|jahr|monat|tag)$/i.test(name));
  return values.length > 0 ? values : others;
}
