/** What stands in the window at the start: the work of last time, else the first example, running. */
import type { Services } from '../stores/services.ts';

export async function openFirstDocument(services: Services): Promise<void> {
  const recovered = await services.documents.recover();
  const [first] = services.examples;
  if (recovered || first === undefined) return services.runs.connect(false);
  const problems = await services.documents.openBytes(await first.load(), undefined);
  const opened = problems.every((found) => found.severity !== 'error');
  if (!opened)
    services.session.getState().notify(
      'error',
      `${first.title} could not be opened`,
      problems.map((found) => found.message),
    );
  return services.runs.connect(opened);
}
