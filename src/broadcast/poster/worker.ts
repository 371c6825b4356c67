import { parentPort, workerData } from 'node:worker_threads';
import { drawPoster } from './draw.ts';

// The thread's own main: see thread.ts.
parentPort?.postMessage(await drawPoster(workerData));
