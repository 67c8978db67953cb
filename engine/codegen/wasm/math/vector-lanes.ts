/** Lanes that emit: a value is the number of a local with a vector, and every operation writes its instructions at once. */
import { assert } from '../../../base/assert.ts';
import type { Lanes } from '../../../math/lanes/lanes.ts';
import type { Table } from '../../../math/tables/table.ts';
import type { FunctionBody } from '../function-body.ts';
import { opcodes, typeBytes, type WasmType } from '../opcodes.ts';
import { vectorOpcodes } from '../vector-opcodes.ts';
import { emitRemainder } from './remainder.ts';
import { vectorInstructions, type LaneType } from './vector-instructions.ts';

/** Byte address of a table by its id. */
export type AddressOf = (id: string) => number;

export interface VectorLanes extends Lanes<number, number, number> {
  /** Pops the vector on the stack. */
  pop(): number;
  /** Pushes a value. */
  push(value: number): void;
  /** Gives all locals back. */
  release(): void;
}

/** What the parts of one set of lanes share. */
interface Emission {
  readonly body: FunctionBody;
  readonly lanes: LaneType;
  readonly addressOf: AddressOf;
  /** A new local, given back at the end. */
  acquire(type: WasmType): number;
  /** Pops into a new local. */
  keep(): number;
  /** The instruction applied to locals. */
  apply(instruction: number, ...operands: readonly number[]): number;
  /** A constant, written once where it can be reached. */
  constant(key: string, write: () => void): number;
  /** Addresses of rows by table width and row, where they can be reached. */
  readonly addresses: Map<string, readonly [number, number]>;
  /** Emits what may be passed over: constants and addresses made there are not known after it. */
  apart(emit: () => void): void;
}

/** Lanes over the body of a function; `acquired` locals are given back by `release`. */
export function createVectorLanes(body: FunctionBody, lanes: LaneType, addressOf: AddressOf): VectorLanes {
  const acquired: { type: WasmType; local: number }[] = [];
  const emission = createEmission(body, lanes, addressOf, acquired);
  return {
    ...arithmetic(emission),
    ...conditions(emission),
    ...integers(emission),
    lookup: (table, row, column) => lookup(emission, table, row, column),
    pop: () => emission.keep(),
    push: (value) => body.indexed(opcodes.localGet, value),
    release: () => {
      for (const { type, local } of acquired.splice(0)) body.release(type, local);
    },
  };
}

function createEmission(
  body: FunctionBody,
  lanes: LaneType,
  addressOf: AddressOf,
  acquired: { type: WasmType; local: number }[],
): Emission {
  const constants = new Map<string, number>();
  const addresses = new Map<string, readonly [number, number]>();
  const acquire = (type: WasmType): number => {
    const local = body.acquire(type);
    acquired.push({ type, local });
    return local;
  };
  const keep = (): number => {
    const local = acquire('v128');
    body.indexed(opcodes.localSet, local);
    return local;
  };
  return {
    body,
    lanes,
    addressOf,
    addresses,
    acquire,
    keep,
    apply(instruction, ...operands) {
      for (const operand of operands) body.indexed(opcodes.localGet, operand);
      body.simd(instruction);
      return keep();
    },
    constant(key, write) {
      const known = constants.get(key);
      if (known !== undefined) return known;
      write();
      const local = keep();
      constants.set(key, local);
      return local;
    },
    apart(emit) {
      const before = { constants: new Set(constants.keys()), addresses: new Set(addresses.keys()) };
      emit();
      for (const key of constants.keys()) if (!before.constants.has(key)) constants.delete(key);
      for (const key of addresses.keys()) if (!before.addresses.has(key)) addresses.delete(key);
    },
  };
}

type Arithmetic = Pick<
  VectorLanes,
  | 'constant'
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide'
  | 'squareRoot'
  | 'negate'
  | 'absolute'
  | 'floor'
  | 'ceil'
  | 'truncate'
  | 'nearest'
  | 'smaller'
  | 'larger'
  | 'remainder'
  | 'withSign'
  | 'upperHalf'
