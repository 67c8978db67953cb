/** Training: what is trained and by what, how far it is, and what came of it. */
import { useState } from 'react';
import { integer, quantity } from '../../../engine/library/specs.ts';
import type { ElementRecord, SpikeloomDocument } from '../../../engine/model/document.ts';
import { elementName } from '../../../engine/model/names.ts';
import { objectivesOf, ridgesOf, trainedElements } from '../../commands/training-gestures.ts';
import { commandOf } from '../../commands/registry.ts';
import { useDocument, useServices } from '../../stores/services.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { NumberArgument } from '../NumberArgument.tsx';
import { SeriesProblems } from '../SeriesProblems.tsx';
import { TrainingCurve } from './TrainingCurve.tsx';
import { TrainingOutcome } from './TrainingOutcome.tsx';
import { useTraining, type TrainingWishes } from './use-training.ts';
import '../measures/measures.css';
import './training.css';

export function TrainingDialog({ onClose }: { onClose(): void }) {
  const document = useDocument((state) => state.document);
  const nothing = missingOf(document);
  return (
    <Dialog
      open
      wide
      title="Train"
      description="Goes through the whole run again and again, beside the run that is shown, and changes the marked parameters so that the loss falls."
      onClose={onClose}
    >
      {nothing === undefined ? (
        <TrainingForm document={document} onClose={onClose} />
      ) : (
        <Missing what={nothing} onClose={onClose} />
      )}
    </Dialog>
  );
}

/** What has to be there before anything can be trained. */
function missingOf(document: SpikeloomDocument): 'objective' | 'marks' | undefined {
  if (ridgesOf(document).length > 0 && objectivesOf(document).length === 0 && trainedElements(document).length === 0)
    return undefined;
  if (objectivesOf(document).length === 0) return 'objective';
  return trainedElements(document).length === 0 ? 'marks' : undefined;
}

function Missing({ what, onClose }: { readonly what: 'objective' | 'marks'; onClose(): void }) {
  const services = useServices();
  const readOnly = useDocument((state) => state.readOnly !== undefined);
  const add = (): void => {
    onClose();
    commandOf('train.objective').run(services);
  };
  return (
    <>
      <div className="dialog-body training-missing">
        {what === 'objective' ? (
          <>
            <p>There is no objective yet: nothing says what training is to make small.</p>
            <p>
              Add one, wire what is to be trained to its port <strong>prediction</strong>, and what it should become to{' '}
              <strong>target</strong>.
            </p>
          </>
        ) : (
          <>
            <p>No parameter is marked as trained.</p>
            <p>
              Select a block and press <strong>train</strong> beside a parameter in the inspector, or choose{' '}
              <strong>Train the weights of the selected blocks</strong> in search.
            </p>
          </>
        )}
      </div>
      <div className="dialog-actions">
        <Button onClick={onClose}>Close</Button>
        {what === 'objective' && (
          <Button look="primary" disabled={readOnly} onClick={add}>
            Add an objective
          </Button>
        )}
      </div>
    </>
  );
}

function TrainingForm({ document, onClose }: { readonly document: SpikeloomDocument; onClose(): void }) {
  const [given, setGiven] = useState<TrainingWishes>({});
  const training = useTraining();
  const { state } = training;
  const working = state.kind === 'working';
  return (
    <>
      <div className="dialog-body">
        <WhatIsTrained document={document} />
        <Descent document={document} given={given} give={(change) => setGiven({ ...given, ...change })} />
      </div>
      <div className="dialog-body training-state" aria-live="polite">
        {state.kind === 'working' && <TrainingCurve {...state} />}
        {state.kind === 'refused' && <SeriesProblems title="Nothing was trained." problems={state.problems} />}
        {state.kind === 'trained' && <TrainingOutcome reply={state.reply} />}
      </div>
      <div className="dialog-actions">
        {state.kind === 'trained' ? (
          <UseOrDiscard training={training} onClose={onClose} />
        ) : (
          <>
            {!working && <Button onClick={onClose}>Close</Button>}
            {working && (
              <Button disabled={state.ending} onClick={training.end}>
                {state.ending ? 'Stopping…' : 'Stop, keep the best'}
              </Button>
            )}
            <Button look="primary" disabled={working} onClick={() => void training.start(given)}>
              Start
            </Button>
          </>
        )}
      </div>
    </>
  );
}

