import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SRC = join(ROOT, 'src');

/** What stands alone beside `src`: what it may import of the house, and the files of `src` that may import it. */
const PACKAGES: Readonly<Record<string, { readonly imports: readonly string[]; readonly usedIn: readonly string[] }>> =
  {
    'telegram-emulator': { imports: [], usedIn: [] },
    'telegram-playground': { imports: ['telegram-emulator'], usedIn: ['main.ts'] },
    'local-postgres': { imports: [], usedIn: [] },
  };

/** What each room imports besides itself, exactly; main.ts composes everything. Arrows run one way. */
const IMPORTS: Readonly<Record<string, readonly string[]>> = {
  text: [],
  network: [],
  random: [],
  durations: [],
  knowledge: ['text'],
  lexicon: ['text'],
  index: ['text'],
  reading: ['text', 'knowledge', 'index'],
  phrasings: ['text', 'knowledge', 'index'],
  retrieval: ['text', 'network', 'knowledge', 'lexicon', 'index', 'reading'],
  answering: ['text', 'network', 'knowledge', 'reading', 'phrasings', 'retrieval'],
  pointing: ['text', 'answering'],
  evaluation: ['text', 'random', 'knowledge', 'reading', 'phrasings', 'retrieval', 'answering', 'pointing'],
  learning: [
    'text',
    'network',
    'random',
    'knowledge',
    'lexicon',
    'reading',
    'phrasings',
    'retrieval',
    'answering',
    'evaluation',
  ],
  gaps: ['text', 'knowledge', 'reading', 'answering'],
  importing: [],
  config: ['text'],
  model: ['config'],
  messages: ['text', 'knowledge', 'answering', 'pointing', 'importing', 'model'],
  storage: ['text'],
  delivery: ['durations', 'storage'],
  broadcast: ['durations', 'knowledge', 'storage', 'delivery'],
  loading: ['knowledge', 'index', 'reading', 'phrasings'],
  engine: ['text', 'knowledge', 'lexicon', 'reading', 'phrasings', 'retrieval', 'answering', 'loading'],
  keeper: ['text', 'knowledge', 'lexicon', 'reading', 'answering', 'importing', 'storage', 'engine'],
  asking: [
    'text',
    'durations',
    'knowledge',
    'reading',
    'answering',
    'pointing',
    'config',
    'model',
    'storage',
    'delivery',
    'engine',
  ],
  listening: [],
  patience: ['delivery'],
  telegram: [
    'text',
    'durations',
    'knowledge',
    'answering',
    'gaps',
    'importing',
    'model',
    'messages',
    'storage',
    'delivery',
    'broadcast',
    'engine',
    'keeper',
    'asking',
    'listening',
    'patience',
  ],
  live: ['knowledge', 'evaluation', 'loading', 'engine'],
  log: [],
  environment: ['messages'],
  monitor: ['answering', 'storage', 'delivery', 'engine', 'listening', 'telegram'],
  app: [
    'durations',
    'config',
    'model',
    'messages',
    'storage',
    'delivery',
    'broadcast',
    'engine',
    'keeper',
    'asking',
    'patience',
    'telegram',
    'live',
    'monitor',
  ],
  cli: [
    'text',
    'durations',
    'knowledge',
    'lexicon',
    'phrasings',
    'retrieval',
    'answering',
    'pointing',
    'evaluation',
    'learning',
    'gaps',
    'importing',
    'config',
    'model',
    'messages',
    'storage',
    'broadcast',
    'telegram',
    'engine',
    'keeper',
    'live',
    'environment',
  ],
};

/** The rooms without I/O, clock, chance or grammY: the same in a test, a terminal, a worker or a browser. */
const PURE = [
  'text',
  'network',
  'random',
  'durations',
  'importing',
  'learning',
  'knowledge',
  'lexicon',
  'reading',
  'index',
  'phrasings',
  'retrieval',
  'answering',
  'gaps',
  'pointing',
  'evaluation',
  'messages',
];

/** Modules of Node that a file of a pure room may import all the same. */
const ALLOWED_IN_PURE: Readonly<Record<string, readonly string[]>> = {
  'knowledge/folder.ts': ['node:fs/promises', 'node:path'],
  'messages/terminal.ts': ['node:util'],
  'lexicon/files.ts': ['node:fs/promises'],
};

const MAY_EXIT = ['main.ts', 'cli/main.ts', 'cli/run.ts'];

interface SourceFile {
  /** Below src, or the package's own. */
  readonly path: string;
  readonly room: string;
  readonly imports: readonly string[];
  /** Without comments and the contents of strings. */
  readonly code: string;
}

let files: readonly SourceFile[] = [];
beforeAll(async () => {
  files = await filesBelow(SRC);
});

