/** Help on the equation language, beside the editor. */
import { Dialog } from '../../ui/Dialog.tsx';
import { helpPage } from './help-pages.ts';
import { helpBlocks, helpParts, type HelpBlock } from './help-text.ts';
import './equation-help.css';

const [, ...blocks] = helpBlocks(helpPage('equations'));

export function EquationHelpDialog({ onClose }: { onClose(): void }) {
  return (
    <Dialog open wide title="Equation language" onClose={onClose}>
      <div className="help-page" tabIndex={0} role="group" aria-label="Equation language">
        {blocks.map((block, index) => (
          <Block key={index} block={block} />
        ))}
      </div>
    </Dialog>
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
