/** Search-insert: a list of kinds where the block will stand. With a wire in hand it offers what fits. */
import { useMemo, useState } from 'react';
import { useCanvasServices } from './canvas-services.ts';
import { searchKinds, type Candidate, type LooseWire } from './insert-search.ts';
import { PickList } from './PickList.tsx';

export interface SearchInsertProps {
  /** Pixels inside the canvas. */
  readonly left: number;
  readonly top: number;
  readonly wire: LooseWire | undefined;
  choose(candidate: Candidate): void;
  close(): void;
}

export function SearchInsert({ left, top, wire, choose, close }: SearchInsertProps) {
  const { catalogue } = useCanvasServices();
  const [text, setText] = useState('');
  const found = useMemo(() => searchKinds(catalogue, text, wire), [catalogue, text, wire]);
  return (
    <PickList
      left={left}
      top={top}
      label={wire === undefined ? 'Insert a block' : 'Insert a block that fits the wire'}
      fieldLabel="Search blocks"
      listLabel="Blocks"
      placeholder={wire === undefined ? 'Insert a block' : 'Connect to a new block'}
      none={wire === undefined ? 'No block is called that.' : 'No block of that name fits this wire.'}
      text={text}
      options={found.map(({ kind }) => ({ key: kind.id, family: kind.family, title: kind.title, note: kind.summary }))}
      onText={setText}
      choose={(index) => {
        const candidate = found[index];
        if (candidate !== undefined) choose(candidate);
      }}
      close={close}
    />
  );
}
