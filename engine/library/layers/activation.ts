/** Activation functions of rate layers, as equation text over the name `x`. */
import type { ParameterReader } from '../../build/library-kind.ts';
import type { Choice, ParameterSpec } from '../../model/kind.ts';
import { choice } from '../specs.ts';

const texts: Readonly<Record<string, string>> = {
  relu: 'where(x <= 0, 0, x)',
  tanh: 'tanh(x)',
  sigmoid: '1 / (1 + exp(-x))',
  softplus: 'where(x <= 0, 0, x) + log1p(exp(-abs(x)))',
  identity: 'x',
  clip01: 'clip(x, 0, 1)',
};

/** The activation's text with `argument` in the place of x. */
export function activationText(name: string, argument: string): string {
  return (texts[name] ?? 'x').replaceAll(/\bx\b/g, `(${argument})`);
}

/** Whether there is an activation of this name. */
export function isActivation(name: string): boolean {
  return Object.hasOwn(texts, name);
}

/** Choice of the activation function; `further` ones are of layers that have them. */
export function activationParameter(value: string, further: readonly Choice[] = []): ParameterSpec {
  return choice(
    'activation',
    'activation',
    value,
    [
      { value: 'relu', title: 'ReLU: max(0, x)' },
      { value: 'tanh', title: 'tanh' },
      { value: 'sigmoid', title: 'sigmoid: 1 / (1 + e⁻ˣ)' },
      { value: 'softplus', title: 'softplus: ln(1 + eˣ)' },
      { value: 'identity', title: 'identity' },
      { value: 'clip01', title: 'x between 0 and 1' },
      ...further,
    ],
    'What turns the state into the output.',
  );
}

/** Noise of a rate unit with stationary deviation noise_std, per step; nothing where there is none, so that none is drawn. */
export function rateNoise(parameters: Pick<ParameterReader, 'number'>): string {
  return parameters.number('noise_std') > 0 ? ' + noise_std*sqrt(2*tau/dt)*noise' : '';
}
