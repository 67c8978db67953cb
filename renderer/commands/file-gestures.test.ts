/** Networks of Rockpool among the files: opened by dropping, saved by a command, refused with the reason. */
import { expect, it } from 'vitest';
import { createTestWorkbench } from '../stores/workbench.test-support.ts';
import { openDropped } from './file-gestures.ts';
import { commandOf } from './registry.ts';

const layer = '"dt": 0.1, "noise_std": 0.0, "name": "Input", "class_name": "FFRateEuler", "tau": [1.0], "gain": [1.0]';
const network = `{"layers": [{"weights": [[1.0, -2.0]], ${layer}, "bias": [0.0], "external_input": true}], "input_layer_name": "Input"}`;
const bytesOf = (text: string) => new TextEncoder().encode(text);

it('given a network of Rockpool, when it is dropped and saved as one, then the file is the same text', async () => {
  const { services, host } = createTestWorkbench();
  await services.documents.newDocument();
  await openDropped(services, 'net.json', bytesOf(network));
  const names = Object.values(services.document.getState().document.elements).map(({ name }) => name);
  expect(names).toEqual(['External input', 'Input']);
  const [message] = services.session.getState().notices;
  expect([message?.title, message?.details.join(' ')]).toEqual([
    'net.json was opened',
    expect.stringContaining('activation function of "Input"'),
  ]);
  host.choose = 'again.json';
  commandOf('file.saveRockpool').run(services);
  await expect.poll(() => new TextDecoder().decode(host.stored.get('again.json'))).toBe(network);
  expect(services.document.getState().file).toBeUndefined();
});

it('given a project that Rockpool cannot have, then nothing is written and a message says why', async () => {
  const { services, host } = createTestWorkbench();
  await services.documents.newDocument();
  const element = { id: 'a', kind: 'neurons/lif', name: 'Cells', parameters: {} };
  services.documents.dispatch({ type: 'element.add', element, position: { x: 0, y: 0 } });
  host.choose = 'net.json';
  commandOf('file.saveRockpool').run(services);
  await expect.poll(() => services.session.getState().notices.length).toBe(1);
  expect(services.session.getState().notices[0]?.details.join(' ')).toContain('Rockpool saves no layer like "Cells"');
  expect(host.stored.has('net.json')).toBe(false);
});
