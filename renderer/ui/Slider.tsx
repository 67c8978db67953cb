/** A slider over a range; reports while it moves and once more when it is let go. */
import { Slider as Base } from '@base-ui/react/slider';

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly step: number;
  readonly valueText: string;
  /** The Tab key stops at it. Default true. */
  readonly reachable?: boolean;
  onMove(value: number): void;
  onCommit(value: number): void;
}

export function Slider({
  label,
  value,
  minimum,
  maximum,
  step,
  valueText,
  reachable = true,
  onMove,
  onCommit,
}: SliderProps) {
  return (
    <Base.Root
      className="slider"
      value={value}
      min={minimum}
      max={maximum}
      step={step}
      onValueChange={(next) => onMove(Number(next))}
      onValueCommitted={(next) => onCommit(Number(next))}
    >
      <Base.Control className="slider-control">
        <Base.Track className="slider-track">
          <Base.Indicator className="slider-done" />
          <Base.Thumb
            className="slider-thumb"
            aria-label={label}
            tabIndex={reachable ? 0 : -1}
            getAriaValueText={() => valueText}
          />
        </Base.Track>
      </Base.Control>
    </Base.Root>
  );
}
