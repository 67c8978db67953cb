/** A small picture of a matrix or series. */
import { useEffect, useRef } from 'react';
import { decodeArray } from '../../engine/model/arrays.ts';
import type { ArrayRecord } from '../../engine/model/document.ts';
import { useSession } from '../stores/services.ts';
import { shownTheme } from '../stores/session-store.ts';

/** At most so many picture elements per side; larger arrays are sampled. */
const side = 72;

/** A matrix as coloured cells (blue excites, vermillion inhibits), a series as a line. */
export function ArrayPicture({ record }: { readonly record: ArrayRecord }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useSession(shownTheme);
  useEffect(() => {
    const target = canvas.current;
    const decoded = decodeArray(record);
    if (target !== null && decoded.ok) paint(target, decoded.value.values, record.shape);
  }, [record, theme]);
  return <canvas ref={canvas} className="array-picture" width={264} height={96} aria-hidden="true" />;
}

function paint(canvas: HTMLCanvasElement, values: Float64Array, shape: readonly number[]): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const style = getComputedStyle(canvas);
  const colours = {
    positive: style.getPropertyValue('--excitatory'),
    negative: style.getPropertyValue('--inhibitory'),
  };
  context.clearRect(0, 0, canvas.width, canvas.height);
  const [rows = 1, columns = 1] = shape;
  if (columns <= 4 && rows > 4) paintLine(context, values, columns, colours.positive);
  else paintCells(context, values, { rows, columns }, colours);
}

function paintLine(context: CanvasRenderingContext2D, values: Float64Array, columns: number, colour: string): void {
  const { width, height } = context.canvas;
  const rows = values.length / columns;
  const first = Array.from({ length: rows }, (_, row) => values[row * columns] as number);
  const low = first.reduce((least, value) => Math.min(least, value), Infinity);
  const high = first.reduce((most, value) => Math.max(most, value), -Infinity);
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  first.forEach((value, row) => {
    const y = height - 2 - ((value - low) / (high - low || 1)) * (height - 4);
    context.lineTo((row / Math.max(rows - 1, 1)) * width, y);
  });
  context.stroke();
}

function paintCells(
  context: CanvasRenderingContext2D,
  values: Float64Array,
  { rows, columns }: { readonly rows: number; readonly columns: number },
  colours: { readonly positive: string; readonly negative: string },
): void {
  const { width, height } = context.canvas;
  const [shownRows, shownColumns] = [Math.min(rows, side), Math.min(columns, side * 2)];
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  for (let row = 0; row < shownRows; row += 1) {
    for (let column = 0; column < shownColumns; column += 1) {
      const value = values[
        Math.floor((row * rows) / shownRows) * columns + Math.floor((column * columns) / shownColumns)
      ] as number;
      if (value === 0) continue;
      context.globalAlpha = 0.25 + (0.75 * Math.abs(value)) / largest;
      context.fillStyle = value > 0 ? colours.positive : colours.negative;
      context.fillRect(
        (column * width) / shownColumns,
        (row * height) / shownRows,
        Math.max(1, width / shownColumns - 0.5),
        Math.max(1, height / shownRows - 0.5),
      );
    }
  }
  context.globalAlpha = 1;
}
