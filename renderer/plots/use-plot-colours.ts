/** Colours of the plots: the tokens of the theme as plain strings, read again when the theme changes. */
import { useMemo } from 'react';
import type { PlotColours } from './plot-plan.ts';
import { useReadable } from './readable.ts';
import { usePlotServices } from './use-plot-services.ts';

export function usePlotColours(): PlotColours {
  const theme = useReadable(usePlotServices().theme);
  return useMemo(() => plotColours(theme), [theme]);
}

/** The colours of the theme that is shown; it is named only to make clear what the result depends on. */
export function plotColours(_theme: string): PlotColours {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  const stimuli = token('--family-stimuli');
  const neurons = token('--family-neurons');
  const layers = token('--family-layers');
  const readouts = token('--family-readouts');
  const boards = token('--family-boards');
  return {
    ink: token('--ink'),
    secondInk: token('--ink-second'),
    thirdInk: token('--ink-third'),
    panel: token('--panel'),
    grid: token('--line'),
    accent: token('--accent'),
    font: `11px ${token('--font-mono')}`,
    textFont: `11px ${token('--font-text')}`,
    excitatory: neurons,
    inhibitory: boards,
    lines: [neurons, boards, layers, readouts, stimuli],
  };
}
