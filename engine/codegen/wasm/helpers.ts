/** Functions that every module carries: i32 division that cannot trap. */
import type { FunctionBody } from './function-body.ts';
import { createFunctionBody } from './function-body.ts';
import { opcodes, typeBytes } from './opcodes.ts';

/** Bodies in the order of `helperNames`. */
export function helperBodies(): FunctionBody[] {
  return [divideBody(), remainderBody()];
}

const [left, right] = [0, 1];

/** left / right truncated; 0 when right is 0; wraps for −2³¹ / −1. */
function divideBody(): FunctionBody {
  const body = createFunctionBody(2);
  zeroWhenZero(body);
  body.indexed(opcodes.localGet, right);
  body.i32(-1);
  body.plain(opcodes.i32Equal, opcodes.if, typeBytes.empty);
  body.i32(0);
  body.indexed(opcodes.localGet, left);
  body.plain(opcodes.i32Subtract, opcodes.return, opcodes.end);
  operate(body, opcodes.i32Divide);
  return body;
}

/** Remainder with the sign of left; 0 when right is 0. */
function remainderBody(): FunctionBody {
  const body = createFunctionBody(2);
  zeroWhenZero(body);
  operate(body, opcodes.i32Remainder);
  return body;
}

function zeroWhenZero(body: FunctionBody): void {
  body.indexed(opcodes.localGet, right);
  body.plain(opcodes.i32IsZero, opcodes.if, typeBytes.empty);
  body.i32(0);
  body.plain(opcodes.return, opcodes.end);
}

function operate(body: FunctionBody, instruction: number): void {
  body.indexed(opcodes.localGet, left);
  body.indexed(opcodes.localGet, right);
  body.plain(instruction);
}
