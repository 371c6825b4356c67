import { readFileSync } from 'node:fs';
import { openEngine } from './engine.ts';
import { parseLabelled } from './evaluation/labelled.ts';
import { judge } from './evaluation/score.ts';
import { partsOf, bothOf } from './answering/parts.ts';
import { asksDenied, qualifiersIn, figuresIn } from './text/forms.ts';
import { foldQuestion } from './text/fold.ts';
import { withPlainNumbers } from './text/numerals.ts';
import { namesIn } from './text/names.ts';
const { answerer } = await openEngine('knowledge');
for (const f of (process.argv[2] ?? 'tuning,development').split(',')) for (const r of parseLabelled(readFileSync(`eval/${f}.jsonl`, 'utf8'))) {
  const a = answerer.answer(r.question); const j = judge(r, a);
  const bad = r.gold === null ? j.verdict === 'wrong' : j.verdict !== 'right' || j.complete === false;
  if (!bad) continue;
  const q = withPlainNumbers(foldQuestion(r.question));
  const why = [asksDenied(q) ? 'NEG' : '', qualifiersIn(q).join('+'), figuresIn(q).map((x) => x.number + x.unit).join('+'), namesIn(q).map((n) => n.name).join('+'), partsOf(r.question).length > 1 ? `PARTS ${partsOf(r.question).join('|')}` : '', bothOf(r.question).length > 1 ? `BOTH ${bothOf(r.question).join('|')}` : ''].filter(Boolean).join(' ; ');
  console.log(j.verdict, a.confidence.toFixed(2), r.kind, r.question, '=>', why, a.outcome === 'answered' && (a as any).also ? 'ALSO' : '');
}
