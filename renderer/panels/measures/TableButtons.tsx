/** Copies a table of results, or saves it as CSV. */
import { useState } from 'react';
import { useServices } from '../../stores/services.ts';
import { Button } from '../../ui/Button.tsx';

interface TableButtonsProps {
  /** Of the file. */
  readonly name: string;
  /** Heading first. */
  readonly rows: readonly (readonly string[])[];
}

export function TableButtons({ name, rows }: TableButtonsProps) {
  const { host, session } = useServices();
  const [copied, setCopied] = useState<TableButtonsProps['rows']>();
  const text = csvOf(rows);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(rows);
    session.getState().say('Copied');
  };
  const save = async (): Promise<void> => {
    const sort = { title: 'Table', extensions: ['csv'] };
    const saved = await host.files.saveAs(name, sort, new TextEncoder().encode(text));
    if (saved.ok) return;
    const reasons = saved.problems.map(({ message }) => message);
    session.getState().notify('error', `${name} was not saved`, reasons);
  };
  return (
    <div className="measure-buttons">
      <Button onClick={() => void copy()}>{copied === rows ? 'Copied' : 'Copy'}</Button>
      <Button onClick={() => void save()}>Save as CSV…</Button>
    </div>
  );
}

function csvOf(rows: TableButtonsProps['rows']): string {
  const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => `${row.map(cell).join(',')}\n`).join('');
}
