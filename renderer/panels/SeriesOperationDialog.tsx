/** An operation on the series of a block: what it asks for, the series before and after it, and Apply. */
import { useMemo, useState } from 'react';
import { failed, type Result } from '../../engine/base/result.ts';
import { parametersOfSeries, seriesOfElement } from '../../engine/library/element-series.ts';
import type { Given, OperationField, Series } from '../../engine/library/series-operations/series-operation.ts';
import { elementsWithSeries } from '../commands/series-gestures.ts';
import { applySeries, operationsFor, seriesOf, type BlockOperation } from '../commands/series-operation-gestures.ts';
import { useDocument, useServices } from '../stores/services.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Select } from '../ui/Select.tsx';
import { Switch } from '../ui/Switch.tsx';
import { TextField } from '../ui/TextField.tsx';
import { SeriesPicture } from './SeriesPicture.tsx';
import { SeriesProblems } from './SeriesProblems.tsx';

interface SeriesOperationDialogProps {
  readonly element: string;
  readonly operation: string;
  onClose(): void;
}

export function SeriesOperationDialog({ element, operation, onClose }: SeriesOperationDialogProps) {
  const services = useServices();
  const document = useDocument((state) => state.document);
  const present = useMemo(() => seriesOfElement(document, element), [element, document]);
  const found = operationsFor(services, element).find(({ id }) => id === operation);
  if (found === undefined || present === undefined) return null;
  const name = document.elements[element]?.name ?? '';
  return (
    <Dialog open wide title={`${found.title.replace('…', '')}: ${name}`} description={found.summary} onClose={onClose}>
      {present.ok ? (
        <OperationForm element={element} operation={found} present={present.value} onClose={onClose} />
      ) : (
        <div className="dialog-body">
          <SeriesProblems title="This series cannot be changed." problems={present.problems} />
        </div>
      )}
    </Dialog>
  );
}

interface OperationFormProps {
  readonly element: string;
  readonly operation: BlockOperation;
  readonly present: Series;
  onClose(): void;
}

function OperationForm({ element, operation, present, onClose }: OperationFormProps) {
  const services = useServices();
  const others = useMemo(() => elementsWithSeries(services, present.type, element), [services, present, element]);
  const [given, setGiven] = useState<Given>({});
  const [other, setOther] = useState(operation.other === 'needed' ? (others[0]?.id ?? '') : '');
  const [refused, setRefused] = useState<Result<Series>['problems']>([]);
  const result = useMemo(
    () => outcome(operation, present, given, other === '' ? undefined : seriesOf(services, other)),
    [operation, present, given, other, services],
  );
  const set = (name: string, value: string): void => {
    setGiven({ ...given, [name]: value });
    setRefused([]);
  };
  const apply = (): void => {
    const problems = result.ok ? applySeries(services, element, result.value, operation.title) : result.problems;
    setRefused(problems);
    if (problems.length === 0) onClose();
  };
  const fields = operation.fields.filter(({ name }) => !(name === 'operand' && other !== ''));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <div className="dialog-body">
        <div className="series-form">
          {operation.other !== undefined && (
            <OtherRow operation={operation} others={others} value={other} onChange={setOther} />
          )}
          {fields.map((field) => (
            <FieldRow key={field.name} field={field} value={given[field.name] ?? field.start} set={set} />
          ))}
        </div>
        <SeriesPicture title="Before" series={present} />
        {result.ok && <SeriesPicture title="After" series={result.value} />}
        <SeriesProblems title="Nothing was changed." problems={result.ok ? refused : result.problems} />
      </div>
      <div className="dialog-actions">
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" type="submit">
          Apply
        </Button>
      </div>
    </form>
  );
}

/** What the operation gives, where it can be played. */
function outcome(
  operation: BlockOperation,
  present: Series,
  given: Given,
  other: Result<Series> | undefined,
): Result<Series> {
  if (other !== undefined && !other.ok) return other;
  const result = operation.apply(present, given, other?.value);
  if (!result.ok) return result;
  const playable = parametersOfSeries(result.value, { source: '' });
  return playable.ok ? result : failed(...playable.problems);
}

interface OtherRowProps {
  readonly operation: BlockOperation;
  readonly others: readonly { readonly id: string; readonly name: string }[];
  readonly value: string;
  onChange(id: string): void;
}

function OtherRow({ operation, others, value, onChange }: OtherRowProps) {
  const none = { value: '', title: operation.other === 'needed' ? 'choose a block' : 'a number' };
  return (
    <div className="series-row">
      <span>{operation.other === 'needed' ? 'Second series' : 'With'}</span>
      <Select
        label="Second series"
        value={value}
        choices={[none, ...others.map(({ id, name }) => ({ value: id, title: name }))]}
        onChange={onChange}
      />
    </div>
  );
}

interface FieldRowProps {
  readonly field: OperationField;
  readonly value: string;
  set(name: string, value: string): void;
}

function FieldRow({ field: { name, title, type, choices, empty }, value, set }: FieldRowProps) {
  return (
    <div className="series-row">
      <span>{title}</span>
      {type === 'flag' ? (
        <Switch label={title} checked={value === 'true'} onChange={(next) => set(name, String(next))} />
      ) : type === 'choice' ? (
        <Select label={title} value={value} choices={choices ?? []} onChange={(next) => set(name, next)} />
      ) : (
        <TextField
          label={title}
          mono
          value={value}
          placeholder={empty}
          onChange={(event) => set(name, event.target.value)}
        />
      )}
    </div>
  );
}
