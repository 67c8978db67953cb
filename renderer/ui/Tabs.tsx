/** Tabs with one panel shown at a time. */
import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';

interface Tab<Id extends string> {
  readonly id: Id;
  readonly title: string;
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
          </Base.Tab>
        ))}
      </Base.List>
      <Base.Panel key={value} value={value} className="tabs-panel">
        {children}
      </Base.Panel>
    </Base.Root>
  );
}
