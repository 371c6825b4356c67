import { createHash } from 'node:crypto';
import {
  appendFile,
  chmod,
  chown,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEngine } from '../../src/engine.ts';
import { KnowledgeError } from '../../src/knowledge/knowledge-error.ts';
import { CODE, FOLDER, LIBRARIES, makersOf } from '../../src/loading/kept-readings.ts';
import { loadKnowledge } from '../../src/loading/loading.ts';
import type { Kept } from '../../src/loading/prepared.ts';
import { SHIPPED } from '../shipped.ts';

const ID = 'slogans';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wence-readings-'));
  file = join(folder, FOLDER, ID);
  await cp(join(SHIPPED, ID), join(folder, ID), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

const bytes = () => readFile(file);

/** Whether a reading was taken as it was kept: what is read anew is written anew. */
async function wasKept(): Promise<boolean> {
  const { ino } = await stat(file);
  await loadKnowledge(folder);
  return (await stat(file)).ino === ino;
}

/** Changes what was kept, with sums that fit. */
async function forge(change: (kept: Kept) => Kept): Promise<void> {
  const before = await bytes();
  const body = serialize(change(deserialize(before.subarray(64)) as Kept));
  await writeFile(file, Buffer.concat([before.subarray(0, 32), createHash('sha256').update(body).digest(), body]));
}

describe('the reading of a document', () => {
  it('is kept beside the texts, and answers as what was read', async () => {
    const first = await openEngine(folder);
    expect(await wasKept()).toBe(true);
    const second = await openEngine(folder);
    expect(second.library).toEqual(first.library);
    for (const question of ['森林防火的标语', '标语谁做的', '今天天气', '標語全文'])
      expect(second.answerer.answer(question)).toEqual(first.answerer.answer(question));
  });

  it('is void once its own text has changed, and no other', async () => {
    await cp(join(SHIPPED, 'telecom-pilot', 'source.md'), join(folder, 'other', 'source.md'));
    await loadKnowledge(folder);
    const other = await readFile(join(folder, FOLDER, 'other'));
    await appendFile(join(folder, ID, 'questions.yaml'), '\n# 注\n');
    expect(await wasKept()).toBe(false);
    await writeFile(join(folder, 'terms.yaml'), '标语: [口号]\n');
    expect(await wasKept()).toBe(false);
    expect(await readFile(join(folder, FOLDER, 'other'))).toEqual(other);
  });

  it('is void once what its source points to has changed: what was read counts, wherever it stood', async () => {
    const source = join(folder, ID, 'source.md');
    await rename(source, join(folder, 'text.md'));
    await symlink(join(folder, 'text.md'), source);
    await loadKnowledge(folder);
    expect(await wasKept()).toBe(true);
    await appendFile(join(folder, 'text.md'), '\n新的一段。\n');
    expect(await wasKept()).toBe(false);
    expect((await loadKnowledge(folder)).documents[0]?.document.paragraphs.at(-1)).toBe('新的一段。');
  });

  it('is void once a library is of another version', async () => {
    const installed = ['opencc-js 1.4.2', 'yaml 2.9.1'];
    expect(await makersOf(installed)).toBe(await makersOf(installed));
    expect(await makersOf(['opencc-js 1.4.3', 'yaml 2.9.1'])).not.toBe(await makersOf(installed));
  });

  it('names every library that the code calls by which texts are read', async () => {
    const called = new Set<string>();
    for (const room of CODE) {
      for (const name of await readdir(room)) {
        const text = await readFile(join(room, name), 'utf8');
        for (const [, library = ''] of text.matchAll(/ from '((?!node:)[^.'/][^'/]*)/g)) called.add(library);
      }
    }
    expect([...called].toSorted()).toEqual(LIBRARIES);
  });

  it.each([
    ['cut off', (whole: Buffer) => whole.subarray(0, whole.length - 100)],
    [
      'one bit different',
      (whole: Buffer) => whole.fill((whole.at(-50) ?? 0) ^ 1, whole.length - 50, whole.length - 49),
    ],
    ['empty', () => Buffer.alloc(0)],
  ])('is not used when it is %s', async (_, damage) => {
    await openEngine(folder);
    await writeFile(file, damage(await bytes()));
    expect(await wasKept()).toBe(false);
    expect((await openEngine(folder)).answerer.answer('森林防火的标语').outcome).toBe('answered');
  });

  it('that was forged is quoted from the source all the same, and not at all where it points beside it', async () => {
    const honest = (await openEngine(folder)).answerer.answer('森林防火的标语');
    const moved = (kept: Kept, by: number): Kept => {
      const { slogans, sections } = kept.annotations;
      const points = (some: (typeof sections)[number]['points']) =>
        some.map((point) => ({ ...point, quote: { ...point.quote, end: point.quote.end + by } }));
      const changed = sections.map((section) => ({ ...section, points: points(section.points) }));
      return { ...kept, annotations: { slogans, sections: changed, paragraphs: ['伪造'] } as never };
    };
    await forge((kept) => moved(kept, -1));
    const { answerer, library } = await openEngine(folder);
    const forged = answerer.answer('森林防火的标语');
    if (forged.outcome !== 'answered' || honest.outcome !== 'answered') throw new Error('not answered');
    expect(honest.quotes[0].text.startsWith(forged.quotes[0].text)).toBe(true);
    expect(library.documents[0]?.paragraphs.join('')).not.toContain('伪造');
    await forge((kept) => moved(kept, 1_000));
    expect((await openEngine(folder)).answerer.answer('森林防火的标语')).toEqual(honest);
  });

  const byOthers: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['everybody can write', () => chmod(file, 0o666)],
    ['its group can write', () => chmod(file, 0o660)],
    ['lies in a folder that everybody can write', () => chmod(join(folder, FOLDER), 0o777)],
    [
      'is a link to another',
      async () => {
        await rename(file, join(folder, 'elsewhere'));
        await symlink(join(folder, 'elsewhere'), file);
      },
    ],
    [
      'lies in a folder that is a link',
      async () => {
        await rename(join(folder, FOLDER), join(folder, '.elsewhere'));
        await symlink(join(folder, '.elsewhere'), join(folder, FOLDER));
      },
    ],
    // Only root can give a file away.
    ...(process.getuid?.() === 0 ? [['is another one’s', () => chown(file, 12_345, 12_345)] as const] : []),
  ];
  it.each(byOthers)('is not taken when it %s, though its sums fit', async (_, open) => {
    const honest = (await openEngine(folder)).answerer.answer('森林防火的标语');
    const titled = (kept: Kept): Kept => {
      const sections = kept.annotations.sections.map((section) => ({ ...section, title: '伪造的标题' }));
      return { ...kept, annotations: { ...kept.annotations, sections } };
    };
    await forge(titled);
    await open();
    const { library, answerer } = await openEngine(folder);
    expect(library.documents[0]?.sections.map(({ title }) => title)).not.toContain('伪造的标题');
    expect(answerer.answer('森林防火的标语')).toEqual(honest);
  });

  it('in a folder that is a link leads to nothing being deleted behind it', async () => {
    await mkdir(join(folder, '.precious'));
    await writeFile(join(folder, '.precious', 'photo.jpg'), '');
    await symlink(join(folder, '.precious'), join(folder, FOLDER));
    await loadKnowledge(folder);
    expect(await readdir(join(folder, '.precious'))).toEqual(['photo.jpg']);
  });

  it.each([{}, { annotations: 5 }, { annotations: { sections: 'x', slogans: [] } }, []])(
    'that holds %j is no reading',
    async (kept) => {
      const honest = (await openEngine(folder)).answerer.answer('森林防火的标语');
      await forge(() => kept as never);
      expect((await openEngine(folder)).answerer.answer('森林防火的标语')).toEqual(honest);
    },
  );

  it('is taken away with its document', async () => {
    await cp(join(folder, ID), join(folder, 'copy'), { recursive: true });
    await rm(join(folder, 'copy', 'questions.yaml'));
    await loadKnowledge(folder);
    expect(await readdir(join(folder, FOLDER))).toEqual(['copy', ID]);
    await rm(join(folder, 'copy'), { recursive: true });
    await loadKnowledge(folder);
    expect(await readdir(join(folder, FOLDER))).toEqual([ID]);
  });

  it('is not kept of a document with an error in it', async () => {
    await appendFile(join(folder, ID, 'questions.yaml'), '\nunknown: 1\n');
    await expect(loadKnowledge(folder)).rejects.toThrow(KnowledgeError);
    await expect(readdir(join(folder, FOLDER))).rejects.toThrow('ENOENT');
  });

  it('does not hide that two documents claim the same', async () => {
    await loadKnowledge(folder);
    await cp(join(folder, ID), join(folder, 'twin'), { recursive: true });
    const error = await loadKnowledge(folder).catch((cause: unknown) => cause);
    expect(error instanceof KnowledgeError && error.problems.map(({ detail }) => detail.code)).toContain(
      'duplicate-phrasing',
    );
    await rm(join(folder, 'twin'), { recursive: true });
    await mkdir(join(folder, 'twin'));
    const gone = await loadKnowledge(folder).catch((cause: unknown) => cause);
    expect(gone instanceof KnowledgeError && gone.problems.map(({ detail }) => detail.code)).toEqual([
      'missing-source',
    ]);
  });
});
