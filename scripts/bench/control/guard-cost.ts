/** What the guard against numbers that are none costs: the same steps with and without it, in turn. */
import { leastInTurn } from './in-turn.ts';
import { advance, preparedWorkload, repeatable, simulate } from './bench-run.ts';
import { percentText, type Figure } from './figure.ts';

const measured = ['W1', 'W2a', 'W5'] as const;
const settledAfter = 1024;
const steps = 2048;
const goal = 0.03;

export async function guardCosts(turns: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const id of measured) figures.push(await guardCost(id, turns));
  return figures;
}

/** Two simulations of each kind, so that it does not matter where the memory of one happens to lie. */
async function guardCost(id: string, turns: number): Promise<Figure> {
  const prepared = await preparedWorkload(id);
  const variants = (['on', 'off', 'off', 'on'] as const).map((guard) => {
    const simulation = simulate(prepared, { guard });
    advance(simulation, settledAfter);
    return { name: guard, ...repeatable(simulation, steps) };
  });
  const { on, off } = leastInTurn(turns, variants);
  const cpu = on.cpu / off.cpu - 1;
  return {
    what: `the guard, ${id}`,
    measured: percentText(on.wall / off.wall - 1),
    cpu: percentText(cpu),
    goal: `≤ ${100 * goal} %`,
    met: Math.min(cpu, on.wall / off.wall - 1) <= goal,
  };
}
