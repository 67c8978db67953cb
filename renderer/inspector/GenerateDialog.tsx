/** Choosing a generator of weights: its form, a picture of what it gives for the seed, and Apply. */
import { useMemo, useState } from 'react';
import { problem } from '../../engine/base/problem.ts';
import { failed, ok, type Result } from '../../engine/base/result.ts';
import { encodeArray } from '../../engine/model/arrays.ts';
import type { ParameterSpec } from '../../engine/model/kind.ts';
import type { NumericArray } from '../../engine/model/validated.ts';
import type { WeightGenerator, WeightRecipe } from '../../engine/model/weight-generator.ts';
import { useServices } from '../stores/services.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Select } from '../ui/Select.tsx';
import { Switch } from '../ui/Switch.tsx';
import { ArrayPicture } from './ArrayPicture.tsx';
import { EntryField } from './EntryField.tsx';
import { readInteger, readQuantity } from './quantity-entry.ts';

interface GenerateDialogProps {
  readonly title: string;
  /** What the dialog begins with. */
  readonly start: WeightRecipe;
  onApply(recipe: WeightRecipe, made: NumericArray): void;
  onClose(): void;
}

const seedSpec: ParameterSpec = {
  name: 'seed',
  title: 'seed',
  description: 'Another seed gives another matrix of the same kind.',
  type: 'integer',
  default: 1,
  minimum: 0,
  maximum: 4_294_967_295,
};

export function GenerateDialog({ title, start, onApply, onClose }: GenerateDialogProps) {
  const { generators } = useServices();
  const [recipe, setRecipe] = useState(start);
  const generator = generators.find(recipe.generator);
  const made = useMemo(() => draw(generator, recipe), [generator, recipe]);
  const choices = generators.entries.map(({ id, title: name }) => ({ value: id, title: name }));
  const give = (name: string, value: number | boolean | string): void =>
    setRecipe({ ...recipe, given: { ...recipe.given, [name]: value } });
  return (
    <Dialog open title={title} description={generator?.summary ?? ''} onClose={onClose}>
      <div className="dialog-body generate-form">
        <Select
          label="Generator"
          value={recipe.generator}
          choices={choices}
          onChange={(id) => setRecipe(changed(recipe, id, generators.find(id)))}
        />
        {generator?.parameters.map((spec) => (
          <Row
            key={`${generator.id} ${spec.name}`}
            spec={spec}
            value={recipe.given[spec.name] ?? spec.default}
            set={give}
          />
        ))}
        <Row spec={seedSpec} value={recipe.seed} set={(_, seed) => setRecipe({ ...recipe, seed: Number(seed) })} />
        <Preview made={made} />
        <p className="array-source">{generator?.source}</p>
      </div>
      <div className="dialog-actions">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          disabled={!made.ok}
          onClick={() => made.ok && onApply(complete(recipe, generator), made.value)}
        >
          Apply
        </Button>
      </div>
    </Dialog>
  );
}

function draw(generator: WeightGenerator | undefined, { given, seed }: WeightRecipe): Result<NumericArray> {
  if (generator !== undefined) return generator.generate(given, seed);
  return failed(problem('generator/invalid', 'This generator is not known.'));
}

/** Another generator with the arguments that both have. */
function changed(recipe: WeightRecipe, id: string, next: WeightGenerator | undefined): WeightRecipe {
  const kept = Object.entries(recipe.given).filter(([name]) => next?.parameters.some((spec) => spec.name === name));
  return { generator: id, given: Object.fromEntries(kept), seed: recipe.seed };
}

/** The recipe with every argument, so that it stays the same whatever defaults become. */
function complete(recipe: WeightRecipe, generator: WeightGenerator | undefined): WeightRecipe {
  const defaults = Object.fromEntries(
    (generator?.parameters ?? []).map(({ name, default: value }) => [name, value ?? 0]),
  );
  return { ...recipe, given: { ...defaults, ...recipe.given } };
}

interface RowProps {
  readonly spec: ParameterSpec;
  readonly value: number | boolean | string | null;
  set(name: string, value: number | boolean | string): void;
}

function Row({ spec, value, set }: RowProps) {
  return (
    <div className="generate-row" data-argument={spec.name}>
      <span>{spec.title}</span>
      <Field spec={spec} value={value} set={set} />
    </div>
  );
}

function Field({ spec, value, set }: RowProps) {
  const label = spec.title;
  if (spec.type === 'boolean')
    return <Switch label={label} checked={value === true} onChange={(next) => set(spec.name, next)} />;
  if (spec.type === 'choice')
    return (
      <Select
        label={label}
        value={String(value)}
        choices={spec.choices ?? []}
        onChange={(next) => set(spec.name, next)}
      />
    );
  return (
    <EntryField<number>
      label={label}
      text={String(value)}
      read={(text) => readNumber(text, spec)}
      commit={(next) => {
        set(spec.name, next);
        return [];
      }}
    />
  );
}

function readNumber(text: string, spec: ParameterSpec): Result<number> {
  if (spec.type === 'integer') return readInteger(text, spec);
  const read = readQuantity(text, spec, '1');
  return read.ok ? ok(read.value.value) : read;
}

function Preview({ made }: { readonly made: Result<NumericArray> }) {
  const record = useMemo(() => (made.ok ? encodeArray(made.value.values, made.value.shape) : undefined), [made]);
  if (record !== undefined)
    return (
      <div className="generate-preview">
        <ArrayPicture record={record} />
        <p className="array-words mono">{record.shape.join(' × ')}</p>
      </div>
    );
  return (
    <p className="entry-reason" role="alert">
      {made.ok ? '' : made.problems.map(({ message, hint }) => [message, hint].filter(Boolean).join(' ')).join(' ')}
    </p>
  );
}
