/** What the mouse does, for the sheet of shortcuts; these are fixed. */

export interface MouseGesture {
  readonly title: string;
  readonly gesture: string;
}

export const mouseGestures: readonly MouseGesture[] = [
  { title: 'Insert a block', gesture: 'Drag from the palette, or double-click the canvas' },
  { title: 'Put a block into a wire', gesture: 'Drop it on the wire' },
  { title: 'Connect', gesture: 'Drag from port to port' },
  { title: 'Connect to a new block', gesture: 'Drag from a port to empty canvas' },
  { title: 'Plot an output', gesture: 'Drag from its port onto the plots' },
  { title: 'Select several blocks', gesture: 'Drag on empty canvas, or Shift-click' },
  { title: 'Move the canvas', gesture: 'Middle button, or hold Space and drag' },
  { title: 'Zoom the canvas or a plot', gesture: 'Wheel' },
  { title: 'Look back in time', gesture: 'Drag a plot or the window in the time strip' },
  { title: 'Follow the newest samples', gesture: 'Double-click a plot or the time strip' },
  { title: 'Rename a block', gesture: 'Double-click its name' },
  { title: 'Open a project or a series', gesture: 'Drop the file on the window' },
];
