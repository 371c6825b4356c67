import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';

export interface Asset {
  readonly type: string;
  readonly body: string;
}

const PAGE = new URL('page/', import.meta.url);

/** One file of the page by its path, its types stripped when it is a module; undefined when there is none. */
export async function readAsset(path: string): Promise<Asset | undefined> {
  const name = path === '/' ? 'index.html' : path.slice('/page/'.length);
  if (path !== '/' && !(path.startsWith('/page/') && /^[a-z-]+\.(?:ts|css|svg)$/.test(name))) return undefined;
  const source = await readText(new URL(name, PAGE));
  if (source === undefined) return undefined;
  if (name.endsWith('.ts')) return { type: 'text/javascript; charset=utf-8', body: stripTypeScriptTypes(source) };
  return { type: TYPES[name.slice(name.lastIndexOf('.'))] ?? 'text/plain', body: source };
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

async function readText(url: URL): Promise<string | undefined> {
  try {
    return await readFile(url, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
