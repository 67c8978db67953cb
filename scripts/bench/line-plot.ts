/** Points with a line through them on two linear axes, as SVG. */

export interface PlotLine {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface PlotWish {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly lines: readonly PlotLine[];
}

const [width, height] = [640, 360];
const margin = { left: 64, right: 16, top: 36, bottom: 52 };
const colours = ['#2563eb', '#c2410c', '#15803d'];
const ticks = 5;

/** The picture; both axes start at 0, so that linear growth is a straight line through the corner. */
export function linePlot(wish: PlotWish): string {
  const all = wish.lines.flatMap(({ points }) => points);
  const most = [0, 1].map((axis) => niceCeiling(Math.max(...all.map((point) => point[axis] as number))));
  const [mostX = 1, mostY = 1] = most;
  const x = (value: number): number => margin.left + (value / mostX) * (width - margin.left - margin.right);
  const y = (value: number): number => height - margin.bottom - (value / mostY) * (height - margin.top - margin.bottom);
  const parts = [
    text(width / 2, 20, wish.title, 'middle', 'font-weight="600"'),
    ...axisTicks(mostX).flatMap((value) => [
      line(x(value), y(0), x(value), y(mostY), '#e5e7eb'),
      text(x(value), y(0) + 18, short(value), 'middle'),
    ]),
    ...axisTicks(mostY).flatMap((value) => [
      line(x(0), y(value), x(mostX), y(value), '#e5e7eb'),
      text(x(0) - 8, y(value) + 4, short(value), 'end'),
    ]),
    text((x(0) + x(mostX)) / 2, height - 12, wish.x, 'middle'),
    text(14, y(mostY) - 8, wish.y, 'start'),
    ...wish.lines.flatMap((drawn, index) => drawLine(drawn, colours[index % colours.length] as string, index, x, y)),
  ];
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12">`;
  return `${head}\n<rect width="100%" height="100%" fill="#ffffff"/>\n${parts.join('\n')}\n</svg>\n`;
}

function drawLine(
  { name, points }: PlotLine,
  colour: string,
  index: number,
  x: (value: number) => number,
  y: (value: number) => number,
): string[] {
  const sorted = [...points].sort((left, right) => left[0] - right[0]);
  const places = sorted.map(([across, up]) => [x(across).toFixed(1), y(up).toFixed(1)] as const);
  return [
    `<polyline fill="none" stroke="${colour}" stroke-width="1.5" points="${places.map((place) => place.join(',')).join(' ')}"/>`,
    ...places.map(([across, up]) => `<circle cx="${across}" cy="${up}" r="3" fill="${colour}"/>`),
    text(margin.left + 12, margin.top + 14 + 16 * index, name, 'start', `fill="${colour}"`),
  ];
}

function axisTicks(most: number): number[] {
  return Array.from({ length: ticks + 1 }, (_, index) => (most * index) / ticks);
}

/** The next of 1, 2, 2.5, 5 times a power of ten. */
function niceCeiling(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= value) ?? 10) * power;
}

function short(value: number): string {
  if (value >= 1e6) return `${Number((value / 1e6).toPrecision(3))} M`;
  if (value >= 1e4) return `${Number((value / 1e3).toPrecision(3))} k`;
  return String(Number(value.toPrecision(3)));
}

function line(x1: number, y1: number, x2: number, y2: number, colour: string): string {
  return `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" stroke="${colour}"/>`;
}

function text(x: number, y: number, content: string, anchor: string, extra = ''): string {
  const escaped = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" ${extra}>${escaped}</text>`;
}
