import { SaxesParser } from 'saxes';
import type { Element } from './tree.ts';

interface Building {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: (Building | string)[];
  readonly line: undefined;
}

/** Deeper than this no office program nests; a hostile file does. */
const DEEPEST = 256;

/**
 * One XML part of an office file. Entities of its own or from outside are never looked up: a part with a document type is
 * refused, since no office program writes one. Throws an Error for XML that is not well formed.
 */
export function parseXml(text: string): Element {
  const root: Building = { name: 'document', attributes: {}, children: [], line: undefined };
  const stack: Building[] = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw new Error('document type in an office file');
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: Building = { name, attributes: attributes as Record<string, string>, children: [], line: undefined };
    stack.at(-1)?.children.push(element);
    stack.push(element);
    if (stack.length > DEEPEST) throw new Error('nested too deeply');
  });
  parser.on('closetag', () => {
    stack.pop();
  });
  parser.on('text', (words) => {
    stack.at(-1)?.children.push(words);
  });
  parser.write(text).close();
  return root;
}
