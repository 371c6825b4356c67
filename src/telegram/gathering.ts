import type { Intake } from './intake.ts';

/** Takes updates that come one by one and hands them on together: what waits for one commit shares the next. */
export interface Gathering {
  /** Resolves once the update is safe; rejects as `Intake.take` does. */
  add(update: Gathered): Promise<void>;
  /** Updates that are not safe yet. */
  size(): number;
}

export interface Gathered {
  readonly update: unknown;
  /** What has to be kept in order: a chat, mostly. */
  readonly place: number | undefined;
  /** Whether Telegram may have to be asked something first: those keep no question waiting. */
  readonly asks: boolean;
}

interface Waiting extends Gathered {
  readonly resolve: () => void;
  readonly reject: (cause: unknown) => void;
}

/** Lists under way at once: while one is being committed the next is decided. */
const LANES = { questions: 4, asking: 8 } as const;
/** Updates of one list. */
const LARGEST = 100;

export function createGathering(take: Intake['take']): Gathering {
  let waiting: readonly Waiting[] = [];
  /** Places with an update under way: theirs is one at a time. */
  const busy = new Set<number>();
  const running = { questions: 0, asking: 0 };
  let underWay = 0;

  function pump(): void {
    for (const lane of ['questions', 'asking'] as const) {
      while (running[lane] < LANES[lane] && launch(lane));
    }
  }

  function launch(lane: keyof typeof LANES): boolean {
    const [list, rest]: [Waiting[], Waiting[]] = [[], []];
    // One that has to wait holds back what follows it in its place.
    const held = new Set<number>();
    for (const one of waiting) {
      const { place } = one;
      const isFree = place === undefined || !(busy.has(place) || held.has(place));
      const goes = isFree && one.asks === (lane === 'asking') && list.length < LARGEST;
      if (!goes && place !== undefined) held.add(place);
      (goes ? list : rest).push(one);
    }
    if (list.length === 0) return false;
    waiting = rest;
    running[lane]++;
    underWay += list.length;
    const places = new Set(list.flatMap(({ place }) => place ?? []));
    for (const place of places) busy.add(place);
    void take(list.map(({ update }) => update))
      .then(
        () => {
          for (const { resolve } of list) resolve();
        },
        (cause: unknown) => {
          for (const { reject } of list) reject(cause);
        },
      )
      .then(() => {
        running[lane]--;
        underWay -= list.length;
        for (const place of places) busy.delete(place);
        pump();
      });
    return true;
  }

  return {
    add: (gathered) =>
      new Promise((resolve, reject) => {
        waiting = [...waiting, { ...gathered, resolve, reject }];
        // What arrives in the same turn of the loop goes together.
        if (waiting.length === 1) setImmediate(pump);
      }),
    size: () => waiting.length + underWay,
  };
}
