/** Refusals: why a method cannot take a system, and which one can. */
import { problem, type Problem } from '../base/problem.ts';
import { mentions, splitNoise, type LinearForm } from '../equations/classify.ts';
import type { DifferentialSystem, EquationSystem } from '../equations/system.ts';

/** The problem of a method that cannot take a system for a reason, which is the end of the sentence. */
export function refusal(title: string, reason: string, system: EquationSystem): Problem {
  return problem('integration/not-applicable', `${title} cannot be used: ${reason}.`, {
    hint: `Use ${methodFor(system)}.`,
  });
}

/** Refuses what is not a system of differential equations, or has noise that is more than a plain factor. */
export function refuseUnusable(title: string, system: EquationSystem): Problem | undefined {
  if (system.kind === 'discrete')
    return refusal(title, 'the model has update statements instead of differential equations', system);
  if (system.equations.length === 0) {
    return problem('integration/not-applicable', `${title} cannot be used: the model has no equations.`, {
      hint: 'Use discrete for models that only react to events.',
    });
  }
  const odd = system.equations.find((equation) => splitNoise(equation.rightSide, system.noises) === undefined);
  if (odd === undefined) return undefined;
  const message = `No method can be used: noise in the equation of ${odd.variable} does not enter as a plain factor.`;
  return problem('integration/not-applicable', message, { hint: 'Write the equation as f + g*xi.' });
}

/** Refuses noise, for methods made for smooth solutions. */
export function refuseNoise(title: string, system: EquationSystem): Problem | undefined {
  const unusable = refuseUnusable(title, system);
  if (unusable !== undefined || system.kind === 'discrete' || system.noises.length === 0) return unusable;
  return refusal(title, `the equations have noise (${system.noises.join(', ')})`, system);
}

/** Drift and noise parts of each equation, in order. Only for systems that `refuseUnusable` lets pass. */
export function noiseForms(system: DifferentialSystem): readonly (LinearForm | undefined)[] {
  return system.equations.map((equation) => splitNoise(equation.rightSide, system.noises));
}

/** Whether the strength of any noise depends on a state variable. */
export function hasMultiplicativeNoise(system: DifferentialSystem): boolean {
  const variables = new Set(system.equations.map((equation) => equation.variable));
  return noiseForms(system).some(
    (form) => form !== undefined && [...form.coefficients.values()].some((factor) => mentions(factor, variables)),
  );
}

/** Id of a method that takes the system. */
function methodFor(system: EquationSystem): string {
  if (system.kind === 'discrete') return 'discrete';
  if (system.noises.length === 0) return 'rk4';
  return hasMultiplicativeNoise(system) ? 'heun' : 'euler';
}
