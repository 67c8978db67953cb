/** Probe feed: where the records of a run go. One stream per probe, over shared rings or over credit. */
import type { Program, ProgramProbe } from '../build/program.ts';
import type { MessageChannelEnd } from '../platform/seams.ts';
import { createCreditWriter, type CreditBatch, type CreditWriter } from '../protocol/credit.ts';
import { isFeedMessage, type FedProbe, type FeedMessage } from '../protocol/feed-messages.ts';
import type { ProbeInformation } from '../protocol/messages.ts';
import type { RecordShape, RecordWriter } from '../protocol/record.ts';
import { recordLength } from '../protocol/record.ts';
import { createRing, createRingWriter } from '../protocol/ring.ts';
import type { Simulation } from '../runtime/simulation.ts';

/** About so many bytes per stream… */
const streamBytes = 2e6;
/** …but room for at least so many steps in which every cell fires. */
const fewestSteps = 64;

interface OpenStream {
  readonly information: ProbeInformation;
  readonly fed: FedProbe;
  readonly writer: RecordWriter;
  readonly busiest: BusiestStep;
}

/** Most records that one step has added so far, at least one of each channel: cells may spike several times in a step. */
interface BusiestStep {
  records: number;
}

export interface ProbeFeed {
  /** The reader of the records; without one they are dropped. */
  connect(end: MessageChannelEnd): void;
  /**
   * Opens a stream for every probe of the simulation. `keep` continues the streams of probes that record the same as
   * before; else every probe starts with an empty stream.
   */
  open(simulation: Simulation, keep: boolean): readonly ProbeInformation[];
  /** The run went back to `step`: records of it and later ones are dropped wherever they are. */
  rewind(step: number): void;
  publish(): void;
  /** Steps for which every stream has room whatever fires; Infinity when nobody reads. */
  room(): number;
  /** Records taken by the reader so far, over all streams: grows while it is alive. */
  taken(): number;
  lost(): number;
}

/** A feed; `shared` says whether memory can be shared with the reader. */
export function createProbeFeed(shared: boolean): ProbeFeed {
  return new StreamingFeed(shared);
}

class StreamingFeed implements ProbeFeed {
  private readonly shared: boolean;
  private reader: MessageChannelEnd | undefined;
  private streams: readonly OpenStream[] = [];
  private simulation: Simulation | undefined;
  private lastStream = 0;
  private timeStepSeconds = 1;
  /** The simulation took back what it had recorded of this and later steps. */
  private backTo: number | undefined;
  /** Losses of streams that were closed since the run began. */
  private lostBefore = 0;

  constructor(shared: boolean) {
    this.shared = shared;
  }

  connect(end: MessageChannelEnd): void {
    this.reader = end;
    end.onMessage((message) => this.receive(message));
    this.announce();
  }

  open(simulation: Simulation, keep: boolean): readonly ProbeInformation[] {
    const { program } = simulation;
    const before = this.streams;
    this.simulation = simulation;
    this.timeStepSeconds = program.timeStepSeconds;
    this.streams = program.probes.map((probe) => {
      const information = describeProbe(program, probe);
      const kept = keep ? before.find((stream) => sameRecords(stream.information, information)) : undefined;
      return kept === undefined
        ? this.openStream(information)
        : { ...kept, information, fed: { ...kept.fed, information } };
    });
    const writers = new Set(this.streams.map(({ writer }) => writer));
    const closed = before.filter(({ writer }) => !writers.has(writer));
    this.lostBefore = keep ? closed.reduce((sum, { writer }) => sum + writer.lost(), this.lostBefore) : 0;
    this.connectSinks();
    this.announce();
    return this.streams.map(({ information }) => information);
  }

  rewind(step: number): void {
    this.backTo = undefined;
    this.publish();
    this.lostBefore = this.lost();
    this.streams = this.streams.map(({ information, fed }) => {
      const opened = this.openStream(information);
      return { ...opened, fed: { ...opened.fed, continues: { stream: fed.feed.stream, beforeStep: step } } };
    });
    this.connectSinks();
    this.announce();
  }

  publish(): void {
    if (this.backTo !== undefined) this.rewind(this.backTo);
    for (const { writer } of this.streams) writer.publish();
  }

  room(): number {
    if (this.reader === undefined) return Infinity;
    const rooms = this.streams.map(({ writer, busiest }) => Math.floor(writer.free() / busiest.records));
    return rooms.reduce((least, room) => Math.min(least, room), Infinity);
  }

  taken(): number {
    return this.streams.reduce((sum, { writer }) => sum + writer.taken(), 0);
  }

  lost(): number {
    return this.streams.reduce((sum, { writer }) => sum + writer.lost(), this.lostBefore);
  }

