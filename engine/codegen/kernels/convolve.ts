/** Kernel `convolve`: two-dimensional convolution (correlation) with stride and padding, a row of results at a time. */
import { assert, defined } from '../../base/assert.ts';
import type { SignalView } from '../layout.ts';
import { shiftOf } from '../layout.ts';
import { opcodes } from '../wasm/opcodes.ts';
import { vectorOpcodes } from '../wasm/vector-opcodes.ts';
import type { Assembler } from './assembler.ts';
import { assemble } from './assembler.ts';
import type { KernelImplementation, KernelNumbers, KernelUse, KernelViews } from './implementation.ts';

/** Sizes of a convolution. */
export interface ConvolutionShape {
  readonly inputChannels: number;
  readonly height: number;
  readonly width: number;
  readonly outputChannels: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly strideY: number;
  readonly strideX: number;
  readonly paddingY: number;
  readonly paddingX: number;
  readonly outputHeight: number;
  readonly outputWidth: number;
}

/** Places of a padded axis of so many elements at which a kernel fits. */
export function convolvedSize(size: number, kernelSize: number, stride: number, padding: number): number {
  return Math.floor((size + 2 * padding - kernelSize) / stride) + 1;
}

/** The sizes that the numbers of the kernel say. */
export function shapeOf(numbers: KernelNumbers): ConvolutionShape {
  const given = numbers as unknown as Omit<ConvolutionShape, 'outputHeight' | 'outputWidth'>;
  return {
    ...given,
    outputHeight: convolvedSize(given.height, given.kernelHeight, given.strideY, given.paddingY),
    outputWidth: convolvedSize(given.width, given.kernelWidth, given.strideX, given.paddingX),
  };
}

/** Results of a row that place `kx` of the kernel contributes to: those whose input lies inside. */
function columnsOf(shape: ConvolutionShape, kx: number): readonly [number, number] {
  const { strideX, paddingX, width, outputWidth } = shape;
  const from = Math.max(0, Math.ceil((paddingX - kx) / strideX));
  const to = Math.min(outputWidth, Math.floor((width - 1 + paddingX - kx) / strideX) + 1);
  return [from, Math.max(from, to)];
}

export const convolve: KernelImplementation = {
  run(views, numbers) {
    const shape = shapeOf(numbers);
    for (let output = 0; output < shape.outputChannels; output += 1) {
      for (let y = 0; y < shape.outputHeight; y += 1) convolveRow(views, shape, output, y);
    }
  },
  emit(body, use) {
    const shape = shapeOf(use.numbers);
    const types = ['input', 'weights', 'bias', 'result'].flatMap((name) => use.places[name]?.type ?? []);
    assert(new Set(types).size === 1, 'convolve of mixed precisions');
    const asm = assemble(body);
    const locals = {
      output: asm.local('i32'),
      y: asm.local('i32'),
      row: asm.local('i32'),
      kernel: asm.local('i32'),
      channel: asm.local('i32'),
      inputY: asm.local('i32'),
      input: asm.local('i32'),
      x: asm.local('i32'),
    };
    const emitter: Emitter = { asm, use, shape, locals, ...arithmetic(use) };
    asm.count({ index: locals.output, from: () => asm.i32(0), to: () => asm.i32(shape.outputChannels) }, () => {
      asm.count({ index: locals.y, from: () => asm.i32(0), to: () => asm.i32(shape.outputHeight) }, () => {
        emitRow(emitter);
      });
    });
    asm.end();
  },
};

