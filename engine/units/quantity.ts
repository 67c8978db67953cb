/** Quantity: a number with the unit it was typed in. */

/** `{ value: 20, unit: "ms" }`; unit "" or "1" means dimensionless. */
export interface Quantity {
  readonly value: number;
  readonly unit: string;
}

/** The quantity as text that `parseQuantity` reads back to the same value and unit: "20 ms", "-0.055", "50 %". */
export function printQuantity(quantity: Quantity): string {
  const bare = quantity.unit === '' || quantity.unit === '1';
  return bare ? String(quantity.value) : `${quantity.value} ${quantity.unit}`;
}
