import { badRequest, type Failure } from '../reply.ts';
import { parseHtml } from './html.ts';
import { parseMarkdown } from './markdown.ts';
import { parseMarkdownV2 } from './markdown-v2.ts';
import type { ParseMode } from './marked.ts';

const MODES: Readonly<Record<string, ParseMode>> = {
  html: parseHtml,
  markdown: parseMarkdown,
  markdownv2: parseMarkdownV2,
};

/** The mode that `parse_mode` names, in any case; undefined for none. */
export function parseModeOf(name: string | undefined): ParseMode | Failure | undefined {
  const key = (name ?? '').toLowerCase();
  if (key === '' || key === 'none') return undefined;
  return Object.hasOwn(MODES, key) ? MODES[key] : badRequest('unsupported parse_mode');
}
