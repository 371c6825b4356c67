import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cut, type Document, type Library } from '../src/knowledge/document.ts';

/** Writes a library as a knowledge folder. What is JSON is YAML as well. */
export async function writeFolder(folder: string, { documents, terms }: Library): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const document of documents) {
    const own = join(folder, document.id);
    await mkdir(own, { recursive: true });
    await writeFile(join(own, 'source.md'), sourceOf(document));
    if (document.sections.length > 0)
      await writeFile(join(own, 'questions.yaml'), JSON.stringify({ sections: sectionsOf(document) }));
  }
  const said = Object.fromEntries(terms.map(({ text, say }) => [text, say]));
  if (terms.length > 0) await writeFile(join(folder, 'terms.yaml'), JSON.stringify(said));
}

export function sourceOf({ title, label, paragraphs }: Pick<Document, 'title' | 'label' | 'paragraphs'>): string {
  return `---\n${JSON.stringify({ title, label })}\n---\n\n${paragraphs.join('\n\n')}\n`;
}

function sectionsOf(document: Document) {
  return document.sections.map(({ id, title, heading, ask, points }) => ({
    ...{ id, title, ask },
    ...(heading === undefined ? {} : { heading: document.paragraphs[heading] }),
    points: points.map((point) => ({
      ...{ id: point.id, title: point.title, ask: point.ask, not: point.not },
      quote: cut(document, point.quote),
      answer: cut(document, point.answer),
    })),
  }));
}
