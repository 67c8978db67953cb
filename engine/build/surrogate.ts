/** Declaration of a surrogate gradient: what stands for the derivative of a decision when a run is differentiated. */
export interface SurrogateDeclaration {
  /** `super-spike`, `tanh`, `triangle`, …: the registry of `codegen/adjoint`. */
  readonly id: string;
  /** Sharpness. */
  readonly alpha: number;
  /** Whether the derivative also goes through what a spike does to its own cell. */
  readonly throughReset: boolean;
}
