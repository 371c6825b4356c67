import { type DefaultTreeAdapterTypes, parse } from 'parse5';

/** An element of a web page or what was made of one, with no more than is looked at. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Element | string)[];
  /** The 1-based line of the file where it begins. */
  readonly line: number | undefined;
}

/** Deeper than this no page nests its text; a hostile one does: what stands deeper is taken as words alone. */
const DEEPEST = 512;

/** A page as a browser would understand it. Comments, scripts and styles are left out. */
export function parsePage(html: string): Element {
  const document = parse(html, { sourceCodeLocationInfo: true, scriptingEnabled: false });
  return elementOf(document, 'document', 0);
}

const LEFT_OUT: ReadonlySet<string> = new Set(['script', 'style', 'template', '#comment', '#documentType']);

function elementOf(node: DefaultTreeAdapterTypes.ParentNode, name: string, depth: number): Element {
  const children: (Element | string)[] = [];
  if (depth >= DEEPEST) return { name: 'div', attributes: {}, children: wordsBelow(node), line: undefined };
  for (const child of node.childNodes) {
    if (child.nodeName === '#text') children.push((child as DefaultTreeAdapterTypes.TextNode).value);
    else if (!LEFT_OUT.has(child.nodeName))
      children.push(elementOf(child as DefaultTreeAdapterTypes.Element, child.nodeName, depth + 1));
  }
  const { attrs, sourceCodeLocation } = node as Partial<DefaultTreeAdapterTypes.Element>;
  const attributes = Object.fromEntries((attrs ?? []).map((attribute) => [attribute.name, attribute.value]));
  return { name, attributes, children, line: sourceCodeLocation?.startLine };
}

function wordsBelow(root: DefaultTreeAdapterTypes.ParentNode): readonly string[] {
  const words: string[] = [];
  const waiting: DefaultTreeAdapterTypes.Node[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.nodeName === '#text') words.push((node as DefaultTreeAdapterTypes.TextNode).value);
    else if (!LEFT_OUT.has(node.nodeName) && 'childNodes' in node) waiting.push(...node.childNodes.toReversed());
  }
  return words;
}

export function isElement(node: Element | string): node is Element {
  return typeof node !== 'string';
}

/** All elements of a tree that fit, in their order; those inside one that fits are found too. */
export function findAll(root: Element, fits: (element: Element) => boolean): readonly Element[] {
  const found: Element[] = [];
  const visit = (element: Element) => {
    if (fits(element)) found.push(element);
    for (const child of element.children) if (isElement(child)) visit(child);
  };
  visit(root);
  return found;
}

export function textOf(node: Element | string): string {
  return isElement(node) ? node.children.map(textOf).join('') : node;
}

export function isHidden({ attributes }: Element): boolean {
  return (
    attributes.hidden !== undefined ||
    attributes['aria-hidden'] === 'true' ||
    /(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(attributes.style ?? '')
  );
}