>;

function arithmetic(emission: Emission): Arithmetic {
  const { body, lanes, apply } = emission;
  const instructions = vectorInstructions[lanes];
  const binary =
    (name: 'add' | 'subtract' | 'multiply' | 'divide' | 'smaller' | 'larger') => (left: number, right: number) =>
      apply(instructions[name], left, right);
  const unary =
    (name: 'squareRoot' | 'negate' | 'absolute' | 'floor' | 'ceil' | 'truncate' | 'nearest') => (x: number) =>
      apply(instructions[name], x);
  const allOnes = 2n ** BigInt(instructions.width) - 1n;
  const signBit = 2n ** BigInt(instructions.width - 1);
  return {
    constant: (value) =>
      emission.constant(Object.is(value, -0) ? '-0' : String(value), () =>
        lanes === 'f64x2' ? body.f64x2(value) : body.f32x4(value),
      ),
    add: binary('add'),
    subtract: binary('subtract'),
    multiply: binary('multiply'),
    divide: binary('divide'),
    smaller: binary('smaller'),
    larger: binary('larger'),
    squareRoot: unary('squareRoot'),
    negate: unary('negate'),
    absolute: unary('absolute'),
    floor: unary('floor'),
    ceil: unary('ceil'),
    truncate: unary('truncate'),
    nearest: unary('nearest'),
    remainder(dividend, divisor) {
      assert(lanes === 'f64x2', 'remainder is made in double precision');
      emitRemainder(body, dividend, divisor);
      return emission.keep();
    },
    withSign(size, sign) {
      const mask = integerConstant(emission, signBit);
      const part = apply(vectorOpcodes.v128And, sign, mask);
      return apply(vectorOpcodes.v128Or, apply(instructions.absolute, size), part);
    },
    upperHalf: (x) =>
      apply(vectorOpcodes.v128And, x, integerConstant(emission, allOnes - (2n ** BigInt(instructions.lowerHalf) - 1n))),
  };
}

/** The same whole number in every lane. */
function integerConstant(emission: Emission, value: bigint): number {
  const { body, lanes } = emission;
  return emission.constant(`integer ${value}`, () =>
    lanes === 'f64x2' ? body.i64x2(BigInt.asIntN(64, value)) : body.i32x4(Number(BigInt.asIntN(32, value))),
  );
}

type Conditions = Pick<VectorLanes, 'less' | 'lessEqual' | 'equal' | 'and' | 'or' | 'not' | 'select' | 'rarely'>;

function conditions(emission: Emission): Conditions {
  const { body, lanes, apply } = emission;
  const instructions = vectorInstructions[lanes];
  return {
    less: (left, right) => apply(instructions.less, left, right),
    lessEqual: (left, right) => apply(instructions.lessEqual, left, right),
    equal: (left, right) => apply(instructions.equal, left, right),
    and: (left, right) => apply(vectorOpcodes.v128And, left, right),
    or: (left, right) => apply(vectorOpcodes.v128Or, left, right),
    not: (mask) => apply(vectorOpcodes.v128Not, mask),
    select: (mask, whenTrue, whenFalse) => apply(vectorOpcodes.v128Select, whenTrue, whenFalse, mask),
    rarely(mask, usual, unusual) {
      const results = usual.map((value) => {
        body.indexed(opcodes.localGet, value);
        return emission.keep();
      });
      body.indexed(opcodes.localGet, mask);
      body.simd(lanes === 'f64x2' ? vectorOpcodes.i64x2BitMask : vectorOpcodes.i32x4BitMask);
      body.plain(opcodes.if, typeBytes.empty);
      emission.apart(() => {
        unusual().forEach((value, index) => {
          for (const operand of [value, usual[index] as number, mask]) body.indexed(opcodes.localGet, operand);
          body.simd(vectorOpcodes.v128Select);
          body.indexed(opcodes.localSet, results[index] as number);
        });
      });
      body.plain(opcodes.end);
      return results;
    },
  };
}

