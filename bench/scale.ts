import { quantile, round } from './figures.ts';
import { MeasureError, measure } from './measure.ts';

export interface ScaleFigures {
  readonly system: string;
  readonly passages: number;
  readonly recall1: number;
  /** Includes the making of the text: about 0.6 s for 100,000 passages. */
  readonly buildMs: number;
  readonly rssMb: number;
  readonly p50: number;
  readonly p99: number;
}

export interface ScaleStep {
  readonly system: string;
  readonly passages: number;
  /** Undefined when the system did not get this far within the cap. */
  readonly figures: ScaleFigures | undefined;
}

export const SIZES = [1000, 10_000, 100_000] as const;

const QUESTIONS = 500;
const SECONDS = 30;
const CAP_SECONDS = 360;
const HEAP_MB = 6144;

/** Measures each system at each size; one that fails at a size is not asked for a larger one. */
export async function* scale(names: readonly string[], sizes: readonly number[]): AsyncGenerator<ScaleStep> {
  for (const system of names) {
    let failed = false;
    for (const passages of sizes) {
      const figures: ScaleFigures | undefined = failed ? undefined : await measureOne(system, passages);
      failed ||= figures === undefined;
      yield { system, passages, figures };
    }
  }
}

async function measureOne(system: string, size: number): Promise<ScaleFigures | undefined> {
  try {
    const source = { kind: 'scale', size, questions: QUESTIONS } as const;
    const { answers, own, buildMs, rssMb, times } = await measure(
      { system, source, seconds: SECONDS },
      CAP_SECONDS,
      HEAP_MB,
    );
    const right = answers.filter(({ passages }, at) => own[at]?.includes(passages[0] ?? -1)).length;
    return {
      system,
      passages: size,
      recall1: round((100 * right) / answers.length),
      buildMs: Math.round(buildMs),
      rssMb: Math.round(rssMb),
      p50: round(quantile(times, 0.5), 3),
      p99: round(quantile(times, 0.99), 3),
    };
  } catch (cause) {
    if (cause instanceof MeasureError) return undefined;
    throw cause;
  }
}
