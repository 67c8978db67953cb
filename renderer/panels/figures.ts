/** Figures of the run as short text with three significant digits. */
import { significant } from '../../engine/units/format-quantity.ts';

/** `t = 1.284 s`: milliseconds always shown, so that the figure does not jump in width. */
export function simulatedTime(seconds: number): string {
  return `${seconds.toFixed(3)} s`;
}

/** `1.0×`, `0.25×`, `120×`. */
export function factor(value: number): string {
  if (value >= 100) return `${Math.round(value)}×`;
  return `${value >= 10 ? value.toFixed(0) : value >= 0.995 ? value.toFixed(1) : value.toFixed(2)}×`;
}

/** `412 k`, `1.2 M`; numbers below `plain` are written out. */
export function count(value: number, plain = 1e4): string {
  if (value >= 1e6) return `${significant(value / 1e6)} M`;
  if (value >= plain) return `${significant(value / 1e3)} k`;
  return String(Math.round(value));
}

/** `38 MB`. */
export function megabytes(bytes: number): string {
  const value = bytes / 1e6;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} MB`;
}

/** `3 s`, `2 min`, `1 h 20 min`. */
export function duration(seconds: number): string {
  if (seconds < 1) return 'less than 1 s';
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
}

/** `just now`, `5 s ago`, `2 min ago`. */
export function ago(milliseconds: number): string {
  return milliseconds < 1500 ? '1 s ago' : `${duration(milliseconds / 1000)} ago`;
}
