/** The texts of an equation neuron while they are edited: drafts, their problems, and when they become edits of the document. */
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import type { PopulationTextName, PopulationTexts } from '../../engine/equations/population-text.ts';
import type { ElementRecord } from '../../engine/model/document.ts';
import type { KindDescriptor } from '../../engine/model/kind.ts';
import { setEquationTexts } from '../commands/equation-gestures.ts';
import { useServices } from '../stores/services.ts';
import { checkFields, type CheckedFields } from './check-fields.ts';
import { textsOf } from './population-fields.ts';

/** A sound text becomes an edit after this pause in typing, milliseconds; an unsound one when its field is left. */
const pause = 250;

export interface EquationTexts {
  readonly texts: PopulationTexts;
  readonly found: CheckedFields;
  change(name: PopulationTextName, text: string): void;
  /** The person is done with a field: what it holds becomes an edit, sound or not. */
  done(): void;
  /** Drops what is typed and not kept yet: another text takes its place. */
  forget(): void;
}

type Drafts = Readonly<Partial<Record<PopulationTextName, string>>>;
const noDrafts: Drafts = {};

export function useEquationTexts(element: ElementRecord, kind: KindDescriptor): EquationTexts {
  const services = useServices();
  const [drafts, setDrafts] = useState<Drafts>(noDrafts);
  const stored = useMemo(() => textsOf(kind, element.parameters), [kind, element.parameters]);
  const texts = useMemo(() => ({ ...stored, ...drafts }), [stored, drafts]);
  const found = useMemo(() => checkFields(texts), [texts]);
  // What is typed between two visits to a field is one step of the history.
  const [visit, setVisit] = useState(0);

  function commit(soundOnly: boolean): void {
    const changed = (Object.entries(drafts) as [PopulationTextName, string][]).filter(([name, text]) => {
      const unsound = (found.problems.get(name) ?? []).length > 0;
      return text !== stored[name] && !(soundOnly && unsound);
    });
    if (changed.length > 0) {
      const gesture = `equations ${element.id} ${visit}`;
      setEquationTexts(services, element.id, Object.fromEntries(changed), { gesture });
    }
    const taken = new Set(changed.map(([name]) => name));
    setDrafts((now) => remaining(now, (name, text) => taken.has(name) || text === stored[name], drafts));
  }

  const paused = useEffectEvent(() => commit(true));
  useEffect(() => {
    if (drafts === noDrafts) return;
    const timer = setTimeout(() => paused(), pause);
    return () => clearTimeout(timer);
  }, [drafts]);
  // A draft that nobody left, because another block was selected, is not lost.
  const leave = useEffectEvent(() => commit(false));
  useEffect(() => () => leave(), []);

  return {
    texts,
    found,
    change: (name, text) => setDrafts((now) => ({ ...now, [name]: text })),
    done() {
      commit(false);
      setVisit((now) => now + 1);
    },
    forget: () => setDrafts(noDrafts),
  };
}

/** The drafts without those that are settled and have not been typed on since. */
function remaining(now: Drafts, settled: (name: PopulationTextName, text: string) => boolean, seen: Drafts): Drafts {
  const open = (Object.entries(now) as [PopulationTextName, string][]).filter(
    ([name, text]) => seen[name] !== text || !settled(name, text),
  );
  if (open.length === Object.keys(now).length) return now;
  return open.length === 0 ? noDrafts : Object.fromEntries(open);
}
