/** The functions in single precision, by name: at most 1 unit in the last place of an f32 from the true value (README.md). */
import { algorithms, type Algorithm, type AlgorithmName } from '../algorithms.ts';
import { numbers } from '../lanes/numbers.ts';
import { singles } from './singles.ts';
import { singleAlgorithms } from './single-algorithms.ts';

function inSingle(name: AlgorithmName): (first: number, second: number) => number {
  const own: Algorithm | undefined = singleAlgorithms[name];
  if (own !== undefined) return (first, second) => own(singles, first, second);
  const double: Algorithm = algorithms[name];
  return (first, second) => Math.fround(double(numbers, first, second));
}

/** Arguments and results are f32 numbers; functions of one argument ignore the second. */
export const singleFunctionTable = Object.fromEntries(
  (Object.keys(algorithms) as AlgorithmName[]).map((name) => [name, inSingle(name)]),
) as Readonly<Record<AlgorithmName, (first: number, second: number) => number>>;
