/** One example of a logistic regression: signals, whether it is so, and how much the example counts. */
export interface Example {
  readonly x: readonly number[];
  readonly y: boolean;
  readonly weight: number;
}

/** One example of a ranking: the signals of every candidate, and which of them are right. */
export interface Ranking {
  readonly candidates: readonly { readonly x: readonly number[]; readonly right: boolean }[];
}

interface Descent {
  readonly steps: number;
  readonly rate: number;
  /** L2 penalty. */
  readonly penalty: number;
}

/** Weights by which right candidates come first: softmax over each example's candidates, gradient descent with momentum. */
export function fitRanking(examples: readonly Ranking[], start: readonly number[], descent: Descent): number[] {
  const usable = examples.filter(({ candidates }) => candidates.some(({ right }) => right));
  return descend(start, descent, (weights, gradient) => {
    for (const { candidates } of usable) {
      const odds = candidates.map(({ x }) => dot(x, weights));
      const top = Math.max(...odds);
      const powers = odds.map((odd) => Math.exp(odd - top));
      const all = sum(powers);
      const right = sum(powers.filter((_, i) => candidates[i]?.right));
      for (const [i, { x, right: isRight }] of candidates.entries()) {
        const power = powers[i] ?? 0;
        addTo(gradient, x, (power / all - (isRight ? power / right : 0)) / usable.length);
      }
    }
  });
}

/** Weights of a logistic regression; the first signal of every example is expected to be 1. */
export function fitLogistic(examples: readonly Example[], start: readonly number[], descent: Descent): number[] {
  const total = sum(examples.map(({ weight }) => weight));
  return descend(start, descent, (weights, gradient) => {
    for (const { x, y, weight } of examples) {
      const probability = 1 / (1 + Math.exp(-dot(x, weights)));
      addTo(gradient, x, ((probability - (y ? 1 : 0)) * weight) / total);
    }
  });
}

const MOMENTUM = 0.9;

function descend(
  start: readonly number[],
  { steps, rate, penalty }: Descent,
  addGradient: (weights: readonly number[], gradient: number[]) => void,
): number[] {
  const weights = [...start];
  const speed = new Array<number>(weights.length).fill(0);
  for (let step = 0; step < steps; step++) {
    const gradient = weights.map((weight) => penalty * weight);
    addGradient(weights, gradient);
    for (const [i, slope] of gradient.entries()) {
      speed[i] = MOMENTUM * (speed[i] ?? 0) + slope;
      weights[i] = (weights[i] ?? 0) - rate * (speed[i] ?? 0);
    }
  }
  return weights;
}

function dot(a: readonly number[], b: readonly number[]): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += (a[i] as number) * (b[i] as number);
  return total;
}

function addTo(target: number[], x: readonly number[], factor: number): void {
  for (let i = 0; i < x.length; i++) target[i] = (target[i] as number) + factor * (x[i] as number);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
