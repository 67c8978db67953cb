/** Connect list: the blocks that the selected one may be connected to, by name; an illegal one says why it is refused. */
import { useMemo, useState } from 'react';
import { elementName } from '../../engine/model/names.ts';
import { useReadable } from '../plots/readable.ts';
import { useCanvasServices } from './canvas-services.ts';
import { connectTargets, matchingTargets, type ConnectTarget } from './connect-targets.ts';
import { PickList } from './PickList.tsx';

interface ConnectListProps {
  readonly element: string;
  /** Pixels inside the canvas. */
  readonly left: number;
  readonly top: number;
  choose(target: ConnectTarget): void;
  close(): void;
}

export function ConnectList({ element, left, top, choose, close }: ConnectListProps) {
  const services = useCanvasServices();
  const document = useReadable(services.document);
  const [text, setText] = useState('');
  const targets = useMemo(
    () => connectTargets(document, services.catalogue, element),
    [document, services.catalogue, element],
  );
  const found = matchingTargets(targets, text);
  const name = elementName(document.elements[element]);
  return (
    <PickList
      left={left}
      top={top}
      label={`Connect ${name}`}
      fieldLabel={`Connect ${name} to`}
      listLabel="Targets"
      placeholder={`Connect ${name} to…`}
      none={
        targets.length === 0 ? `${name} has no output, or nothing is there to connect to.` : 'No input is called that.'
      }
      text={text}
      options={found.map(({ from, to, title, family, refusal }) => ({
        key: `${from.port} ${to.element} ${to.port}`,
        family,
        title,
        note: refusal ?? '',
        refused: refusal !== undefined,
      }))}
      onText={setText}
      choose={(index) => {
        const target = found[index];
        if (target !== undefined) choose(target);
      }}
      close={close}
    />
  );
}
