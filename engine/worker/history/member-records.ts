/** Member records: what a probe of a batch streams, dealt out to its members. */
import type { RecordSink } from '../../protocol/record.ts';
import { recordLength } from '../../protocol/record.ts';

/** Rows with the channels of one member after those of the other: each member gets rows of its own channels. */
export function dealtRows(sinks: readonly RecordSink[], channels: number): RecordSink {
  const [whole, part] = [recordLength({ channels: sinks.length * channels }), recordLength({ channels })];
  let room = new Float64Array();
  return (records, count) => {
    if (room.length < count * part) room = new Float64Array(count * part);
    sinks.forEach((sink, member) => {
      for (let row = 0; row < count; row += 1) {
        const from = row * whole;
        room[row * part] = records[from] as number;
        const first = from + 1 + member * channels;
        room.set(records.subarray(first, first + channels), row * part + 1);
      }
      sink(room, count);
    });
  };
}

const eventLength = recordLength({ channels: 1 });

/** Events whose number is m · channels + cell: each member gets those of its own cells. */
export function dealtEvents(sinks: readonly RecordSink[], channels: number): RecordSink {
  let rooms: readonly Float64Array[] = sinks.map(() => new Float64Array());
  return (records, count) => {
    const needed = count * eventLength;
    if ((rooms[0]?.length ?? needed) < needed) rooms = sinks.map(() => new Float64Array(needed));
    const counts = new Int32Array(sinks.length);
    for (let event = 0; event < count; event += 1) {
      const number = records[event * eventLength + 1] as number;
      const member = Math.floor(number / channels);
      const at = (counts[member] as number) * eventLength;
      const room = rooms[member];
      if (room === undefined) continue;
      room[at] = records[event * eventLength] as number;
      room[at + 1] = number - member * channels;
      counts[member] = (counts[member] as number) + 1;
    }
    sinks.forEach((sink, member) => {
      const room = rooms[member];
      if (room !== undefined && (counts[member] as number) > 0) sink(room, counts[member] as number);
    });
  };
}
