import type { Send } from '../delivery/attempt.ts';
import type { Settled } from '../delivery/tally.ts';
import type { Engine } from '../engine.ts';
import type { Intake } from '../telegram/intake.ts';
import type { Metrics } from './metrics.ts';
import { createMonitor, type Monitor, type MonitorDeps } from './monitor.ts';

/** Puts the counting around the parts of a bot; nothing where nobody asks for figures. */
export interface Observed {
  engine<T extends Engine>(engine: T): T;
  send(send: Send): Send;
  intake(intake: Intake): Intake;
  readonly settled: ((settled: Settled) => void) | undefined;
  monitor(deps: Omit<MonitorDeps, 'metrics' | 'now'>): Monitor | undefined;
}

export function observing(metrics: Metrics | undefined, now: () => number): Observed {
  if (!metrics) {
    return {
      engine: (engine) => engine,
      send: (send) => send,
      intake: (intake) => intake,
      settled: undefined,
      monitor: () => undefined,
    };
  }
  const counted = new WeakMap<Engine, Engine>();
  return {
    engine<T extends Engine>(engine: T) {
      const known = counted.get(engine) ?? observingEngine(engine, metrics);
      counted.set(engine, known);
      return known as T;
    },
    send: (send) => observingSend(send, metrics),
    intake: (intake) => observingIntake(intake, metrics),
    settled: metrics.settled,
    monitor: (deps) => createMonitor({ ...deps, metrics, now }),
  };
}

/** The same engine, whose answers are counted. */
function observingEngine<T extends Engine>(engine: T, metrics: Metrics): T {
  const { answerer } = engine;
  const answer: typeof answerer.answer = (...asked) => {
    const began = performance.now();
    const found = answerer.answer(...asked);
    metrics.answered(found, (performance.now() - began) / 1_000);
    return found;
  };
  return { ...engine, answerer: { ...answerer, answer } };
}

function observingSend(send: Send, metrics: Metrics): Send {
  return async (row, signal) => {
    const began = performance.now();
    const result = await send(row, signal);
    metrics.called(row.method, result.kind, (performance.now() - began) / 1_000);
    return result;
  };
}

function observingIntake(intake: Intake, metrics: Metrics): Intake {
  return {
    ...intake,
    async take(updates) {
      const began = performance.now();
      try {
        const fresh = await intake.take(updates);
        metrics.taken(updates.length, fresh, (performance.now() - began) / 1_000);
        return fresh;
      } catch (cause) {
        metrics.notTaken(updates.length);
        throw cause;
      }
    },
  };
}
