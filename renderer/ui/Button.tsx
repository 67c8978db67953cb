/** Buttons: with words, with an icon alone (named for screen readers and by a tooltip), and as a plain link in text. */
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { Icon, type IconName } from './icons.tsx';
import { Tooltip } from './Tooltip.tsx';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: 'plain' | 'primary' | 'quiet' | 'link';
  readonly icon?: IconName;
  readonly children?: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({ look = 'plain', icon, children, className, ...rest }: ButtonProps) {
  return (
    <button type="button" className={`button button-${look} ${className ?? ''}`} {...rest}>
      {icon !== undefined && <Icon name={icon} size={14} />}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  readonly icon: IconName;
  /** What the button does: its accessible name and its tooltip. */
  readonly label: string;
  /** What only the tooltip adds. */
  readonly more?: string;
  readonly keys?: string | undefined;
  readonly look?: 'plain' | 'quiet';
  readonly iconSize?: number;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function IconButton({
  icon,
  label,
  more,
  keys,
  look = 'plain',
  iconSize = 14,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={more === undefined ? label : `${label}, ${more}`} keys={keys}>
      <button type="button" aria-label={label} className={`icon-button button-${look} ${className ?? ''}`} {...rest}>
        <Icon name={icon} size={iconSize} />
      </button>
    </Tooltip>
  );
}
