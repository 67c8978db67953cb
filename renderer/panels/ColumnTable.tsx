/** The first rows of a file of numbers, with a box at each column that may be taken. */
import type { SeriesSource } from './series-source.ts';

interface ColumnTableProps {
  readonly source: SeriesSource;
  readonly columns: readonly string[];
  /** Columns that have another meaning, by name: they are not chosen here. */
  readonly named: Readonly<Record<string, string>>;
  /** Undefined where columns are not chosen one by one. */
  readonly onToggle: ((column: string) => void) | undefined;
}

export function ColumnTable({ source, columns, named, onToggle }: ColumnTableProps) {
  return (
    <div className="import-table" role="region" aria-label="First rows" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {source.columns.map((column) => (
              <th key={column} scope="col">
                {onToggle === undefined ? (
                  column
                ) : (
                  <label>
                    <input
                      type="checkbox"
                      checked={columns.includes(column) || column in named}
                      disabled={column in named}
                      onChange={() => onToggle(column)}
                    />
                    {column}
                  </label>
                )}
                {column in named && <small>{named[column]}</small>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="mono">
          {source.preview.map((row, index) => (
            <tr key={index}>
              {source.columns.map((column, place) => (
                <td key={column} data-chosen={columns.includes(column) || column in named || undefined}>
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