interface UseOrDiscardProps {
  readonly training: ReturnType<typeof useTraining>;
  onClose(): void;
}

/** What was learnt becomes one edit, or nothing. */
function UseOrDiscard({ training, onClose }: UseOrDiscardProps) {
  const services = useServices();
  const readOnly = useDocument((state) => state.readOnly !== undefined);
  const edit = training.state.kind === 'trained' ? training.state.reply.edit : null;
  const use = (): void => {
    if (edit === null) return;
    const refused = services.documents.dispatch(edit);
    if (refused.length > 0) return;
    services.session
      .getState()
      .notify('info', 'The trained values are in the project', ['Undo brings back the old ones.']);
    onClose();
  };
  return (
    <>
      <Button onClick={training.discard}>Discard</Button>
      <Button look="primary" disabled={edit === null || readOnly} onClick={use}>
        Use these values
      </Button>
    </>
  );
}

function WhatIsTrained({ document }: { readonly document: SpikeloomDocument }) {
  const objectives = objectivesOf(document);
  const row = (element: ElementRecord, words: string) => (
    <li key={element.id}>
      <strong>{elementName(element)}</strong> <span className="mono">{words}</span>
    </li>
  );
  return (
    <div className="training-what">
      <section aria-label="What is trained">
        <h3>What is trained</h3>
        <ul>
          {trainedElements(document).map((element) => row(element, (element.trainable ?? []).join(', ')))}
          {ridgesOf(document).map((element) => row(element, 'weights, by ridge regression'))}
        </ul>
      </section>
      <section aria-label="By what">
        <h3>By what</h3>
        <ul>
          {objectives.map((element) => row(element, ruleOf(element)))}
          {objectives.length === 0 && <li>Ridge readouts are fitted to their targets.</li>}
        </ul>
      </section>
    </div>
  );
}

function ruleOf({ parameters: { rule = 'gradient', loss = 'squared' } }: ElementRecord): string {
  return rule === 'gradient' ? `${String(loss)} loss, by gradients` : String(rule);
}

interface DescentProps {
  readonly document: SpikeloomDocument;
  readonly given: TrainingWishes;
  give(change: TrainingWishes): void;
}

/** Epochs and learning rate: those of the objective until somebody types others, which hold for this training. */
function Descent({ document, given, give }: DescentProps) {
  const { catalogue } = useServices();
  const [objective] = objectivesOf(document);
  if (objective === undefined) return null;
  const kind = catalogue.find(objective.kind);
  const own = (name: string): number => {
    const value = objective.parameters[name] ?? kind?.parameters.find((spec) => spec.name === name)?.default;
    return typeof value === 'object' && value !== null && 'value' in value ? value.value : Number(value);
  };
  return (
    <div className="measure-form training-descent">
      <div className="measure-field">
        <span>epochs</span>
        <div>
          <NumberArgument
            spec={integer('', 'epochs', 100, '', { minimum: 1, maximum: 1_000_000 })}
            value={given.epochs ?? own('epochs')}
            give={(epochs) => give({ epochs })}
          />
        </div>
        <small>How often it goes through the run.</small>
      </div>
      <div className="measure-field">
        <span>learning rate</span>
        <div>
          <NumberArgument
            spec={quantity('', 'learning rate', 0.001, '1', '', { exclusiveMinimum: 0 })}
            value={given.learningRate ?? own('learning_rate')}
            give={(learningRate) => give({ learningRate })}
          />
        </div>
        <small>Size of a step; lower it where the loss explodes.</small>
      </div>
    </div>
  );
}
