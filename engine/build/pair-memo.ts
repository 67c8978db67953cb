/** Pairs of a connection remembered from the last build: an edit of something else does not draw them again. */
import type { Result } from '../base/result.ts';
import { ok } from '../base/result.ts';
import { isWritten } from '../base/written.ts';
import type { ConnectRequest, ParameterReader } from './library-kind.ts';
import type { SourceRows } from './operators/source-rows.ts';
import { createWeakMemo } from './weak-memo.ts';

/** Which cells are connected, without weights. Never written to: several programs may hold the same. */
export type Pairs = Omit<SourceRows, 'weights'>;

type Question = 'number' | 'flag' | 'constant' | 'text' | 'stream';

/** A number, flag or text that the maker of pairs asked for, and what it was told. */
interface Answered {
  readonly question: Question;
  readonly name: string;
  readonly answer: unknown;
}

interface Made {
  readonly answered: readonly Answered[];
  readonly pairs: Pairs;
}

/** Connections whose pairs are remembered, of one connector. */
const keptConnections = 64;

/**
 * `make`, which answers with the pairs of the last build where everything it asked for then has the same answer now.
 * `make` must be a function of the sizes and of what it asks the request.
 */
export function rememberingPairs(
  make: (request: ConnectRequest) => Result<Pairs>,
): (request: ConnectRequest) => Result<Pairs> {
  const memo = createWeakMemo<Made>(keptConnections);
  return (request) => {
    const key = keyOf(request);
    const known = memo.recall(key);
    if (known?.answered.every((past) => Object.is(answerTo(request, past), past.answer)) === true) {
      return ok(known.pairs);
    }
    const { listening, answered } = listenTo(request);
    const made = make(listening);
    const whole = answered();
    // Those not kept anywhere cannot be remembered; they are drawn again.
    if (made.ok && made.problems.length === 0 && whole !== undefined && !isWritten(made.value.targets)) {
      memo.note(key, { answered: whole, pairs: made.value }, made.value.targets);
    }
    return made;
  };
}

function keyOf({ connection, sourceSize, targetSize, recurrent }: ConnectRequest): string {
  return `${sourceSize} ${targetSize} ${String(recurrent)} ${connection.id}`;
}

/** Questions are asked again in their order: each was asked because of the answers before. */
function answerTo({ parameters, stream }: ConnectRequest, { question, name }: Answered): unknown {
  return question === 'stream' ? stream(name) : parameters[question](name);
}

/** The request, noting what it is asked; lists are too long to be compared, so what asks for them is not remembered. */
function listenTo(request: ConnectRequest) {
  const answers: Answered[] = [];
  let long = false;
  const noted = <T>(question: Question, ask: (name: string) => T) => {
    return (name: string): T => {
      const answer = ask(name);
      answers.push({ question, name, answer });
      return answer;
    };
  };
  const { parameters } = request;
  const reader: ParameterReader = {
    number: noted('number', parameters.number),
    flag: noted('flag', parameters.flag),
    constant: noted('constant', parameters.constant),
    text: noted('text', parameters.text),
    vector(name, length) {
      long = true;
      return parameters.vector(name, length);
    },
    contents(name, length) {
      long = true;
      return parameters.contents(name, length);
    },
    array(name) {
      long = true;
      return parameters.array(name);
    },
  };
  return {
    listening: { ...request, parameters: reader, stream: noted('stream', request.stream) },
    answered: () => (long ? undefined : answers),
  };
}