type Integers = Pick<
  VectorLanes,
  | 'integerIn'
  | 'bitsFrom'
  | 'integer'
  | 'addIntegers'
  | 'subtractIntegers'
  | 'shiftRight'
  | 'lowBits'
  | 'isOdd'
  | 'toValue'
  | 'powerOfTwo'
  | 'scale'
  | 'negateIfOdd'
>;

function integers(emission: Emission): Integers {
  const { body, lanes, apply } = emission;
  const instructions = vectorInstructions[lanes];
  const { fraction, bias, width } = instructions;
  const integer = (value: number): number => integerConstant(emission, BigInt(value));
  const shift = (instruction: number, x: number, count: number): number => {
    body.indexed(opcodes.localGet, x);
    body.i32(count);
    body.simd(instruction);
    return emission.keep();
  };
  const wholeFrom = 2 ** fraction;
  const exponentOfWhole = BigInt(bias + fraction) << BigInt(fraction);
  return {
    integer,
    integerIn: (shifted) => shifted,
    bitsFrom: (x, count) => shift(instructions.shiftRight, x, count),
    addIntegers: (left, right) => apply(instructions.addIntegers, left, right),
    subtractIntegers: (left, right) => apply(instructions.subtractIntegers, left, right),
    shiftRight: (x, count) => shift(instructions.shiftRight, x, count),
    lowBits: (x, count) => apply(vectorOpcodes.v128And, x, integer(2 ** count - 1)),
    isOdd: (x) => apply(instructions.equalIntegers, apply(vectorOpcodes.v128And, x, integer(1)), integer(1)),
    toValue(x) {
      const shifted = apply(vectorOpcodes.v128Or, x, integerConstant(emission, exponentOfWhole));
      const whole = emission.constant(String(wholeFrom), () =>
        lanes === 'f64x2' ? body.f64x2(wholeFrom) : body.f32x4(wholeFrom),
      );
      return apply(instructions.subtract, shifted, whole);
    },
    powerOfTwo: (exponent) =>
      shift(instructions.shiftLeft, apply(instructions.addIntegers, exponent, integer(bias)), fraction),
    scale: (x, exponent) => apply(instructions.addIntegers, x, shift(instructions.shiftLeft, exponent, fraction)),
    negateIfOdd: (x, value) => apply(vectorOpcodes.v128ExclusiveOr, x, shift(instructions.shiftLeft, value, width - 1)),
  };
}

/** Column of a row per lane, loaded lane by lane. */
function lookup(emission: Emission, table: Table, row: number, column: number): number {
  const { body, lanes } = emission;
  assert(lanes === 'f64x2', 'tables hold double precision');
  const [first, second] = addressesOf(emission, table.columns, row);
  const offset = emission.addressOf(table.id) + 8 * column;
  body.indexed(opcodes.localGet, second);
  body.indexed(opcodes.localGet, first);
  body.simdAccess(vectorOpcodes.v128Load64Zero, 3, offset);
  body.simdAccess(vectorOpcodes.v128Load64Lane, 3, offset, 1);
  return emission.keep();
}

/** Locals with the distances in bytes of the rows of both lanes from the start of their table. */
function addressesOf(emission: Emission, columns: number, row: number): readonly [number, number] {
  const key = `${columns} ${row}`;
  const known = emission.addresses.get(key);
  if (known !== undefined) return known;
  const { body } = emission;
  const address = (lane: number): number => {
    const local = emission.acquire('i32');
    body.indexed(opcodes.localGet, row);
    body.simd(vectorOpcodes.i32x4ExtractLane, 2 * lane);
    body.i32(8 * columns);
    body.plain(opcodes.i32Multiply);
    body.indexed(opcodes.localSet, local);
    return local;
  };
  const addresses = [address(0), address(1)] as const;
  emission.addresses.set(key, addresses);
  return addresses;
}
