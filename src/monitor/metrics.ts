import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Answer } from '../answering/answer.ts';
import type { SendResult } from '../delivery/outcome.ts';
import type { Settled } from '../delivery/tally.ts';
import type { CampaignSummary } from '../storage/campaigns.ts';
import type { OutboxDepth } from '../storage/outbox.ts';

/** What is counted of a bot at work, in Prometheus's form. No label holds what a person wrote or who they are. */
export interface Metrics {
  /** A batch of updates was made safe, or was not. */
  taken(updates: number, fresh: number, seconds: number): void;
  notTaken(updates: number): void;
  answered(answer: Answer, seconds: number): void;
  called(method: string, result: SendResult['kind'], seconds: number): void;
  settled(settled: Settled): void;
  /** What is looked up when the figures are read. */
  snapshot(state: State): void;
  text(): Promise<string>;
  readonly contentType: string;
}

export interface State {
  readonly depth: OutboxDepth;
  /** Seconds that the oldest reply has waited; 0 when none does. */
  readonly oldestSeconds: number;
  readonly campaign: CampaignSummary['states'] | undefined;
  readonly documents: number;
  /** Changes whenever what is answered from does. */
  readonly knowledgeVersion: string;
  readonly trouble: string | undefined;
}

/** In seconds: an answer takes a millisecond, a database on the network ten, a call a hundred; what takes 30 s is given up. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** In seconds, from a question to its answer: Telegram's pace makes people wait when many ask at once. */
const WAITS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600];
const TROUBLES = ['unreached', 'ambiguous', 'too-many', 'unauthorized'];

export function createMetrics(now: () => number): Metrics {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  collectDefaultMetrics({ register: registry, prefix: 'wence_' });
  const counter = (name: string, help: string, labelNames: readonly string[] = []) =>
    new Counter({ name, help, labelNames: [...labelNames], registers });
  const gauge = (name: string, help: string, labelNames: readonly string[] = []) =>
    new Gauge({ name, help, labelNames: [...labelNames], registers });
  const histogram = (name: string, help: string, buckets: readonly number[], labelNames: readonly string[] = []) =>
    new Histogram({ name, help, labelNames: [...labelNames], buckets: [...buckets], registers });

  const updates = counter('wence_updates_total', 'Updates by what became of them', ['result']);
  const intake = histogram('wence_intake_seconds', 'From taking a batch of updates to its commit', BUCKETS);
  const answers = counter('wence_answers_total', 'Questions looked up, by outcome', ['outcome']);
  const ranking = histogram('wence_answer_seconds', 'Time to find an answer', BUCKETS);
  const calls = histogram('wence_send_seconds', 'Time of a call that sends', BUCKETS, ['method', 'result']);
  const sends = counter('wence_sends_total', 'Rows of the outbox by their end', ['kind', 'state', 'reason']);
  const waited = histogram('wence_reply_wait_seconds', 'From putting a reply into the outbox to its being sent', WAITS);
  const waiting = gauge('wence_outbox_rows', 'Open rows of the outbox, of all processes', ['state', 'kind']);
  const oldest = gauge('wence_outbox_oldest_seconds', 'How long the oldest reply has waited');
  const campaign = gauge('wence_campaign_rows', 'Deliveries of the latest slogan', ['state']);
  const documents = gauge('wence_knowledge_documents', 'Documents that are answered from');
  const knowledge = gauge('wence_knowledge_info', '1 for the version of the knowledge in use', ['version']);
  const trouble = gauge('wence_sending_trouble', '1 for what all sending suffers from', ['trouble']);

  return {
    contentType: registry.contentType,
    taken(count, fresh, seconds) {
      updates.inc({ result: 'committed' }, fresh);
      updates.inc({ result: 'repeated' }, count - fresh);
      intake.observe(seconds);
    },
    notTaken: (count) => updates.inc({ result: 'refused' }, count),
    answered({ outcome }, seconds) {
      answers.inc({ outcome });
      ranking.observe(seconds);
    },
    called: (method, result, seconds) => calls.observe({ method, result }, seconds),
    settled({ row, state, reason = '' }) {
      sends.inc({ kind: row.kind, state, reason });
      if (state === 'sent' && row.kind === 'reply') waited.observe(Math.max(0, now() - row.createdAt) / 1_000);
    },
    snapshot(state) {
      waiting.set({ state: 'pending', kind: 'reply' }, state.depth.replies);
      waiting.set({ state: 'pending', kind: 'broadcast' }, state.depth.broadcasts);
      waiting.set({ state: 'sending', kind: 'any' }, state.depth.sending);
      oldest.set(state.oldestSeconds);
      documents.set(state.documents);
      knowledge.reset();
      knowledge.set({ version: state.knowledgeVersion }, 1);
      for (const one of TROUBLES) trouble.set({ trouble: one }, state.trouble === one ? 1 : 0);
      for (const [name, rows] of Object.entries(state.campaign ?? {})) campaign.set({ state: name }, rows);
    },
    text: () => registry.metrics(),
  };
}
