/** Hands the keyboard from a field inside a block back to the block. */
export function focusBlock(field: Element): void {
  field.closest<HTMLElement>('.react-flow__node')?.focus({ preventScroll: true });
}
