import { Worker } from 'node:worker_threads';
import type { ChartOrder } from './chart.ts';
import type { Drawn, PosterOrder } from './draw.ts';

/** Milliseconds. Drawing takes 0.1 s, and starting the thread for it as much again. */
const PATIENCE = 30_000;

/** What a thread is to draw. */
export type Order =
  | { readonly kind: 'poster'; readonly order: PosterOrder }
  | { readonly kind: 'chart'; readonly order: ChartOrder };

export function drawInWorker(order: PosterOrder): Promise<Drawn> {
  return inWorker({ kind: 'poster', order });
}

export function drawChartInWorker(order: ChartOrder): Promise<Uint8Array> {
  return inWorker({ kind: 'chart', order });
}

/**
 * Draws in a thread of its own, which ends with it: once a day, and what the drawing needs of memory is given
 * back. Rejects when it fails or takes too long.
 */
function inWorker<T>(workerData: Order): Promise<T> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData });
    const patience = setTimeout(() => {
      reject(new Error(`no poster within ${PATIENCE / 1_000} s`));
      void worker.terminate();
    }, PATIENCE);
    worker.once('message', (drawn: T) => resolve(drawn));
    worker.once('error', reject);
    worker.once('exit', (code) => {
      clearTimeout(patience);
      reject(new Error(`the drawing thread ended with ${code}`));
    });
  });
}
