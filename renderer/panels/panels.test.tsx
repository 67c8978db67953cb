/** Panels: history list, palette, problems. */
import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { problem } from '../../engine/base/problem.ts';
import { catalogue } from '../../engine/library/library.ts';
import { insertElement } from '../commands/element-gestures.ts';
import { mount, type Mounted } from '../stores/mounted.test-support.tsx';
import { createTestWorkbench } from '../stores/workbench.test-support.ts';
import { HistoryList } from './HistoryList.tsx';
import { Palette } from './Palette.tsx';
import { bestMatch, paletteFamilies } from './palette-search.ts';

let mounted: Mounted | undefined;
afterEach(() => {
  mounted?.unmount();
  mounted = undefined;
});

describe('history list', () => {
  it('given edits, when an earlier one is pressed, then the document goes there and the later ones are shown as undone', () => {
    const { services } = createTestWorkbench();
    insertElement(services, 'neurons/lif', { x: 0, y: 0 });
    insertElement(services, 'neurons/adex', { x: 0, y: 0 });
    const shown = mount(services, <HistoryList />);
    mounted = shown;
    const rows = () => shown.findAll('.history-row');
    expect(rows()).toHaveLength(3);
    shown.click(rows()[1] as HTMLElement);
    expect(Object.values(services.document.getState().document.elements).map((each) => each.kind)).toEqual([
      'neurons/lif',
    ]);
    expect(rows().map((row) => [row.getAttribute('aria-current'), row.dataset['undone']])).toEqual([
      [null, undefined],
      ['step', undefined],
      [null, 'true'],
    ]);
    shown.click(rows()[2] as HTMLElement);
    expect(Object.keys(services.document.getState().document.elements)).toHaveLength(2);
  });
});

describe('palette', () => {
  it('given no text, then every element kind of the library is there, in its family, and no connector', () => {
    const shown = paletteFamilies(catalogue, '').flatMap(({ family, kinds }) =>
      kinds.map((kind) => `${family} ${kind.id}`),
    );
    const expected = catalogue.entries
      .filter((kind) => kind.family !== 'connectors')
      .map((kind) => `${kind.family} ${kind.id}`);
    expect([...shown].sort()).toEqual([...expected].sort());
  });

  it.each([
    ['poi', 'stimuli/poisson'],
    ['ESN', 'layers/rate-reservoir'],
    ['csv', 'stimuli/series'],
    ['nrmse', 'readouts/ridge'],
  ])('given "%s", then %s is the best match', (text, kind) => {
    expect(bestMatch(catalogue, text)?.id).toBe(kind);
  });

  it('given a search, when Enter is pressed, then the best match is inserted, selected and recorded, as one step', () => {
    const { services } = createTestWorkbench();
    const shown = mount(services, <Palette />);
    mounted = shown;
    shown.enter(shown.find<HTMLInputElement>('input'), 'lif');
    const { document, history } = services.document.getState();
    const [element] = Object.values(document.elements);
    expect(element?.kind).toBe('neurons/lif');
    expect(services.selection.getState().elements).toEqual([element?.id]);
    expect(Object.values(document.probes).map((probe) => probe.element)).toEqual([element?.id]);
    expect(history).toHaveLength(1);
  });

  it('given a press on an item twice, then the second block stands beside the first under another name', () => {
    const { services } = createTestWorkbench();
    const shown = mount(services, <Palette />);
    mounted = shown;
    for (const _ of [1, 2]) shown.click(shown.find('[data-kind="stimuli/poisson"]'));
    const { document } = services.document.getState();
    const [first, second] = Object.values(document.view.positions);
    expect(Object.values(document.elements).map((each) => each.name)).toEqual(['Poisson spikes', 'Poisson spikes 2']);
    expect(first).not.toEqual(second);
  });
});

describe('problem store', () => {
  it('given problems of document and run, then the worst comes first and each element knows its own', () => {
    const { problems } = createTestWorkbench().services;
    const warning = problem('model/missing-input', 'warned', { severity: 'warning', at: { element: 'a' } });
    const error = problem('run/not-finite', 'broke', { at: { element: 'a' } });
    act(() => problems.getState().setDocument([warning]));
    problems.getState().addRun([error, error]);
    expect(problems.getState().all).toEqual([error, warning]);
    expect(problems.getState().byElement.get('a')).toEqual([error, warning]);
    problems.getState().clearRun();
    expect(problems.getState().all).toEqual([warning]);
  });
});
