/** Cross entropy: of classes, of outputs that leak (what steps leave is summed with weights that fall towards the past), and of yes and no. */
import type { SignalId } from '../build/program.ts';
import type { Loss } from './gradient-run.ts';

export interface LeakyClasses {
  /** Signal with one channel per class, weighted and summed over the steps. */
  readonly signal: SignalId;
  readonly classes: number;
  /** What remains of the sum from step to step; 1 = plain sum. */
  readonly decay: number;
}

/** −log softmax(o)[label] of o = decay·o + outcome, step by step from 0. */
export function leakyCrossEntropy({ signal, classes, decay }: LeakyClasses, label: number): Loss {
  return (outcome) => {
    const rows = outcome(signal);
    const sums = new Float64Array(classes);
    rows.forEach((value, place) => {
      const channel = place % classes;
      sums[channel] = (sums[channel] as number) * decay + value;
    });
    const most = Math.max(...sums);
    const shares = sums.map((sum) => Math.exp(sum - most));
    const total = shares.reduce((sum, share) => sum + share, 0);
    const slope = shares.map((share, channel) => share / total - (channel === label ? 1 : 0));
    const slopes = new Float64Array(rows.length);
    for (let place = rows.length - classes; place >= 0; place -= classes) {
      slopes.set(slope, place);
      for (let channel = 0; channel < classes; channel += 1) slope[channel] = (slope[channel] as number) * decay;
    }
    return { value: most + Math.log(total) - (sums[label] as number), slopes: new Map([[signal, slopes]]) };
  };
}

/** Mean over steps and channels of log(1 + e^p) − t·p: −log of the chance of targets t of 0 and 1 under σ(p). */
export function binaryCrossEntropy(signal: SignalId, target: ArrayLike<number>): Loss {
  return (outcome) => {
    const found = outcome(signal);
    const slopes = new Float64Array(found.length);
    let value = 0;
    found.forEach((p, place) => {
      const wanted = target[place] as number;
      value += Math.max(p, 0) + Math.log1p(Math.exp(-Math.abs(p))) - wanted * p;
      slopes[place] = (1 / (1 + Math.exp(-p)) - wanted) / found.length;
    });
    return { value: value / found.length, slopes: new Map([[signal, slopes]]) };
  };
}
