/** Series import: choose columns and times of a file of numbers. A bad cell is told with line and column; nothing else happens then. */
import { useMemo, useState } from 'react';
import type { Problem } from '../../engine/base/problem.ts';
import { importSeriesInto, type SeriesTarget } from '../commands/series-gestures.ts';
import { useServices } from '../stores/services.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Icon } from '../ui/icons.tsx';
import { guessTiming, importColumns, type SeriesTiming } from './series-import.ts';
import { openSource, type SeriesSource } from './series-source.ts';
import { TimingChoice } from './TimingChoice.tsx';

interface SeriesImportProps {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly target: SeriesTarget | undefined;
  readonly position: { readonly x: number; readonly y: number } | undefined;
  onClose(): void;
}

export function SeriesImport({ name, bytes, target, position, onClose }: SeriesImportProps) {
  const opened = useMemo(() => openSource(name, bytes), [name, bytes]);
  return (
    <Dialog open title={`Import ${name}`} wide onClose={onClose}>
      {opened.ok ? (
        <ImportForm source={opened.value} target={target} position={position} onClose={onClose} />
      ) : (
        <>
          <div className="dialog-body">
            <ImportProblems problems={opened.problems} />
          </div>
          <div className="dialog-actions">
            <Button onClick={onClose}>Close</Button>
          </div>
        </>
      )}
    </Dialog>
  );
}

type ImportFormProps = Pick<SeriesImportProps, 'target' | 'position' | 'onClose'> & { readonly source: SeriesSource };

function ImportForm({ source, target, position, onClose }: ImportFormProps) {
  const services = useServices();
  const [timing, setTiming] = useState<SeriesTiming>(() => guessTiming(source));
  const [columns, setColumns] = useState<readonly string[]>(() => firstChoice(source, guessTiming(source)));
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const timeColumn = timing.kind === 'column' ? timing.column : undefined;

  function toggle(column: string): void {
    const next = new Set(columns);
    if (!next.delete(column)) next.add(column);
    setColumns(source.columns.filter((each) => next.has(each)));
    setProblems([]);
  }

  function take(): void {
    const result = importColumns(source, columns, timing);
    const refused = result.ok
      ? importSeriesInto(services, result.value, source.name, target, position)
      : result.problems;
    setProblems(refused);
    if (refused.length > 0 || !result.ok) return;
    onClose();
    if (result.value.resampled)
      services.session
        .getState()
        .notify('info', 'The rows were not evenly spaced', [
          'They were read off at even times, with straight lines between them.',
        ]);
  }

  return (
    <>
      <div className="dialog-body">
        <p className="import-lead">Choose the columns to play. Each becomes a channel.</p>
        <ColumnTable source={source} columns={columns} timeColumn={timeColumn} onToggle={toggle} />
        <TimingChoice
          source={source}
          timing={timing}
          onChange={(next) => {
            setTiming(next);
            setProblems([]);
          }}
        />
        <ImportProblems problems={problems} />
      </div>
      <div className="dialog-actions">
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" disabled={columns.filter((column) => column !== timeColumn).length === 0} onClick={take}>
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

interface ColumnTableProps {
  readonly source: SeriesSource;
  readonly columns: readonly string[];
  readonly timeColumn: string | undefined;
  onToggle(column: string): void;
}

function ColumnTable({ source, columns, timeColumn, onToggle }: ColumnTableProps) {
  return (
    <div className="import-table" role="region" aria-label="First rows" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {source.columns.map((column) => (
              <th key={column} scope="col">
                <label>
                  <input
                    type="checkbox"
                    checked={columns.includes(column) || column === timeColumn}
                    disabled={column === timeColumn}
                    onChange={() => onToggle(column)}
                  />
                  {column}
                </label>
                {column === timeColumn && <small>time</small>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="mono">
          {source.preview.map((row, index) => (
            <tr key={index}>
              {source.columns.map((column, place) => (
                <td key={column} data-chosen={columns.includes(column) || undefined}>
                  {row[place] ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ImportProblems({ problems }: { readonly problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <div className="import-problems" role="alert">
      <p className="import-problems-title">
        <Icon name="error" size={14} /> Nothing was imported.
      </p>
      <ul>
        {problems.slice(0, 6).map((found, index) => (
          <li key={index}>
            {found.message} {found.hint}
          </li>
        ))}
        {problems.length > 6 && <li>… and {problems.length - 6} more.</li>}
      </ul>
    </div>
  );
}
