/** Matrices and series: their shape and origin, a small picture, and where to import or generate them. */
import type { ArrayRecord } from '../../engine/model/document.ts';
import type { ParameterSpec } from '../../engine/model/kind.ts';
import type { ArrayReference, ParameterValue } from '../../engine/model/value.ts';
import { importSeries } from '../commands/file-gestures.ts';
import { useServices } from '../stores/services.ts';
import { Button } from '../ui/Button.tsx';
import { ArrayPicture } from './ArrayPicture.tsx';
import { GenerateButton } from './GenerateButton.tsx';
import { SeriesMenu } from './SeriesMenu.tsx';
import type { ParameterOwner, ShownParameter } from './parameter-owner.ts';

interface ArrayControlProps {
  readonly form: ParameterOwner;
  readonly spec: ParameterSpec;
  readonly shown: ShownParameter;
}

export function ArrayControl({ form, spec, shown }: ArrayControlProps) {
  const reference = arrayReference(shown.value);
  const record = reference === undefined ? undefined : form.arrays[reference.array];
  return (
    <div className="array-control">
      {record === undefined ? (
        <p className="array-none">{shown.several ? 'Several' : emptyWords(form, spec)}</p>
      ) : (
        <ArraySummary record={record} unit={reference?.unit ?? '1'} type={spec.type} />
      )}
      {spec.type === 'matrix' && <GenerateButton form={form} spec={spec} record={record} />}
      <ImportButton form={form} spec={spec} present={record !== undefined} />
      {shown.problem !== undefined && (
        <p className="entry-reason">{[shown.problem.message, shown.problem.hint].filter(Boolean).join(' ')}</p>
      )}
    </div>
  );
}

function emptyWords({ kind }: ParameterOwner, spec: ParameterSpec): string {
  if (spec.type === 'matrix') return absentWords(spec);
  return kind.parameters.find(({ type }) => type === 'series') === spec ? 'No numbers yet' : 'None of their own';
}

/** What the layer takes instead of a matrix, as a line of its own. */
function absentWords({ absent }: ParameterSpec): string {
  if (absent === undefined) return 'Not given';
  return `Not given: ${absent}`;
}

function arrayReference(value: ParameterValue | undefined): ArrayReference | undefined {
  return typeof value === 'object' && value !== null && 'array' in value ? value : undefined;
}

/** Only a series of one element is imported from a file; all that belongs to it comes with its first parameter. */
function ImportButton({
  form,
  spec,
  present,
}: Pick<ArrayControlProps, 'form' | 'spec'> & { readonly present: boolean }) {
  const services = useServices();
  const [only] = form.ids;
  const [first] = form.kind.parameters.filter(({ type }) => type === 'series');
  if (spec !== first || form.owner !== 'element' || only === undefined || form.readOnly) return null;
  return (
    <span className="array-buttons">
      <Button icon="import" onClick={() => void importSeries(services, { element: only, parameter: spec.name })}>
        {present ? 'Replace…' : 'Import CSV or npz…'}
      </Button>
      {present && form.ids.length === 1 && <SeriesMenu element={only} />}
    </span>
  );
}

function ArraySummary({
  record,
  unit,
  type,
}: {
  readonly record: ArrayRecord;
  readonly unit: string;
  readonly type: ParameterSpec['type'];
}) {
  const [rows = 1, columns = 1] = record.shape;
  const words =
    type === 'series'
      ? `${rows} rows · ${columns} ${columns === 1 ? 'channel' : 'channels'}`
      : record.shape.join(' × ');
  return (
    <>
      <ArrayPicture record={record} />
      <p className="array-words mono">
        {words}
        {unit === '1' || unit === '' ? '' : ` · ${unit}`}
      </p>
      {record.source !== undefined && <p className="array-source">{record.source}</p>}
    </>
  );
}
