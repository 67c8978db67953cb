/** A page of help over the workbench, brought to the section that was asked for. */
import { useEffect, useRef } from 'react';
import type { HelpPage } from '../../stores/session-store.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { helpSections, type HelpSection } from './help-pages.ts';
import { helpParts, type HelpBlock } from './help-text.ts';
import './help.css';

interface HelpDialogProps {
  readonly page: HelpPage;
  /** Heading of the section to begin at. */
  readonly section: string | undefined;
  onClose(): void;
}

export function HelpDialog({ page, section, onClose }: HelpDialogProps) {
  const sections = helpSections(page);
  const title = sections[0]?.title ?? 'Help';
  return (
    <Dialog open wide title={title} onClose={onClose}>
      <div className="help-page" tabIndex={0} role="group" aria-label={title} data-first-stop>
        {sections.map((each, index) => (
          <Section key={each.title} section={each} headed={index > 0} shown={each.title === section} />
        ))}
      </div>
    </Dialog>
  );
}

interface SectionProps {
  readonly section: HelpSection;
  readonly headed: boolean;
  readonly shown: boolean;
}

function Section({ section, headed, shown }: SectionProps) {
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (shown) place.current?.scrollIntoView({ block: 'start' });
  }, [shown]);
  return (
    <section ref={place} data-shown={(shown && headed) || undefined}>
      {headed && <h3>{section.title}</h3>}
      {section.blocks.map((block, index) => (
        <Block key={index} block={block} />
      ))}
    </section>
  );
}

function Block({ block }: { readonly block: HelpBlock }) {
  switch (block.kind) {
    case 'heading':
      return <h3>{block.text}</h3>;
    case 'text':
      return (
        <p>
          <Line text={block.text} />
        </p>
      );
    case 'list':
      return (
        <ul>
          {block.items.map((item, index) => (
            <li key={index}>
              <Line text={item} />
            </li>
          ))}
        </ul>
      );
    case 'table':
      return <Table block={block} />;
  }
}

function Table({ block }: { readonly block: Extract<HelpBlock, { kind: 'table' }> }) {
  return (
    <table>
      <thead>
        <tr>
          {block.head.map((cell) => (
            <th key={cell} scope="col">
              <Line text={cell} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {block.rows.map((row, index) => (
          <tr key={index}>
            {row.map((cell, column) => (
              <td key={column}>
                <Line text={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Line({ text }: { readonly text: string }) {
  return helpParts(text).map((part, index) => {
    if (part.look === 'code') return <code key={index}>{part.text}</code>;
    return part.look === 'strong' ? <strong key={index}>{part.text}</strong> : part.text;
  });
}
