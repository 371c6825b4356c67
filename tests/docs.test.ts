import { access, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import { beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDERS = [
  '.',
  'docs',
  'docs/decisions',
  'lexicon',
  'packages/telegram-emulator',
  'packages/telegram-playground',
];

/** By path below the root. */
let pages: ReadonlyMap<string, string> = new Map();
beforeAll(async () => {
  const names = await Promise.all(
    FOLDERS.map(async (folder) =>
      (await readdir(join(ROOT, folder))).filter((name) => name.endsWith('.md')).map((name) => join(folder, name)),
    ),
  );
  pages = new Map(
    await Promise.all(names.flat().map(async (path) => [path, await readFile(join(ROOT, path), 'utf8')] as const)),
  );
});

const exists = (path: string) =>
  access(join(ROOT, path)).then(
    () => true,
    () => false,
  );

describe('the documents', () => {
  it('link to what is there', async () => {
    const links = [...pages].flatMap(([path, text]) =>
      [...text.matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)].map(([, to = '']) => [path, join(dirname(path), to)] as const),
    );
    expect(links.length).toBeGreaterThan(40);
    const broken = await Promise.all(links.map(async (link) => ((await exists(link[1])) ? [] : [link])));
    expect(broken.flat()).toEqual([]);
  });

  it('name commands that there are', async () => {
    const { scripts }: { scripts: Readonly<Record<string, string>> } = JSON.parse(
      await readFile(join(ROOT, 'package.json'), 'utf8'),
    );
    const named = [...pages].flatMap(([path, text]) =>
      [...text.matchAll(/\bnpm run (?:-s )?([a-z][\w:-]*)/g)].map(([, name = '']) => [path, name] as const),
    );
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter(([, name]) => !(name in scripts))).toEqual([]);
  });

  it('name a test for each threat, and each of them is there', async () => {
    const rows = [...(pages.get('SECURITY.md') ?? '').matchAll(/^\| (?!what|---).*\| ([^|]*) \|$/gm)];
    expect(rows.length).toBeGreaterThan(25);
    const named = rows.map(([, tests = '']) => [...tests.matchAll(/`([\w./-]+)`/g)].map(([, name = '']) => name));
    expect(named.filter((names) => names.length === 0)).toEqual([]);
    const missing = await Promise.all(
      named.flat().map(async (name) => {
        const found = await Promise.all(['.test.ts', '.ts'].map((end) => exists(`tests/${name}${end}`)));
        return found.includes(true) ? [] : [name];
      }),
    );
    expect(missing.flat()).toEqual([]);
  });

  it('name files that there are', async () => {
    const named = [...pages].flatMap(([path, text]) =>
      [...text.matchAll(/`((?:src|tests|bench|docs|eval|packages|scripts)\/[\w./-]*\w)\/?`/g)].map(
        ([, file = '']) => [path, file] as const,
      ),
    );
    expect(named.length).toBeGreaterThan(30);
    // From the root or from the page's own folder; of a test the ending may be left out.
    const missing = await Promise.all(
      named.map(async ([page, file]) => {
        const places = [file, join(dirname(page), file), `${file}.test.ts`];
        return (await Promise.all(places.map(exists))).includes(true) ? [] : [[page, file]];
      }),
    );
    expect(missing.flat()).toEqual([]);
  });

  it('list every decision in its order', async () => {
    const names = (await readdir(join(ROOT, 'docs/decisions'))).filter((name) => /^\d/.test(name)).toSorted();
    const index = pages.get('docs/decisions/README.md') ?? '';
    expect([...index.matchAll(/\((\d{4}-[^)]+)\)/g)].map(([, name]) => name)).toEqual(names);
    for (const [at, name] of names.entries()) {
      const title = `# ${at + 1}. `;
      expect(pages.get(`docs/decisions/${name}`)?.startsWith(title), `${name} begins with ${title}`).toBe(true);
    }
  });
});

describe('the changelog', () => {
  it('has the version that package.json has, with its date', async () => {
    const { version }: { version: string } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    const [, latest] = /^## (\d+\.\d+\.\d+ - \d{4}-\d\d-\d\d)$/m.exec(pages.get('CHANGELOG.md') ?? '') ?? [];
    expect(latest?.split(' ')[0]).toBe(version);
  });
});

describe('the form for a wrong answer', () => {
  it('asks for the question, the words expected and the document', async () => {
    const form = load(await readFile(join(ROOT, '.github/ISSUE_TEMPLATE/wrong-answer.yml'), 'utf8')) as {
      readonly name: string;
      readonly body: readonly { readonly id: string; readonly validations?: { readonly required: boolean } }[];
    };
    expect(form.name).toBe('答错了');
    const required = form.body.filter(({ validations }) => validations?.required).map(({ id }) => id);
    expect(required).toEqual(['question', 'expected', 'document']);
  });
});
