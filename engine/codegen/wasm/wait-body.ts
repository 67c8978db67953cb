/** The function in which threads wait for each other: they look for a while, then sleep. */
import { controlWords } from '../threads/control.ts';
import type { FunctionBody } from './function-body.ts';
import { createFunctionBody } from './function-body.ts';
import { atomicOpcodes, opcodes, typeBytes } from './opcodes.ts';

/** Words of the control signal by address, as instructions. */
interface Words {
  load(word: keyof typeof controlWords): void;
  /** Pops an amount after the address was pushed; pushes what stood there before. */
  add(word: keyof typeof controlWords, amount: number): void;
  access(instruction: number, word: keyof typeof controlWords): void;
}

/**
 * Returns when all threads have called it. The last one to come raises the generation, which the others watch. A thread
 * says that it sleeps before it looks at the generation for the last time, and the last one to come looks for sleepers
 * after it raised it: none is forgotten.
 */
export function waitBody(control: number, threads: number): FunctionBody {
  const body = createFunctionBody(0);
  const words = wordsOf(body, control);
  const [generation, looks] = [body.acquire('i32'), body.acquire('i32')];
  words.load('generation');
  body.indexed(opcodes.localSet, generation);
  words.add('arrived', 1);
  body.i32(threads - 1);
  body.plain(opcodes.i32Equal, opcodes.if, typeBytes.empty);
  release(body, words, threads);
  body.plain(opcodes.return, opcodes.end);
  watch(body, words, { generation, looks });
  sleep(body, words, generation);
  return body;
}

function wordsOf(body: FunctionBody, control: number): Words {
  const access = (instruction: number, word: keyof typeof controlWords): void => {
    body.plain(opcodes.atomic);
    body.code.unsigned(instruction);
    body.code.unsigned(2);
    body.code.unsigned(control + 4 * controlWords[word]);
  };
  return {
    access,
    load(word) {
      body.i32(0);
      access(atomicOpcodes.i32Load, word);
    },
    add(word, amount) {
      body.i32(0);
      body.i32(amount);
      access(atomicOpcodes.i32Add, word);
    },
  };
}

function release(body: FunctionBody, words: Words, threads: number): void {
  body.i32(0);
  body.i32(0);
  words.access(atomicOpcodes.i32Store, 'arrived');
  words.add('generation', 1);
  body.plain(opcodes.drop);
  words.load('sleeping');
  body.plain(opcodes.if, typeBytes.empty);
  body.i32(0);
  body.i32(threads);
  words.access(atomicOpcodes.notify, 'generation');
  body.plain(opcodes.drop, opcodes.end);
}

/** Returns from the function when the generation is another; goes on when patience is at its end. */
function watch(
  body: FunctionBody,
  words: Words,
  locals: { readonly generation: number; readonly looks: number },
): void {
  words.load('patience');
  body.indexed(opcodes.localSet, locals.looks);
  body.plain(opcodes.loop, typeBytes.empty);
  words.load('generation');
  body.indexed(opcodes.localGet, locals.generation);
  body.plain(opcodes.i32NotEqual, opcodes.if, typeBytes.empty, opcodes.return, opcodes.end);
  body.indexed(opcodes.localGet, locals.looks);
  body.i32(-1);
  body.plain(opcodes.i32Add);
  body.indexed(opcodes.localTee, locals.looks);
  body.indexed(opcodes.branchIf, 0);
  body.plain(opcodes.end);
}

function sleep(body: FunctionBody, words: Words, generation: number): void {
  words.add('sleeping', 1);
  body.plain(opcodes.drop, opcodes.loop, typeBytes.empty);
  body.i32(0);
  body.indexed(opcodes.localGet, generation);
  body.i64(-1n);
  words.access(atomicOpcodes.wait32, 'generation');
  body.plain(opcodes.drop);
  words.load('generation');
  body.indexed(opcodes.localGet, generation);
  body.plain(opcodes.i32Equal);
  body.indexed(opcodes.branchIf, 0);
  body.plain(opcodes.end);
  words.add('sleeping', -1);
  body.plain(opcodes.drop);
}
