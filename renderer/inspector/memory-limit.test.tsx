/** The memory limit: chosen among the run settings, sent to the engine, no part of the project. */
import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { defaultMemoryLimitBytes } from '../../engine/codegen/layout.ts';
import { problem } from '../../engine/base/problem.ts';
import { mount, type Mounted } from '../stores/mounted.test-support.tsx';
import { bytesOfLimit, memoryLimit } from '../stores/memory-limit.ts';
import { createTestWorkbench } from '../stores/workbench.test-support.ts';
import { Inspector } from './Inspector.tsx';

let mounted: Mounted | undefined;
afterEach(() => {
  mounted?.unmount();
  mounted = undefined;
});

function withRunSettings() {
  const bench = createTestWorkbench();
  const shown = mount(bench.services, <Inspector />);
  mounted = shown;
  const field = (): HTMLInputElement => shown.find<HTMLInputElement>('input[aria-label="Memory limit"]');
  const limit = () => bench.services.session.getState().memoryLimitGiB;
  const settle = () => act(() => bench.services.runs.settled());
  return { ...bench, shown, field, limit, settle };
}

describe('the memory limit', () => {
  it('is the default of the engine until another one is chosen', async () => {
    const { services, engine, field } = withRunSettings();
    expect(bytesOfLimit(memoryLimit.usual)).toBe(defaultMemoryLimitBytes);
    expect(field().value).toBe('2');
    await act(() => services.runs.connect(false));
    expect(engine.memoryLimitBytes).toBe(defaultMemoryLimitBytes);
  });

  it('given another limit, then the next build has it, the project is untouched, and the reset mark takes it back', async () => {
    const { services, engine, shown, field, limit, settle } = withRunSettings();
    await act(() => services.runs.connect(false));
    const { document } = services.document.getState();
    shown.enter(field(), '0.5 GiB');
    await settle();
    expect(services.document.getState().document).toBe(document);
    expect(engine.asked.filter((name) => name === 'update')).toEqual([]);
    await act(() => services.runs.reload(false));
    expect(engine.memoryLimitBytes).toBe(2 ** 29);
    shown.click(shown.find('.parameter-reset'));
    expect(limit()).toBe(2);
    expect(shown.findAll('.parameter-reset')).toEqual([]);
  });

  it('given a refused build, when the limit is raised, then it is built again at once', async () => {
    const { services, engine, shown, field, settle } = withRunSettings();
    engine.reply = { loaded: false, problems: [problem('run/memory', 'Too much.')] };
    await act(() => services.runs.connect(false));
    engine.reply = {};
    shown.enter(field(), '4');
    await settle();
    expect(engine.asked.at(-1)).toBe('update');
    expect(engine.memoryLimitBytes).toBe(2 ** 32);
    expect(services.run.getState().load?.loaded).toBe(true);
  });

  it.each(['0.2', '4.1', '', 'much', '-1'])('given "%s", then it is refused with the range', (text) => {
    const { shown, field, limit } = withRunSettings();
    shown.enter(field(), text);
    expect(limit()).toBe(2);
    expect(shown.find('.entry-reason').textContent).toContain('from 0.25 to 4');
  });

  it('is a setting of this computer: it can be changed in a read-only project', () => {
    const { services, shown, field, limit } = withRunSettings();
    act(() => services.document.setState({ readOnly: 'elsewhere' }));
    expect(field().disabled).toBe(false);
    shown.enter(field(), '1');
    expect(limit()).toBe(1);
    expect(shown.host.textContent).toContain('A setting of this computer, not of the project');
  });
});
