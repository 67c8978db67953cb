/** The events that a stimulus plays, read from its parameters and checked. */
import { problem, type Problem } from '../../base/problem.ts';
import { failed, type Result } from '../../base/result.ts';
import type { ParameterReader } from '../../build/library-kind.ts';
import { createEventSeries, type EventOptions, type EventSeries } from '../../timeseries/event-series.ts';

/** Whose events are read, for Problems. */
interface Owner {
  readonly id: string;
  readonly name: string;
}

/**
 * The events of `times` and `channels` (none given: all on channel 0) with as many channels as `size` says, or as the
 * highest one needs where it is 0. Fails where the lists differ in length, times decrease or lie beyond the limits, or a
 * channel is no whole number or does not exist; Problems name parameter and event.
 */
export function eventsOf(parameters: ParameterReader, owner: Owner): Result<EventSeries> {
  const times = parameters.array('times')?.values;
  const channels = parameters.array('channels')?.values ?? new Float64Array(times?.length ?? 0);
  if (times === undefined || times.length === 0) return failed(noEvents(owner));
  const found = problemOfChannels(channels, times.length, parameters.number('size'), owner);
  if (found !== undefined) return failed(found);
  const series = createEventSeries(Float64Array.from(times), Int32Array.from(channels), optionsOf(parameters));
  if (series.ok) return series;
  const at = { element: owner.id, path: 'parameters.times' };
  return failed(...series.problems.map((one) => ({ ...one, message: `times of ${owner.name}: ${one.message}`, at })));
}

function optionsOf(parameters: ParameterReader): EventOptions {
  const [size, stop] = [parameters.number('size'), parameters.number('stop')];
  return {
    ...(size === 0 ? {} : { channelCount: size }),
    ...(stop === 0 ? {} : { stop }),
    start: parameters.number('start'),
    periodic: parameters.flag('periodic'),
  };
}

function noEvents({ id, name }: Owner): Problem {
  return problem('model/missing-input', `"${name}" has no events to play.`, {
    hint: 'Import a CSV or npz file in the inspector, or drop one on the canvas.',
    at: { element: id, path: 'parameters.times' },
  });
}

function problemOfChannels(channels: ArrayLike<number>, events: number, size: number, owner: Owner) {
  const at = { element: owner.id, path: 'parameters.channels' };
  if (channels.length !== events) {
    const message = `channels of ${owner.name}: there are ${channels.length} channel numbers, but ${events} event times.`;
    return problem('model/parameter-shape', message, { hint: 'Give one channel for each event.', at });
  }
  const most = size === 0 ? mostChannels : size;
  for (let event = 0; event < events; event += 1) {
    const channel = channels[event] as number;
    if (Number.isInteger(channel) && channel >= 0 && channel < most) continue;
    return problem('model/parameter-range', `channels of ${owner.name}: event ${event + 1} is on channel ${channel}.`, {
      hint: `Channels are whole numbers from 0 to ${most - 1}.`,
      at,
    });
  }
  return undefined;
}

/** As many as an element has cells at most. */
const mostChannels = 1_000_000;
