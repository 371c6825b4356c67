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
  for (let from = 0; from < hidden.length; from += inputs.length) {
    multiply(hidden, from, features);
    const some = Math.min(inputs.length, hidden.length - from);
    for (let at = 0; at < some; at++) {
      const unit = hidden[from + at] as HiddenUnit;
      sum += unit.adds * Math.tanh(unit.bias + (inputs[at] as number));
    }
  }
  return sum;
}

const inputs = new Float64Array(4);

/** The sums of four units side by side, as none has to wait for the one before: in half the time. */
function multiply(hidden: readonly HiddenUnit[], from: number, features: ArrayLike<number>): void {
  const weightsOf = (unit: number) => (hidden[Math.min(unit, hidden.length - 1)] as HiddenUnit).weights;
  const first = weightsOf(from);
  const second = weightsOf(from + 1);
  const third = weightsOf(from + 2);
  const fourth = weightsOf(from + 3);
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let at = 0; at < first.length; at++) {
    const feature = features[at] as number;
    a += (first[at] as number) * feature;
    b += (second[at] as number) * feature;
    c += (third[at] as number) * feature;
    d += (fourth[at] as number) * feature;
  }
  inputs[0] = a;
  inputs[1] = b;
  inputs[2] = c;
  inputs[3] = d;
}

function dot(weights: readonly number[], features: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < weights.length; at++) sum += (weights[at] as number) * (features[at] as number);
  return sum;
}

export function sigmoid(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
