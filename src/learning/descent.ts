import type { Network } from '../network.ts';
import { createRandom, shuffle } from '../random.ts';

/** Some candidates of which one or several are right. */
export interface Group {
  readonly rows: readonly ArrayLike<number>[];
  readonly right: readonly boolean[];
  /** How many groups it counts for; 1 unless told. */
  readonly weight?: number;
}

export interface Plan {
  /** Hidden units; 0 makes it a linear model. */
  readonly hidden: number;
  /** L2 penalty. */
  readonly decay: number;
  readonly epochs: number;
  readonly seed: number;
  /** Whether a group may have no right candidate: then one more stands for that, with a score of 0 (logistic regression). */
  readonly none: boolean;
}

const BATCH = 64;
const RATE = 0.01;

/**
 * Listwise logistic regression (Cao et al., Learning to rank, 2007; the softmax over a group's candidates), with Adam
 * (Kingma and Ba, 2014). Features are brought to one scale first and the scale folded into the weights after.
 */
export function train(groups: readonly Group[], plan: Plan): Network {
  const useful = plan.none ? groups : groups.filter(({ right, rows }) => right.includes(true) && rows.length > 1);
  const size = useful[0]?.rows[0]?.length ?? 0;
  const { mean, deviation } = moments(useful, size);
  const scaled = useful.map(({ rows, right, weight = 1 }) => ({
    rows: rows.map((row) =>
      Float64Array.from(row, (value, at) => (value - (mean[at] as number)) / (deviation[at] as number)),
    ),
    right,
    weight,
  }));
  const random = createRandom(plan.seed);
  const unit = size + 2;
  const bias = size + plan.hidden * unit;
  const count = bias + 1;
  const weights = new Float64Array(count).map((_, at) => (at < size || at === bias ? 0 : (random() - 0.5) * 0.3));
  const gradient = new Float64Array(count);
  const step = adam(weights, gradient, plan.decay);
  const activations: Float64Array[] = [];

  for (let epoch = 0; epoch < plan.epochs; epoch++) {
    shuffle(scaled, random);
    const rate = RATE * (1.05 - epoch / plan.epochs);
    for (let from = 0; from < scaled.length; from += BATCH) {
      const batch = scaled.slice(from, from + BATCH);
      gradient.fill(0);
      for (const { rows, right, weight } of batch) learnFrom(rows, right, weight);
      step(rate, batch.length);
    }
  }
  return unscaled();

  function learnFrom(rows: readonly Float64Array[], right: readonly boolean[], weight: number): void {
    const scores = rows.map((row, at) => {
      let score = (weights[bias] as number) + sumOf(0, row);
      activations[at] ??= new Float64Array(plan.hidden);
      const activation = activations[at] as Float64Array;
      for (let hidden = 0; hidden < plan.hidden; hidden++) {
        const base = size + hidden * unit;
        activation[hidden] = Math.tanh((weights[base + size] as number) + sumOf(base, row));
        score += (weights[base + size + 1] as number) * (activation[hidden] as number);
      }
      return score;
    });
    const highest = Math.max(plan.none ? 0 : Number.NEGATIVE_INFINITY, ...scores);
    const odds = scores.map((score) => Math.exp(score - highest));
    const all = odds.reduce((sum, one) => sum + one, plan.none ? Math.exp(-highest) : 0);
    const allRight = odds.reduce((sum, one, at) => sum + (right[at] ? one : 0), 0);
    rows.forEach((row, at) => {
      const one = odds[at] as number;
      const error = weight * ((right[at] ? one / allRight : 0) - one / all);
      if (plan.none) gradient[bias] = (gradient[bias] as number) + error;
      addTo(0, row, error);
      for (let hidden = 0; hidden < plan.hidden; hidden++) {
        const base = size + hidden * unit;
        const active = (activations[at] as Float64Array)[hidden] as number;
        gradient[base + size + 1] = (gradient[base + size + 1] as number) + error * active;
        const inner = error * (weights[base + size + 1] as number) * (1 - active * active);
        gradient[base + size] = (gradient[base + size] as number) + inner;
        addTo(base, row, inner);
      }
    });
  }

  function sumOf(base: number, row: Float64Array): number {
    let sum = 0;
    for (let at = 0; at < size; at++) sum += (weights[base + at] as number) * (row[at] as number);
    return sum;
  }

  function addTo(base: number, row: Float64Array, error: number): void {
    for (let at = 0; at < size; at++)
      gradient[base + at] = (gradient[base + at] as number) + error * (row[at] as number);
  }

  function unscaled(): Network {
    const scaleOf = (base: number) =>
      Array.from({ length: size }, (_, at) => (weights[base + at] as number) / (deviation[at] as number));
    const shift = (scale: readonly number[]) =>
      scale.reduce((sum, weight, at) => sum + weight * (mean[at] as number), 0);
    const linear = scaleOf(0);
    return {
      bias: plan.none ? (weights[bias] as number) - shift(linear) : 0,
      weights: linear,
      hidden: Array.from({ length: plan.hidden }, (_, hidden) => {
        const base = size + hidden * unit;
        const scale = scaleOf(base);
        return {
          weights: scale,
          bias: (weights[base + size] as number) - shift(scale),
          adds: weights[base + size + 1] as number,
        };
      }),
    };
  }
}

/** Several networks as one: their mean. */
export function averaged(networks: readonly Network[]): Network {
  const count = networks.length;
  return {
    bias: networks.reduce((sum, { bias }) => sum + bias, 0) / count,
    weights: (networks[0] as Network).weights.map(
      (_, at) => networks.reduce((sum, { weights }) => sum + (weights[at] as number), 0) / count,
    ),
    hidden: networks.flatMap(({ hidden }) => hidden.map((unit) => ({ ...unit, adds: unit.adds / count }))),
  };
}

// Of a feature that is always the same, but for rounding.
const SMALLEST_VARIANCE = 1e-12;

function moments(groups: readonly Group[], size: number) {
  const mean = new Float64Array(size);
  const deviation = new Float64Array(size);
  const rows = groups.flatMap((group) => group.rows);
  for (const row of rows)
    for (let at = 0; at < size; at++) mean[at] = (mean[at] as number) + (row[at] as number) / rows.length;
  for (const row of rows) {
    for (let at = 0; at < size; at++) {
      deviation[at] = (deviation[at] as number) + ((row[at] as number) - (mean[at] as number)) ** 2 / rows.length;
    }
  }
  return { mean, deviation: deviation.map((variance) => (variance > SMALLEST_VARIANCE ? Math.sqrt(variance) : 1)) };
}

function adam(weights: Float64Array, gradient: Float64Array, decay: number) {
  const first = new Float64Array(weights.length);
  const second = new Float64Array(weights.length);
  let time = 0;
  return (rate: number, size: number) => {
    time++;
    for (let at = 0; at < weights.length; at++) {
      const slope = (gradient[at] as number) / size - decay * (weights[at] as number);
      first[at] = 0.9 * (first[at] as number) + 0.1 * slope;
      second[at] = 0.999 * (second[at] as number) + 0.001 * slope * slope;
      const mean = (first[at] as number) / (1 - 0.9 ** time);
      const spread = Math.sqrt((second[at] as number) / (1 - 0.999 ** time));
      weights[at] = (weights[at] as number) + (rate * mean) / (spread + 1e-8);
    }
  };
}
