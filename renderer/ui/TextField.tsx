/** A one-line text field with an optional unit at its right edge, a mark when wrong, and the sentence that says why. */
import { useId, type InputHTMLAttributes, type ReactNode, type Ref } from 'react';

interface TextFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  /** Accessible name, where no visible label points to the field. */
  readonly label?: string;
  readonly suffix?: ReactNode;
  readonly mono?: boolean;
  readonly wrong?: boolean;
  /** Id of the element that says why the entry is wrong. */
  readonly reasonId?: string | undefined;
  readonly ref?: Ref<HTMLInputElement>;
}

export function TextField({
  label,
  suffix,
  mono = false,
  wrong = false,
  reasonId,
  className,
  ...rest
}: TextFieldProps) {
  const ownId = useId();
  return (
    <span className={`field ${className ?? ''}`} data-wrong={wrong || undefined}>
      <input
        id={ownId}
        type="text"
        autoComplete="off"
        spellCheck={false}
        aria-label={label}
        aria-invalid={wrong || undefined}
        aria-describedby={wrong ? reasonId : undefined}
        className={mono ? 'mono' : undefined}
        {...rest}
      />
      {suffix !== undefined && <span className="field-suffix">{suffix}</span>}
    </span>
  );
}
