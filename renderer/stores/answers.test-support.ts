/** A person in a test: waits for a question and takes one way out of it. */
import type { Question } from './decisions.ts';
import type { Services } from './services.ts';

type Kind = Question['kind'];
type Of<K extends Kind> = Extract<Question, { kind: K }>;

/** The question that is asked next. Rejects when none comes. */
export async function asked<K extends Kind>({ session }: Services, kind: K): Promise<Of<K>> {
  for (let turns = 0; turns < 2000; turns += 1) {
    const { dialog } = session.getState();
    if (dialog?.kind === kind) return dialog as Of<K>;
    await new Promise((resolve) => setTimeout(resolve));
  }
  throw new Error(`nobody asked "${kind}"`);
}

/** Answers it; what was asked is returned. */
export async function answer<K extends Kind>(
  services: Services,
  kind: K,
  choice: Parameters<Of<K>['decide']>[0],
): Promise<Of<K>> {
  const question = await asked(services, kind);
  (question.decide as (choice: unknown) => void)(choice);
  return question;
}
