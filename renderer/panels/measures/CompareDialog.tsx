/** Two recorded traces against each other: which ones, in which span of time, and a small table of errors. */
import { useEffect, useMemo, useState } from 'react';
import { integer, quantity } from '../../../engine/library/specs.ts';
import type { ProbeInformation } from '../../../engine/protocol/messages.ts';
import { significant } from '../../../engine/units/format-quantity.ts';
import { useRun, useServices } from '../../stores/services.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Select } from '../../ui/Select.tsx';
import { NumberArgument } from '../NumberArgument.tsx';
import { SeriesProblems } from '../SeriesProblems.tsx';
import {
  constantTarget,
  matchRows,
  observablesOf,
  type Channel,
  type MatchedRows,
  type RecordedTrace,
  type TimeSpan,
} from './compare-traces.ts';
import { TableButtons } from './TableButtons.tsx';
import './measures.css';

export function CompareDialog({ onClose }: { onClose(): void }) {
  const probes = useRun((state) => state.probes);
  const traces = useMemo(() => probes.filter(({ type }) => type === 'samples'), [probes]);
  return (
    <Dialog
      open
      wide
      title="Compare two traces"
      description="How far a prediction is from its target, over the samples that both have in a span of time."
      onClose={onClose}
    >
      {traces.length === 0 ? (
        <p className="dialog-body">
          No continuous trace is recorded. Record an output or a state: select a block and choose Plot.
        </p>
      ) : (
        <CompareForm traces={traces} />
      )}
      <div className="dialog-actions">
        <Button onClick={onClose}>Close</Button>
      </div>
    </Dialog>
  );
}

interface Chosen {
  readonly probe: string;
  readonly channel: Channel;
}

function CompareForm({ traces }: { readonly traces: readonly ProbeInformation[] }) {
  const [predicted, setPredicted] = useState<Chosen>(() => ({ probe: firstNamed(traces, 'prediction'), channel: 0 }));
  const [target, setTarget] = useState<Chosen>(() => ({ probe: firstNamed(traces, 'target'), channel: 0 }));
  const [given, setGiven] = useState<Partial<TimeSpan>>({});
  const left = useRecorded(predicted.probe);
  const right = useRecorded(target.probe);
  const span = { ...recordedSpan(left, right), ...given };
  const { fromSeconds, toSeconds } = span;
  const matched = useMemo(
    () =>
      left === undefined || right === undefined
        ? undefined
        : matchRows(
            { trace: left, channel: predicted.channel },
            { trace: right, channel: target.channel },
            { fromSeconds, toSeconds },
          ),
    [left, right, predicted.channel, target.channel, fromSeconds, toSeconds],
  );
  return (
    <div className="dialog-body">
      <div className="measure-form">
        <TraceChoice title="Prediction" traces={traces} value={predicted} onChange={setPredicted} />
        <TraceChoice title="Target" traces={traces} value={target} onChange={setTarget} />
        <SpanFields span={span} give={(change) => setGiven({ ...given, ...change })} />
      </div>
      {matched === undefined && <p role="status">Reading what was recorded…</p>}
      {matched?.ok === false && <SeriesProblems title="These cannot be compared." problems={matched.problems} />}
      {matched?.ok === true && <ErrorTable matched={matched.value} />}
    </div>
  );
}

/** The first trace of that name, else the first one. */
function firstNamed(traces: readonly ProbeInformation[], name: string): string {
  return (traces.find(({ target }) => target === name) ?? traces[0])?.id ?? '';
}

function recordedSpan(left: RecordedTrace | undefined, right: RecordedTrace | undefined): TimeSpan {
  const [first, second] = [left?.times ?? [], right?.times ?? []];
  return {
    fromSeconds: Math.max(first[0] ?? 0, second[0] ?? 0),
    toSeconds: Math.min(first.at(-1) ?? 0, second.at(-1) ?? 0),
  };
}

/** Everything kept of a probe; asked for again when another one is chosen. */
function useRecorded(probe: string): RecordedTrace | undefined {
  const { link } = useServices();
  const [recorded, setRecorded] = useState<{ readonly probe: string; readonly trace: RecordedTrace }>();
  useEffect(() => {
    let wanted = true;
    link.ask('export', { probe }).then(
      (trace) => wanted && setRecorded({ probe, trace }),
      () =>
        wanted && setRecorded({ probe, trace: { times: new Float64Array(), values: new Float64Array(), channels: 1 } }),
    );
    return () => {
      wanted = false;
    };
  }, [link, probe]);
  return recorded?.probe === probe ? recorded.trace : undefined;
}

interface TraceChoiceProps {
  readonly title: string;
  readonly traces: readonly ProbeInformation[];
  readonly value: Chosen;
  onChange(chosen: Chosen): void;
}

function TraceChoice({ title, traces, value, onChange }: TraceChoiceProps) {
  const channels = traces.find(({ id }) => id === value.probe)?.channels ?? 1;
  const all = value.channel === 'all';
  return (
    <div className="measure-field">
      <span>{title}</span>
      <Select
        label={title}
        value={value.probe}
        choices={traces.map(({ id, elementName, target }) => ({ value: id, title: `${elementName} · ${target}` }))}
        onChange={(probe) => onChange({ probe, channel: 0 })}
      />
      {channels > 1 && (
        <div className="measure-channel">
          <Select
            label={`Channels of the ${title.toLowerCase()}`}
            value={all ? 'all' : 'one'}
            choices={[
              { value: 'all', title: `all ${channels} channels` },
              { value: 'one', title: 'channel' },
            ]}
            onChange={(which) => onChange({ ...value, channel: which === 'all' ? 'all' : 0 })}
          />
          {value.channel !== 'all' && (
            <NumberArgument
              spec={integer('', `channel of the ${title.toLowerCase()}`, 0, '', { minimum: 0, maximum: channels - 1 })}
              value={value.channel}
              give={(channel) => onChange({ ...value, channel })}
            />
          )}
        </div>
      )}
    </div>
  );
}

function SpanFields({ span, give }: { readonly span: TimeSpan; give(change: Partial<TimeSpan>): void }) {
  const field = (title: string, name: keyof TimeSpan) => (
    <div className="measure-field">
      <span>{title}</span>
      <div>
        <NumberArgument
          spec={quantity('', title, 0, 's', '', { minimum: 0 })}
          value={Number(span[name].toPrecision(9))}
          give={(value) => give({ [name]: value })}
        />
      </div>
    </div>
  );
  return (
    <>
      {field('From', 'fromSeconds')}
      {field('To', 'toSeconds')}
    </>
  );
}

function ErrorTable({ matched }: { readonly matched: MatchedRows }) {
  const observables = observablesOf(matched);
  const constant = constantTarget(matched);
  const rows = [['measure', 'value'], ...observables.map(({ title, value }) => [title, String(value ?? '')])];
  const { rows: count, left } = matched;
  return (
    <>
      <div className="measure-total measure-rows">
        <p>
          {count} samples compared
          {left > 0 && `, ${left} without a number left out`}
        </p>
        <TableButtons name="trace errors.csv" rows={rows} />
      </div>
      <table className="measure-table">
        <tbody>
          {observables.map(({ id, title, explained, value }) => (
            <tr key={id} data-measure={id}>
              <th scope="row">
                {title} <small>{explained}</small>
              </th>
              <td className="mono">{value === undefined ? '–' : significant(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {constant !== undefined && (
        <p role="status" className="measure-note">
          {constant.message} {constant.hint}
        </p>
      )}
    </>
  );
}
