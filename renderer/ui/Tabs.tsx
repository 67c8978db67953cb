/** Tabs with one panel shown at a time. */
import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import { Icon } from './icons.tsx';

interface Tab<Id extends string> {
  readonly id: Id;
  readonly title: string;
  /** Something there needs a look: said to screen readers after the title, shown as a sign beside it. */
  readonly mark?: { readonly severity: 'error' | 'warning'; readonly words: string } | undefined;
}

interface TabsProps<Id extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<Id>[];
  readonly value: Id;
  onChange(id: Id): void;
  /** Content of the panel that is shown. */
  readonly children: ReactNode;
}

export function Tabs<Id extends string>({ label, tabs, value, onChange, children }: TabsProps<Id>) {
  return (
    <Base.Root className="tabs" value={value} onValueChange={(next) => onChange(next as Id)}>
      <Base.List className="tabs-list" aria-label={label} activateOnFocus>
        {tabs.map((tab) => (
          <Base.Tab key={tab.id} value={tab.id} className="tab">
            {tab.title}
            {tab.mark !== undefined && (
              <span className="tab-mark" data-severity={tab.mark.severity}>
                <Icon name={tab.mark.severity} size={12} />
                <span className="visually-hidden">, {tab.mark.words}</span>
              </span>
            )}
          </Base.Tab>
        ))}
      </Base.List>
      <Base.Panel key={value} value={value} className="tabs-panel">
        {children}
      </Base.Panel>
    </Base.Root>
  );
}