  private connectSinks(): void {
    const { simulation } = this;
    if (simulation === undefined) return;
    for (const stream of this.streams) connectSink(simulation, stream, (step) => (this.backTo = step));
  }

  private announce(): void {
    const probes = this.streams.map(({ fed }) => fed);
    this.post({ feed: 'probes', timeStepSeconds: this.timeStepSeconds, probes });
  }

  private post(message: FeedMessage, transfer: readonly unknown[] = []): void {
    this.reader?.post(message, transfer);
  }

  private receive(message: unknown): void {
    if (!isFeedMessage(message) || message.feed !== 'grant') return;
    const found = this.streams.find(({ fed }) => fed.feed.stream === message.stream);
    if (found !== undefined && 'grant' in found.writer) (found.writer as CreditWriter).grant(message.received);
  }

  private openStream(information: ProbeInformation): OpenStream {
    const shape = recordShape(information);
    const capacity = streamCapacity(information);
    const busiest = { records: recordsPerStep(information) };
    const stream = (this.lastStream += 1);
    if (this.shared) {
      const buffer = createRing(shape, capacity);
      const fed: FedProbe = { information, feed: { kind: 'ring', stream, buffer } };
      return { information, fed, writer: createRingWriter(buffer), busiest };
    }
    const fed: FedProbe = { information, feed: { kind: 'credit', stream } };
    const send = (batch: CreditBatch): void => this.post({ feed: 'batch', stream, batch }, [batch.records.buffer]);
    return { information, fed, writer: createCreditWriter(shape, capacity, send), busiest };
  }
}

type Recorded = Pick<ProbeInformation, 'type' | 'channels' | 'members'>;

function recordShape({ type, channels, members = 1 }: Recorded): RecordShape {
  return { channels: type === 'events' ? 1 : members * channels };
}

/** Records of the stream of a probe. */
function streamCapacity(recorded: Recorded): number {
  const leastCapacity = fewestSteps * recordsPerStep(recorded);
  return Math.max(leastCapacity, Math.floor(streamBytes / 8 / recordLength(recordShape(recorded))));
}

/** Bytes of the stream of a probe when it is full. */
export function bytesOfStream(recorded: Recorded): number {
  return streamCapacity(recorded) * recordLength(recordShape(recorded)) * 8;
}

/** Records that one step adds where every channel adds one. */
function recordsPerStep({ type, channels, members = 1 }: Recorded): number {
  return type === 'events' ? Math.max(1, members * channels) : 1;
}

/** Whether both record the same; the element may have been renamed. */
function sameRecords(left: ProbeInformation, right: ProbeInformation): boolean {
  return (
    left.id === right.id &&
    JSON.stringify({ ...left, elementName: '' }) === JSON.stringify({ ...right, elementName: '' })
  );
}

function connectSink(
  simulation: Simulation,
  { information, writer, busiest }: OpenStream,
  truncate: (step: number) => void,
): void {
  const { channels } = recordShape(information);
  const chosen = simulation.program.probes.find(({ id }) => id === information.id)?.cells ?? null;
  /** Events of chosen cells carry their place among the chosen ones, of all members. */
  const places = chosen === null ? undefined : new Map(chosen.map((cell, place) => [cell, place]));
  simulation.setSink(information.id, {
    samples(firstStep, rows, values) {
      for (let row = 0; row < rows; row += 1) writer.write(firstStep + row, values, row * channels);
    },
    events(steps, cells, count) {
      for (let index = 0; index < count; index += 1) {
        const cell = cells[index] as number;
        writer.writeOne(steps[index] as number, places?.get(cell) ?? cell);
      }
      busiest.records = Math.max(busiest.records, longestRun(steps, count));
    },
    truncate,
  });
}

/** The longest run of equal numbers among the first `count`. */
function longestRun(numbers: Int32Array, count: number): number {
  let [longest, first] = [0, 0];
  for (let index = 0; index < count; index += 1) {
    if (numbers[index] !== numbers[first]) first = index;
    longest = Math.max(longest, index - first + 1);
  }
  return longest;
}

/** What a plot needs to know of a probe. */
export function describeProbe(program: Program, probe: ProgramProbe): ProbeInformation {
  const { members = 1 } = program;
  const channels = (probe.cells?.length ?? lengthOf(program, probe.signal)) / members;
  return {
    id: probe.id,
    element: probe.element,
    elementName: program.elements.find(({ id }) => id === probe.element)?.name ?? probe.element,
    target: probe.target,
    unit: probe.unit,
    type: probe.type,
    channels,
    // Those of the first member; the others have the same.
    cells: probe.cells?.slice(0, channels) ?? null,
    ...(members === 1 ? {} : { members }),
  };
}

function lengthOf({ signals }: Program, id: string): number {
  return signals.find((signal) => signal.id === id)?.shape.reduce((product, extent) => product * extent, 1) ?? 1;
}
