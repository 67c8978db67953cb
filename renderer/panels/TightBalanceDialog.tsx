/** Asking for a tightly balanced network: one of two forms, pictures of its weights, and Create. */
import { useDeferredValue, useMemo, useState } from 'react';
import type { Result } from '../../engine/base/result.ts';
import { tightBalanceBlocks } from '../../engine/library/networks/tight-balance-blocks.ts';
import {
  tightBalanceForms,
  type DrivenNetwork,
  type GivenArguments,
  type TightBalanceForm,
} from '../../engine/library/networks/tight-balance-forms.ts';
import type { Matrix } from '../../engine/math/matrix.ts';
import { encodeArray } from '../../engine/model/arrays.ts';
import { printQuantity } from '../../engine/units/quantity.ts';
import { addTightBalance } from '../commands/network-gestures.ts';
import { ArrayPicture } from '../inspector/ArrayPicture.tsx';
import { namedMatrices } from '../inspector/named-matrices.ts';
import { useDocument, useServices } from '../stores/services.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Select } from '../ui/Select.tsx';
import { NetworkArgument } from './NetworkArgument.tsx';
import './tight-balance.css';

export function TightBalanceDialog({ onClose }: { onClose(): void }) {
  const [id, setId] = useState(tightBalanceForms[0]?.id);
  const form = tightBalanceForms.find((each) => each.id === id);
  if (form === undefined) return null;
  return (
    <Dialog open wide title="Tightly balanced network" description={form.summary} onClose={onClose}>
      <div className="dialog-body">
        <Select
          label="What is given"
          value={form.id}
          choices={tightBalanceForms.map(({ id: value, title }) => ({ value, title }))}
          onChange={(next) => setId(tightBalanceForms.find((each) => each.id === next)?.id)}
        />
      </div>
      <NetworkForm key={form.id} form={form} onClose={onClose} />
    </Dialog>
  );
}

function NetworkForm({ form, onClose }: { readonly form: TightBalanceForm; onClose(): void }) {
  const services = useServices();
  const [given, setGiven] = useState<GivenArguments>({});
  const [others] = useState(() => namedMatrices(services));
  const [refused, setRefused] = useState<Result<never>['problems']>([]);
  const latest = useDeferredValue(given);
  const made = useMemo(() => form.make(latest), [form, latest]);
  const create = (): void => {
    const now = form.make(given);
    const problems = now.ok ? addTightBalance(services, now.value) : now.problems;
    setRefused(problems);
    if (problems.length === 0) onClose();
  };
  const wrong = made.ok ? refused : made.problems;
  return (
    <>
      <div className="dialog-body network-form">
        {form.parameters.map((spec) => (
          <NetworkArgument
            key={spec.name}
            spec={spec}
            value={given[spec.name] ?? form.starts[spec.name] ?? Number(spec.default)}
            others={others}
            give={(value) => setGiven({ ...given, [spec.name]: value })}
          />
        ))}
      </div>
      <div className="dialog-body">
        {made.ok && <Preview made={made.value} />}
        {wrong.map(({ message, hint }) => (
          <p key={message} className="entry-reason" role="alert">
            {[message, hint].filter(Boolean).join(' ')}
          </p>
        ))}
        <p className="array-source">
          Rockpool 1.0.7, NetworkDeneve; Boerlin, Machens & Denève (2013), PLoS Comput. Biol. 9(11): e1003258
        </p>
      </div>
      <div className="dialog-actions">
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" disabled={!made.ok} onClick={create}>
          Create
        </Button>
      </div>
    </>
  );
}

function Preview({ made }: { readonly made: DrivenNetwork }) {
  const { input, reservoir, output } = made.network;
  return (
    <>
      <div className="network-preview">
        <Picture title="Fast weights" matrix={reservoir.fast} />
        <Picture title="Slow weights" matrix={reservoir.slow} />
        <Picture title="Input weights" matrix={input.weights} />
        <Picture title="Output weights" matrix={output.weights} />
      </div>
      <StepWords made={made} />
    </>
  );
}

function Picture({ title, matrix }: { readonly title: string; readonly matrix: Matrix }) {
  const record = useMemo(() => encodeArray(matrix.values, [matrix.rows, matrix.columns]), [matrix]);
  return (
    <figure className="network-picture">
      <ArrayPicture record={record} />
      <figcaption>
        {title} <span className="mono">{record.shape.join(' × ')}</span>
      </figcaption>
    </figure>
  );
}

/** What happens to the step of the run. */
function StepWords({ made }: { readonly made: DrivenNetwork }) {
  const run = useDocument((state) => state.document.run);
  const timeStep = useMemo(() => tightBalanceBlocks(made, run).timeStep, [made, run]);
  if (timeStep === undefined) return null;
  return (
    <p>
      The run takes steps of {printQuantity(timeStep)} then, instead of {printQuantity(run.timeStep)}.
    </p>
  );
}