/** Row `y` of channel `output`. */
function convolveRow(views: KernelViews, shape: ConvolutionShape, output: number, y: number): void {
  const { inputChannels, kernelHeight, kernelWidth, height, outputHeight, outputWidth } = shape;
  const start = (output * outputHeight + y) * outputWidth;
  const row = defined(views['result'], 'result').subarray(start, start + outputWidth);
  row.fill(views['bias']?.[output] ?? 0);
  for (let channel = 0; channel < inputChannels; channel += 1) {
    for (let ky = 0; ky < kernelHeight; ky += 1) {
      const inputY = y * shape.strideY + ky - shape.paddingY;
      if (inputY < 0 || inputY >= height) continue;
      const place = ((output * inputChannels + channel) * kernelHeight + ky) * kernelWidth;
      for (let kx = 0; kx < kernelWidth; kx += 1) {
        const base = (channel * height + inputY) * shape.width + kx - shape.paddingX;
        addTerms(row, views, shape, { kx, place: place + kx, base });
      }
    }
  }
}

interface KernelColumn {
  readonly kx: number;
  /** Place of the weight. */
  readonly place: number;
  /** Place of the input of result 0. */
  readonly base: number;
}

function addTerms(
  row: SignalView,
  views: KernelViews,
  shape: ConvolutionShape,
  { kx, place, base }: KernelColumn,
): void {
  const round = row instanceof Float32Array ? Math.fround : (value: number) => value;
  const weight = defined(views['weights'], 'weights')[place] as number;
  const input = defined(views['input'], 'input');
  const [from, to] = columnsOf(shape, kx);
  for (let x = from; x < to; x += 1) {
    row[x] = (row[x] as number) + round(weight * (input[base + x * shape.strideX] as number));
  }
}

interface Emitter {
  readonly asm: Assembler;
  readonly use: KernelUse;
  readonly shape: ConvolutionShape;
  readonly locals: Readonly<Record<'output' | 'y' | 'row' | 'kernel' | 'channel' | 'inputY' | 'input' | 'x', number>>;
  readonly lanes: number;
  readonly shift: number;
  readonly load: number;
  readonly store: number;
  readonly add: number;
  readonly multiply: number;
  readonly splatLoad: number;
  readonly vectorAdd: number;
  readonly vectorMultiply: number;
}

function arithmetic(use: KernelUse) {
  const { type } = defined(use.places['result'], 'result');
  return type === 'f64'
    ? {
        lanes: 2,
        shift: shiftOf(type),
        load: opcodes.f64Load,
        store: opcodes.f64Store,
        add: opcodes.f64Add,
        multiply: opcodes.f64Multiply,
        splatLoad: vectorOpcodes.v128Load64Splat,
        vectorAdd: vectorOpcodes.f64x2Add,
        vectorMultiply: vectorOpcodes.f64x2Multiply,
      }
    : {
        lanes: 4,
        shift: shiftOf(type),
        load: opcodes.f32Load,
        store: opcodes.f32Store,
        add: opcodes.f32Add,
        multiply: opcodes.f32Multiply,
        splatLoad: vectorOpcodes.v128Load32Splat,
        vectorAdd: vectorOpcodes.f32x4Add,
        vectorMultiply: vectorOpcodes.f32x4Multiply,
      };
}

/** Row `y` of channel `output`. `row` is its byte address; `kernel` that of the weight being applied. */
function emitRow(emitter: Emitter): void {
  const { asm, shape, locals, shift } = emitter;
  const { inputChannels, kernelHeight, kernelWidth, outputHeight, outputWidth } = shape;
  asm.get(locals.output);
  asm.i32(outputHeight);
  asm.op(opcodes.i32Multiply);
  asm.get(locals.y);
  asm.op(opcodes.i32Add);
  asm.i32(outputWidth << shift);
  asm.op(opcodes.i32Multiply);
  asm.set(locals.row);
  asm.get(locals.output);
  asm.i32((inputChannels * kernelHeight * kernelWidth) << shift);
  asm.op(opcodes.i32Multiply);
  asm.set(locals.kernel);
  fillRow(emitter);
  asm.count({ index: locals.channel, from: () => asm.i32(0), to: () => asm.i32(inputChannels) }, () => {
    for (let ky = 0; ky < kernelHeight; ky += 1) emitKernelRow(emitter, ky);
  });
}

