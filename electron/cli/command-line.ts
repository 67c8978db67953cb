/** The commands with their options, and what becomes of their failures. */
import { Command as Parser, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { RunStarter } from '../jobs/start-run.ts';
import { projectForms } from '../platform/project-storage.ts';
import { checkCommand } from './check.ts';
import type { Command } from './command.ts';
import { conformCommand } from './conform.ts';
import { convertCommand } from './convert.ts';
import { explainCommand, stages } from './explain.ts';
import { createOutput, exitCodes } from './output.ts';
import type { TextSink } from './output.ts';
import { createProveCommand } from './prove.ts';
import { createRunCommand } from './run.ts';
import { serveCommand } from './serve.ts';
import { trainCommand } from './train.ts';

const precisions = ['f64', 'f32'] as const;
const targets = ['wasm', 'interpreter'] as const;

/** What the command line works with. */
export interface Surroundings {
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  readonly startRun: RunStarter;
  /** Standard input, for rows that come in; nothing comes where it is left out. */
  readonly stdin?: AsyncIterable<string | Uint8Array>;
}

/** Runs one command line; gives the exit code. */
export async function runCommandLine(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { stderr } = surroundings;
  let code: number = exitCodes.done;
  const parser = createParser(surroundings, (exit) => (code = exit));
  try {
    refuseUnknown(parser, args);
    await parser.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    stderr.write(`Spikeloom has a bug: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return exitCodes.bug;
  }
}

/** A word that is no command is wrong usage, also where help is asked for. */
function refuseUnknown(parser: Parser, [verb = '-']: readonly string[]): void {
  const known = ['help', ...parser.commands.map((command) => command.name())];
  if (!verb.startsWith('-') && !known.includes(verb)) parser.error(`error: unknown command '${verb}'`);
}

function createParser({ stdout, stderr, startRun, stdin }: Surroundings, onExit: (code: number) => void): Parser {
  const parser = new Parser('spikeloom');
  const streams = {
    writeOut: (text: string) => void stdout.write(text),
    writeErr: (text: string) => void stderr.write(text),
  };
  parser.description('Runs, checks and converts Spikeloom projects.').exitOverride().configureOutput(streams);

  /** A command with the options that all have. */
  function add<Options>(
    usage: string,
    description: string,
    command: Command<Options>,
    read: (args: string[], flags: Flags) => Options,
  ): Parser {
    return parser
      .command(usage)
      .description(description)
      .option('--json', 'print one JSON document on stdout, text for people on stderr')
      .exitOverride()
      .configureOutput(streams)
      .action(async function (this: Parser) {
        const flags: Flags = this.opts();
        onExit(await command(createOutput(flags['json'] === true, stdout, stderr), read(this.args, flags)));
      });
  }

  addRun(add, startRun, stdin);
  add('prove', 'runs the opening example for a moment', createProveCommand(startRun), () => ({}));
  addProjectCommands(add);
  addTrain(add);
  addConform(add);
  add('serve', 'serves the workbench to a browser on 127.0.0.1', serveCommand, (_args, flags) => ({
    port: Number(flags['port'] ?? 0),
    open: flags['open'] !== false,
  }))
    .option('--port <number>', 'port to listen on (default: any free one)', parsePort)
    .option('--no-open', 'do not open a browser');
  return parser;
}

type Flags = Readonly<Record<string, unknown>>;
type Add = <Options>(
  usage: string,
  description: string,
  command: Command<Options>,
  read: (args: string[], flags: Flags) => Options,
) => Parser;

function addProjectCommands(add: Add): void {
  add('check <project>', 'validates a project and lists its problems', checkCommand, ([project = '']) => ({ project }));
  add('explain <project>', 'prints what a stage makes of a project', explainCommand, ([project = ''], flags) => ({
    project,
    stage: flags['stage'] as (typeof stages)[number],
  })).addOption(new Option('--stage <stage>', 'the stage').choices(stages).makeOptionMandatory());
  add('convert <in> <out>', 'writes a project in another form', convertCommand, ([input = '', output = ''], flags) => ({
    input,
    output,
    to: flags['to'] as (typeof projectForms)[number] | undefined,
  })).addOption(new Option('--to <format>', 'the form (default: by the name of OUT)').choices(projectForms));
}

function addRun(add: Add, startRun: RunStarter, stdin: Surroundings['stdin']): void {
  add(
    'run <project>',
    'runs a project and records every probe',
    createRunCommand(startRun, stdin),
    ([project = ''], flags) => ({
      project,
      duration: flags['duration'] as string | undefined,
      timeStep: flags['dt'] as string | undefined,
      seed: flags['seed'] as number | undefined,
      memoryLimitBytes: flags['memoryLimit'] as number | undefined,
      precision: flags['precision'] as (typeof precisions)[number],
      target: flags['target'] as (typeof targets)[number],
      threads: (flags['threads'] as number | 'auto' | undefined) ?? 'auto',
      out: flags['out'] as string | undefined,
      checkpoint: flags['checkpoint'] as string | undefined,
      checkpointSeconds: (flags['checkpointEvery'] as number | undefined) ?? 60,
      resume: flags['resume'] as string | undefined,
      stream: flags['stream'] === true,
      rowTime: flags['rowTime'] as string | undefined,
    }),
  )
    .option('--duration <time>', 'how long (default: as the project says)')
    .option('--dt <time>', 'time step (default: as the project says)')
    .option('--seed <number>', 'run seed (default: as the project says)', parseSeed)
    .option('--memory-limit <GiB>', 'most memory that the run may take (default: 2)', parseMemoryLimit)
    .option(
      '--threads <number>',
      'threads for the steps, at most one for each core; the result is the same for any number, and one does the steps where more are no faster (default: auto, all cores but one, at most 4)',
      parseThreads,
    )
    .addOption(new Option('--precision <precision>', 'numbers of the run').choices(precisions).default('f64'))
    .addOption(new Option('--target <target>', 'what runs it').choices(targets).default('wasm'))
    .option('--out <path>', 'FILE.npz, or a folder, for what was recorded')
    .addOption(
      new Option(
        '--stream',
        'reads rows of numbers for the live inputs from standard input, and prints a line of JSON per row',
      ).conflicts(['out', 'resume', 'checkpoint', 'checkpointEvery', 'threads']),
    )
    .option('--row-time <time>', 'with --stream: how long a row holds (default: one time step)')
    .option('--checkpoint <file>', 'where checkpoints go, on the way and when a signal stops the run')
    .option('--checkpoint-every <seconds>', 'between checkpoints on the way (default: 60)', parseSeconds)
    .option(
      '--resume <file>',
      'goes on from a checkpoint of the same project, options and kind of output; the duration may be longer',
    );
}

function addTrain(add: Add): void {
  add('train <project>', 'trains what the project says is trainable', trainCommand, ([project = ''], flags) => ({
    project,
    epochs: flags['epochs'] as number | undefined,
    out: flags['out'] as string | undefined,
  }))
    .option('--epochs <number>', 'how often it goes through the run (default: as the objective says)', parseEpochs)
    .option('--out <path>', 'where the trained project goes; a signal that stops training writes the best so far');
}

function addConform(add: Add): void {
  add('conform <dir...>', 'runs reference cases and compares', conformCommand, (folders, flags) => ({
    folders,
    only: flags['only'] as string | undefined,
    kinds: (flags['kind'] as string | undefined)?.split(','),
    target: flags['target'] as (typeof targets)[number],
  }))
    .option('--only <glob>', 'only cases whose id fits')
    .option('--kind <kinds>', 'only cases of these kinds, separated by commas')
    .addOption(new Option('--target <target>', 'what runs them').choices(targets).default('wasm'));
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (text.trim() !== '' && seconds > 0 && seconds <= 86_400) return seconds;
  throw new InvalidArgumentError('The time between checkpoints is a number of seconds above 0, up to 86400.');
}

function parseEpochs(text: string): number {
  const epochs = Number(text);
  if (Number.isInteger(epochs) && epochs >= 1 && epochs <= 1_000_000) return epochs;
  throw new InvalidArgumentError('The number of epochs is a whole number from 1 to 1000000.');
}

/** Bytes. */
function parseMemoryLimit(text: string): number {
  const gibibytes = Number(text);
  if (text.trim() !== '' && gibibytes > 0 && gibibytes <= 1024) return Math.floor(gibibytes * 2 ** 30);
  throw new InvalidArgumentError('A memory limit is a number of GiB above 0, up to 1024.');
}

function parseSeed(text: string): number {
  const seed = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(seed) && seed >= 0) return seed;
  throw new InvalidArgumentError('A seed is a whole number from 0 to 2⁵³ − 1.');
}

function parseThreads(text: string): number | 'auto' {
  if (text === 'auto') return text;
  const threads = Number(text);
  if (Number.isInteger(threads) && threads >= 1 && threads <= 1024) return threads;
  throw new InvalidArgumentError('The number of threads is a whole number from 1 to 1024, or auto.');
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError('A port is a whole number from 0 to 65535.');
}
