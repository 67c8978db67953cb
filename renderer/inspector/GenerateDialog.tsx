/** Choosing a generator of weights: its form, a picture of what it gives for the seed, and Apply. */
import { useMemo, useState } from 'react';
import { problem } from '../../engine/base/problem.ts';
import { failed, type Result } from '../../engine/base/result.ts';
import { encodeArray } from '../../engine/model/arrays.ts';
import type { ParameterSpec } from '../../engine/model/kind.ts';
import type { NumericArray } from '../../engine/model/validated.ts';
import type { WeightGenerator, WeightRecipe } from '../../engine/model/weight-generator.ts';
import { useServices } from '../stores/services.ts';
import type { GenerateQuestion } from '../stores/session-store.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Select, type GroupedChoice } from '../ui/Select.tsx';
import { ArgumentRow } from './ArgumentRow.tsx';
import { ArrayPicture } from './ArrayPicture.tsx';
import type { NamedMatrix } from './named-matrices.ts';

interface GenerateDialogProps {
  readonly question: GenerateQuestion;
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

export function GenerateDialog({ question, onClose }: GenerateDialogProps) {
  const { title, start, present, others, apply } = question;
  const { generators } = useServices();
  const [recipe, setRecipe] = useState(start);
  const [taken, setTaken] = useState(others[0]?.id ?? '');
  const generator = generators.find(recipe.generator);
  const made = useMemo(
    () => draw(generator, recipe, [present, others.find(({ id }) => id === taken)?.matrix]),
    [generator, recipe, present, others, taken],
  );
  const give = (name: string, value: number | boolean | string): void =>
    setRecipe({ ...recipe, given: { ...recipe.given, [name]: value } });
  return (
    <Dialog open title={title} description={generator?.summary ?? ''} onClose={onClose}>
      <div className="dialog-body generate-form">
        <Select
          label="Generator"
          value={recipe.generator}
          choices={choicesOf(generators.entries, present !== undefined)}
          onChange={(id) => setRecipe(changed(recipe, id, generators.find(id)))}
        />
        {generator !== undefined && <Arguments {...{ generator, recipe, give, others, taken }} take={setTaken} />}
        {generator?.fixed !== true && (
          <ArgumentRow
            spec={seedSpec}
            value={recipe.seed}
            set={(_, seed) => setRecipe({ ...recipe, seed: Number(seed) })}
          />
        )}
        <Preview made={made} />
        <p className="array-source">{generator?.source}</p>
      </div>
      <div className="dialog-actions">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          disabled={!made.ok}
          onClick={() => made.ok && apply(complete(recipe, generator), made.value) && onClose()}
        >
          Apply
        </Button>
      </div>
    </Dialog>
  );
}

interface ArgumentsProps {
  readonly generator: WeightGenerator;
  readonly recipe: WeightRecipe;
  readonly others: readonly NamedMatrix[];
  /** Id of the second matrix. */
  readonly taken: string;
  give(name: string, value: number | boolean | string): void;
  take(id: string): void;
}

/** What the generator asks for. */
function Arguments({ generator, recipe, others, taken, give, take }: ArgumentsProps) {
  const [, second] = generator.takes ?? [];
  return (
    <>
      {second !== undefined && <TakenMatrix words={second} others={others} value={taken} onChange={take} />}
      {generator.parameters.map((spec) => (
        <ArgumentRow
          key={`${generator.id} ${spec.name}`}
          spec={spec}
          value={recipe.given[spec.name] ?? spec.default}
          set={give}
        />
      ))}
    </>
  );
}

function draw(
  generator: WeightGenerator | undefined,
  { given, seed }: WeightRecipe,
  matrices: readonly (NumericArray | undefined)[],
): Result<NumericArray> {
  if (generator === undefined) return failed(problem('generator/invalid', 'This generator is not known.'));
  return generator.generate(
    given,
    seed,
    matrices.filter((matrix) => matrix !== undefined),
  );
}

/** What makes a matrix, and what changes one where there is one. */
function choicesOf(entries: readonly WeightGenerator[], present: boolean): readonly GroupedChoice[] {
  const choice = ({ id, title }: WeightGenerator, group: string) => ({ value: id, title, group });
  const makers = entries.filter(({ takes }) => takes === undefined).map((each) => choice(each, 'Make a matrix'));
  if (!present) return makers;
  const changes = entries.filter(({ takes }) => takes !== undefined);
  return [...makers, ...changes.map((each) => choice(each, 'Change the matrix that is there'))];
}

interface TakenMatrixProps {
  readonly words: string;
  readonly others: readonly NamedMatrix[];
  readonly value: string;
  onChange(id: string): void;
}

function TakenMatrix({ words, others, value, onChange }: TakenMatrixProps) {
  return (
    <div className="generate-row" data-argument="taken">
      <span>{words}</span>
      <Select
        label={words}
        value={value}
        choices={others.map(({ id, name }) => ({ value: id, title: name }))}
        onChange={onChange}
      />
    </div>
  );
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
