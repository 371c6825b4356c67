import { readFileSync, readdirSync } from 'node:fs';
import { openEngine } from './engine.ts';
import { parseLabelled } from './evaluation/labelled.ts';
import { judge } from './evaluation/score.ts';
const { answerer } = await openEngine('knowledge');
const show = process.argv[2];
const run = (label: string, rows: ReturnType<typeof parseLabelled>) => {
  const by = new Map<string, [number, number, number]>(); let ok = 0;
  for (const r of rows) {
    const a = answerer.answer(r.question, { before: r.before });
    const j = judge(r, a);
    const good = r.gold === null ? j.verdict === 'abstained' : j.verdict === 'right';
    const k = by.get(r.kind) ?? [0, 0, 0]; k[0]++; if (good) { k[1]++; ok++; } if (j.verdict === 'wrong') k[2]++; by.set(r.kind, k);
    if (!good && show && r.kind === show) console.log(`  ${j.verdict} ${a.confidence.toFixed(2)} ${r.before ? `[${r.before}] ` : ''}${r.question} | GOLD ${r.gold?.join(' / ')} | ${a.outcome === 'answered' ? `${a.answer} ## ${a.quotes[0].text.slice(0, 60)}` : a.outcome}`);
  }
  console.log(label, rows.length, (100 * ok / rows.length).toFixed(1), [...by].map(([k, [n, g, w]]) => `${k} ${g}/${n} (w${w})`).join('  '));
};
run('shared group-talk', parseLabelled(readFileSync('/work/shared/eval/group-talk.jsonl', 'utf8')));
run('own talk', readdirSync('/tmp/w/talk').filter((f) => f.endsWith('.jsonl')).flatMap((f) => parseLabelled(readFileSync(`/tmp/w/talk/${f}`, 'utf8'))));
