import { parentPort, workerData } from 'node:worker_threads';
import { drawChart } from './chart.ts';
import { drawPoster } from './draw.ts';
import type { Order } from './thread.ts';

// The thread's own main: see thread.ts.
const wanted = workerData as Order;
parentPort?.postMessage(wanted.kind === 'chart' ? await drawChart(wanted.order) : await drawPoster(wanted.order));
