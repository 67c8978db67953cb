/** What stands in the window at the start: the work of last time, else the first example, running. */
import type { Services } from '../stores/services.ts';

export async function openFirstDocument(services: Services): Promise<void> {
  const restored = await services.documents.restore();
  const [first] = services.examples;
  if (restored || first === undefined) return services.runs.connect(false);
  const { opened, problems } = await services.documents.openBytes(await first.load());
  if (!opened)
    services.session.getState().notify(
      'error',
      `${first.title} could not be opened`,
      problems.map((found) => found.message),
    );
  return services.runs.connect(opened);
}