/** Every element of the row becomes the bias. */
function fillRow({ asm, use, shape, locals, shift, load, store }: Emitter): void {
  const result = defined(use.places['result'], 'result');
  const { bias } = use.places;
  asm.count({ index: locals.x, from: () => asm.i32(0), to: () => asm.i32(shape.outputWidth) }, () => {
    asm.scaled(locals.x, shift);
    asm.get(locals.row);
    asm.op(opcodes.i32Add);
    if (bias !== undefined) {
      asm.scaled(locals.output, shift);
      asm.body.access(load, shift, bias.offset);
    } else if (shift === 3) asm.f64(0);
    else asm.body.f32(0);
    asm.body.access(store, shift, result.offset);
  });
}

function emitKernelRow(emitter: Emitter, ky: number): void {
  const { asm, shape, locals, shift } = emitter;
  asm.get(locals.y);
  asm.i32(shape.strideY);
  asm.op(opcodes.i32Multiply);
  asm.i32(ky - shape.paddingY);
  asm.op(opcodes.i32Add);
  asm.tee(locals.inputY);
  asm.i32(shape.height);
  // A row above the first is a large number without sign.
  asm.op(opcodes.i32LessUnsigned);
  asm.when(() => {
    asm.get(locals.channel);
    asm.i32(shape.height);
    asm.op(opcodes.i32Multiply);
    asm.get(locals.inputY);
    asm.op(opcodes.i32Add);
    asm.i32(shape.width << shift);
    asm.op(opcodes.i32Multiply);
    asm.set(locals.input);
    for (let kx = 0; kx < shape.kernelWidth; kx += 1) emitAxpy(emitter, kx);
  });
  asm.increase(locals.kernel, shape.kernelWidth << shift);
}

/** row[x] += weight · input[x·stride + kx − padding] for all x inside. */
function emitAxpy(emitter: Emitter, kx: number): void {
  const { asm, shape, locals, lanes } = emitter;
  const [from, to] = columnsOf(shape, kx);
  const vectorEnd = shape.strideX === 1 ? from + Math.floor((to - from) / lanes) * lanes : from;
  const each = (start: number, end: number, by: number, repeat: () => void): void => {
    if (start < end) asm.count({ index: locals.x, from: () => asm.i32(start), to: () => asm.i32(end), by }, repeat);
  };
  each(from, vectorEnd, lanes, () => emitTerm(emitter, kx, true));
  each(vectorEnd, to, 1, () => emitTerm(emitter, kx, false));
}

function emitTerm(emitter: Emitter, kx: number, wide: boolean): void {
  const { asm, use, shape, locals, shift } = emitter;
  const { body } = asm;
  const [input, weights, result] = ['input', 'weights', 'result'].map((name) => defined(use.places[name], name).offset);
  const access = (instruction: number, offset: number): void =>
    wide ? body.simdAccess(instruction, shift, offset) : body.access(instruction, shift, offset);
  const loaded = wide ? vectorOpcodes.v128Load : emitter.load;
  const address = (): void => {
    asm.scaled(locals.x, shift);
    asm.get(locals.row);
    asm.op(opcodes.i32Add);
  };
  address();
  address();
  access(loaded, result as number);
  asm.get(locals.kernel);
  access(wide ? emitter.splatLoad : emitter.load, (weights as number) + (kx << shift));
  asm.get(locals.x);
  asm.i32(shape.strideX);
  asm.op(opcodes.i32Multiply);
  asm.i32(kx - shape.paddingX);
  asm.op(opcodes.i32Add);
  asm.i32(shift);
  asm.op(opcodes.i32ShiftLeft);
  asm.get(locals.input);
  asm.op(opcodes.i32Add);
  access(loaded, input as number);
  if (wide) {
    asm.simd(emitter.vectorMultiply);
    asm.simd(emitter.vectorAdd);
  } else asm.op(emitter.multiply, emitter.add);
  access(wide ? vectorOpcodes.v128Store : emitter.store, result as number);
}
