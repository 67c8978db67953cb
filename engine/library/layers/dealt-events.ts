/** Numbers of events in two directions laid out over channels, those of a direction dealt out in turn. */
import {
  add,
  call,
  divide,
  f64,
  i32,
  i32Local,
  load,
  loadI32,
  local,
  multiply,
  remainder,
  subtract,
  toF64,
  toI32,
} from '../../build/ir/expressions.ts';
import { letF64, letI32, loop, store } from '../../build/ir/statements.ts';
import type { Expression, SignalId, Statement } from '../../build/ir/types.ts';
import type { ElementBuilder } from '../../build/library-kind.ts';

export interface DealtEvents {
  readonly cells: number;
  /** States that hold how many events of each cell there are in the step. */
  readonly directions: readonly SignalId[];
  /** Channels per direction. */
  readonly spread: number;
  readonly repeat: number;
}

/**
 * Declares the port `spikes`: channel c = directions · cell + direction becomes channels m·c … m·c + m − 1, and event number
 * n of the run, counted over all channels, goes to the (n mod m)-th of them.
 */
export function emitDealt(builder: ElementBuilder, { cells, directions, spread, repeat }: DealtEvents): void {
  const spikes = builder.signal({
    ...{ name: 'spikes', shape: [cells * directions.length * spread], initial: 0, role: 'transient' },
  });
  const dealt =
    spread === 1 ? undefined : builder.signal({ name: 'dealt', shape: [1], initial: 0, role: 'state', type: 'i32' });
  const each = directions.map((direction, number) => {
    // Loops of their own, so that each can be differentiated.
    const index = dealt === undefined ? `i${number}` : 'i';
    const channel = add(multiply(i32Local(index), i32(directions.length)), i32(number));
    const events = load(direction, i32Local(index));
    const body =
      dealt === undefined
        ? [store(spikes, channel, multiply(events, f64(repeat)))]
        : dealOut({ spikes, dealt, spread, repeat }, { number, channel, events });
    return { index, body };
  });
  const whole = [
    loop(
      'i',
      0,
      cells,
      each.flatMap(({ body }) => body),
    ),
  ];
  builder.operator({
    name: 'emit',
    slot: 'thresholds',
    sets: [spikes],
    // Read between the updates of the step, after the cells have moved.
    updates: [...directions, ...(dealt === undefined ? [] : [dealt])],
    body: dealt === undefined ? each.map(({ index, body }) => loop(index, 0, cells, body)) : whole,
  });
  builder.output('spikes', spikes);
}

interface Dealing {
  readonly spikes: SignalId;
  /** Events of the run so far, modulo `spread`. */
  readonly dealt: SignalId;
  readonly spread: number;
  readonly repeat: number;
}

interface Dealer {
  readonly number: number;
  readonly channel: Expression;
  readonly events: Expression;
}

/** Place q of m gets ⌊(n + m − 1 − (q − dealt mod m)) / m⌋ of n events, repeats among them. */
function dealOut({ spikes, dealt, spread, repeat }: Dealing, { number, channel, events }: Dealer): Statement[] {
  const [count, first, place] = [`count${number}`, `first${number}`, `place${number}`];
  const q = i32Local(place);
  const turn = remainder(subtract(add(q, i32(spread)), i32Local(first)), i32(spread));
  const share = divide(add(local(count), f64(spread - 1), multiply(f64(-1), toF64(turn))), f64(spread));
  const next = remainder(add(i32Local(first), toI32(local(count))), i32(spread));
  return [
    letF64(count, multiply(events, f64(repeat))),
    letI32(first, loadI32(dealt)),
    loop(place, 0, spread, [store(spikes, add(multiply(channel, i32(spread)), q), call('floor', share))]),
    store(dealt, 0, next),
  ];
}