describe('the house', () => {
  it('arrows are those of the table, no more and no fewer', () => {
    const drawn = new Map(Object.keys(IMPORTS).map((room) => [room, new Set<string>()]));
    for (const { path, room, imports } of files) {
      if (room === 'main') continue;
      for (const specifier of imports.filter((one) => one.startsWith('.'))) {
        const other = roomOf(join(path, '..', specifier));
        if (other !== room) drawn.set(room, (drawn.get(room) ?? new Set()).add(other));
      }
    }
    const sorted = ([room, others]: readonly [string, Iterable<string>]) => [room, [...others].toSorted()] as const;
    expect(Object.fromEntries([...drawn].map(sorted))).toEqual(Object.fromEntries(Object.entries(IMPORTS).map(sorted)));
  });

  it('the table has no circle, and no file imports itself by way of others', () => {
    expect(circleIn(new Map(Object.entries(IMPORTS)))).toBeUndefined();
    const paths = new Set(files.map(({ path }) => path));
    const arrows = files.map(({ path, imports }) => {
      const own = imports.filter((specifier) => specifier.startsWith('.'));
      return [path, own.map((specifier) => join(path, '..', specifier)).filter((to) => paths.has(to))] as const;
    });
    expect(circleIn(new Map(arrows))).toBeUndefined();
    const circle = circleIn(
      new Map([
        ['a', ['b']],
        ['b', ['c', 'd']],
        ['d', ['b']],
      ]),
    );
    expect(circle).toEqual(['b', 'd', 'b']);
  });

  it('imports name their files: no folder, no missing ending, nothing outside src', () => {
    const paths = new Set(files.map(({ path }) => path));
    const wrong = files.flatMap(({ path, imports }) =>
      imports
        .filter(
          (specifier) =>
            specifier.startsWith('.') && specifier.endsWith('.ts') !== paths.has(join(path, '..', specifier)),
        )
        .map((specifier) => `${path}: ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  it('the parser of this test sees the imports that are there', () => {
    expect(
      importsOf(
        `import a, { b } from './a.ts';\nimport type {\n  C,\n} from 'c';\nimport 'd';\nexport { e } from './e.ts';\nconst f = await import('f');\ntype G = import('g').G;`,
      ),
    ).toEqual(['./a.ts', 'c', 'd', './e.ts', 'f', 'g']);
    expect(files.find(({ path }) => path === 'cli/commands.ts')?.imports).toContain('./ask.ts');
    expect(codeOf(`const a = 'process.exit'; // Date.now\n/* Math.random */ f(\`x\`);`)).not.toMatch(
      /process|Date|Math/,
    );
  });
});

describe('what stands alone', () => {
  it.each(Object.entries(PACKAGES))(
    '%s imports what it declares, and nothing of the bot',
    async (name, { imports }) => {
      const folder = join(ROOT, 'packages', name);
      const manifest = await readFile(join(folder, 'package.json'), 'utf8');
      const { dependencies }: { dependencies: Readonly<Record<string, string>> } = JSON.parse(manifest);
      expect(Object.keys(dependencies).filter((one) => one in PACKAGES)).toEqual(imports);
      const wrong = (await filesBelow(join(folder, 'src'))).flatMap(({ path, imports: found }) =>
        found
          .filter((specifier) =>
            specifier.startsWith('.')
              ? join(path, '..', specifier).startsWith('..')
              : !specifier.startsWith('node:') && !(packageOf(specifier) in dependencies),
          )
          .map((specifier) => `${path} imports ${specifier}`),
      );
      expect(wrong).toEqual([]);
    },
  );

  it('the benchmarks declare what they are compared with', async () => {
    const folder = join(ROOT, 'bench');
    const { dependencies }: { dependencies: Readonly<Record<string, string>> } = JSON.parse(
      await readFile(join(folder, 'package.json'), 'utf8'),
    );
    const imported = (await filesBelow(folder))
      .filter(({ path }) => !path.startsWith('tests/') && !path.startsWith('node_modules/'))
      .flatMap(({ imports }) => imports.filter((specifier) => !/^(?:\.|node:)/.test(specifier)).map(packageOf));
    expect([...new Set(imported)].toSorted()).toEqual(Object.keys(dependencies).toSorted());
  });

  it.each(['telegram-emulator', 'telegram-playground'])('%s knows no bot by name', async (name) => {
    const folder = join(ROOT, 'packages', name);
    const texts = (await readdir(folder, { recursive: true })).filter((path) =>
      /\.(?:ts|json|md|html|css)$/.test(path),
    );
    expect(texts.length).toBeGreaterThan(40);
    const named = await Promise.all(
      texts.map(async (path) => (/wence|问策/i.test(await readFile(join(folder, path), 'utf8')) ? [path] : [])),
    );
    expect(named.flat()).toEqual([]);
  });

  it('is imported by its name, where it is put together', () => {
    const found = files.flatMap(({ path, imports }) =>
      imports.filter((specifier) => packageOf(specifier) in PACKAGES).map((one) => [packageOf(one), path] as const),
    );
    const allowed = Object.entries(PACKAGES).flatMap(([name, { usedIn }]) => usedIn.map((path) => [name, path]));
    expect([...new Set(found.map(String))]).toEqual(allowed.map(String));
  });
});

describe('pure rooms', () => {
  it('import nothing of Node but what is justified', () => {
    const wrong = files
      .filter(({ room }) => PURE.includes(room))
      .flatMap(({ path, imports }) =>
        imports
          .filter((specifier) => specifier.startsWith('node:') && !ALLOWED_IN_PURE[path]?.includes(specifier))
          .map((specifier) => `${path} imports ${specifier}`),
      );
    expect(wrong).toEqual([]);
  });

  it('know nothing of Telegram’s library, databases and logs', () => {
    const wrong = files
      .filter(({ room }) => PURE.includes(room))
      .flatMap(({ path, imports }) =>
        imports
          .filter((specifier) => /^(?:grammy|@grammyjs|kysely|pino|dotenv)/.test(specifier))
          .map((specifier) => `${path}: ${specifier}`),
      );
    // Text and entities are what messages are made of: one package only puts them together, the other is but types.
    expect(wrong.filter((one) => !/^messages\/.*@grammyjs\/(?:parse-mode|types)$/.test(one))).toEqual([]);
  });

  it('have no process, clock or chance', () => {
    const impure =
      /\bprocess\b|\bDate\b|\bMath\.random\b|\bperformance\b|\bset(?:Timeout|Interval|Immediate)\b|\bfetch\b|\bconsole\b/;
    const wrong = files.filter(({ room, code }) => PURE.includes(room) && impure.test(code)).map(({ path }) => path);
    expect(wrong).toEqual([]);
  });
});

describe('every file', () => {
  it('only the two main files exit', () => {
    const exits = files.filter(({ code }) => /\bprocess\s*\.\s*(?:exit|exitCode|abort|kill)\b/.test(code));
    expect(exits.map(({ path }) => path).filter((path) => !MAY_EXIT.includes(path))).toEqual([]);
  });

  it('has no default export, and is no barrel', () => {
    const wrong = files.filter(
      ({ path, code }) => /\bexport\s+default\b|\bexport\s+\*/.test(code) || /(?:^|\/)index\.ts$/.test(path),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
    const barrels = files.filter(({ code }) => /^\s*(?:export\s[^;]*\bfrom\b[^;]*;\s*)+$/.test(code));
    expect(barrels.map(({ path }) => path)).toEqual([]);
  });

  it('has no enum, namespace or parameter property: Node runs it as it is', () => {
    const wrong = files.filter(({ code }) =>
      /^\s*(?:export\s+)?(?:const\s+)?enum\s|^\s*(?:export\s+)?namespace\s|constructor\(\s*(?:[^)]*,\s*)?(?:private|public|protected|readonly)\s+\w+\s*[?:,)]/m.test(
        code,
      ),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});

/** The first circle that is found, its beginning also at its end. */
function circleIn(arrows: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const walk = (at: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(at)) return [...way.slice(way.indexOf(at)), at];
    if (done.has(at)) return undefined;
    for (const next of arrows.get(at) ?? []) {
      const circle = walk(next, [...way, at]);
      if (circle) return circle;
    }
    done.add(at);
    return undefined;
  };
  for (const start of arrows.keys()) {
    const circle = walk(start, []);
    if (circle) return circle;
  }
  return undefined;
}

async function filesBelow(folder: string): Promise<readonly SourceFile[]> {
  const paths = await readdir(folder, { recursive: true });
  const sources = paths.filter((path) => path.endsWith('.ts')).toSorted();
  return await Promise.all(sources.map((path) => read(folder, path)));
}

async function read(folder: string, path: string): Promise<SourceFile> {
  const text = await readFile(join(folder, path), 'utf8');
  return { path, room: roomOf(path), imports: importsOf(text), code: codeOf(text) };
}

function roomOf(path: string): string {
  return (path.split('/')[0] ?? '').replace(/\.ts$/, '');
}

/** The package of a specifier: `a/b` is of `a`, `@a/b/c` of `@a/b`. */
function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function importsOf(text: string): readonly string[] {
  const pattern = /^(?:import|export)\b[^;'"]*?\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm;
  return [...text.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

function codeOf(text: string): string {
  const pattern = /\/\*[\s\S]*?\*\/|(?<![:\\])\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g;
  return text.replace(pattern, (part) => (part.startsWith('/') ? '' : "''"));
}
