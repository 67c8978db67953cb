/** Head of the inspector: glyph, name that can be edited, kind in words. */
import type { ReactNode } from 'react';
import type { Problem } from '../../engine/base/problem.ts';
import { failed, ok } from '../../engine/base/result.ts';
import { problem } from '../../engine/base/problem.ts';
import type { Family } from '../../engine/model/kind.ts';
import { FamilyGlyph } from '../ui/FamilyGlyph.tsx';
import { EntryField } from './EntryField.tsx';

interface InspectorHeadProps {
  readonly family: Family | undefined;
  readonly name: string;
  readonly children?: ReactNode;
  readonly readOnly?: boolean;
  /** Without it the name is fixed. */
  rename?(name: string): readonly Problem[];
}

export function InspectorHead({ family, name, children, readOnly = false, rename }: InspectorHeadProps) {
  return (
    <header className="inspector-head">
      <div className="inspector-title">
        {family !== undefined && <FamilyGlyph family={family} />}
        {rename === undefined ? (
          <h2>{name}</h2>
        ) : (
          <div className="inspector-name">
            <EntryField<string>
              label="Name"
              text={name}
              mono={false}
              disabled={readOnly}
              read={(text) =>
                text.trim() === ''
                  ? failed(problem('edit/invalid', 'A block needs a name.'))
                  : ok(text.trim().slice(0, 200))
              }
              commit={rename}
            />
          </div>
        )}
      </div>
      {children !== undefined && <p className="inspector-kind">{children}</p>}
    </header>
  );
}
