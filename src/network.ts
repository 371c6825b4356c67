/**
 * A small network: a weighted sum, and beside it some units that each add a multiple of the hyperbolic tangent of
 * another weighted sum. Features come as they are; their scale is in the weights.
 */
export interface Network {
  readonly bias: number;
  readonly weights: readonly number[];
  readonly hidden: readonly HiddenUnit[];
}

export interface HiddenUnit {
  readonly weights: readonly number[];
  readonly bias: number;
  readonly adds: number;
}

export function evaluate({ bias, weights, hidden }: Network, features: ArrayLike<number>): number {
  let sum = bias + dot(weights, features);
  for (const unit of hidden) sum += unit.adds * Math.tanh(unit.bias + dot(unit.weights, features));
  return sum;
}

function dot(weights: readonly number[], features: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < weights.length; at++) sum += (weights[at] as number) * (features[at] as number);
  return sum;
}

export function sigmoid(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
