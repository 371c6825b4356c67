type Props = Readonly<Record<string, string | number | boolean | undefined>>;
export type Child = Node | string | undefined;

/** Makes an element. Text only ever enters as text nodes, so nothing that anybody writes becomes markup. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  props: Props = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) setAttribute(element, name, value);
  for (const child of children) if (child !== undefined) element.append(child);
  return element;
}

/** A button that shows only an icon; its label is read out and shown on hover. */
export function iconButton(name: IconName, label: string, className = ''): HTMLButtonElement {
  const props = { type: 'button', class: `icon-button ${className}`.trim(), 'aria-label': label, title: label };
  return el('button', props, icon(name));
}

export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  for (const d of ICONS[name]) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

export function setAttribute(element: Element, name: string, value: string | number | boolean | undefined): void {
  if (value === undefined || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? '' : String(value));
}

/** Sets text only where it differs, so that nothing is announced twice. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

const SVG = 'http://www.w3.org/2000/svg';

export type IconName = keyof typeof ICONS;

/** Drawn on 24 units, stroked. */
const ICONS = {
  back: ['M15 5l-7 7 7 7'],
  send: ['M4.5 12L3 4.5l18 7.5-18 7.5L4.5 12zm0 0H13'],
  more: ['M12 5.5v.01M12 12v.01M12 18.5v.01'],
  panel: ['M8 7l-5 5 5 5', 'M16 7l5 5-5 5', 'M13.5 5l-3 14'],
  reply: ['M10 6L4 12l6 6', 'M4 12h9c4 0 7 2.500 7 6.500'],
  edit: ['M4 20l1-4L16.500 4.500l3 3L8 19l-4 1z', 'M14.500 6.500l3 3'],
  copy: ['M9 9h10v11H9z', 'M15 9V4H5v11h4'],
  trash: ['M5 7h14', 'M9.500 7V4h5v3', 'M7 7l1 13h8l1-13'],
  down: ['M6 9.500l6 6 6-6'],
  close: ['M6 6l12 12', 'M18 6L6 18'],
  slash: ['M14.500 5l-5 14'],
  moon: ['M19.500 14.500A8 8 0 0 1 9.500 4.500a8 8 0 1 0 10 10z'],
  check: ['M5 12.500l4.500 4.500L19 7.500'],
  checks: ['M2.500 12.500L7 17l9-9.500', 'M11.500 16l1 1 9-9.500'],
  link: ['M8 16L16.500 7.500', 'M9.500 7h7.500v7.500'],
  settings: ['M4 7h9', 'M17 7h3', 'M15 5v4', 'M4 17h3', 'M11 17h9', 'M9 15v4'],
  clock: ['M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17z', 'M12 7.500V12l3 2'],
  reset: ['M5 12a7 7 0 1 0 2.200-5.100', 'M7.500 3v4.200h4.200'],
  chevron: ['M7 10l5 5 5-5'],
  hash: ['M5 9h15', 'M4 15h15', 'M10 4L8 20', 'M16 4l-2 16'],
  lock: ['M7 11V8a5 5 0 0 1 10 0v3', 'M5.500 11h13v9h-13z'],
  clip: [
    'M19.500 11.500l-7.700 7.700a4.600 4.600 0 0 1-6.500-6.500l8.200-8.200a3 3 0 0 1 4.300 4.300l-8.100 8.100a1.500 1.500 0 0 1-2.100-2.100l7.200-7.200',
  ],
  file: ['M6 3.500h8l4.500 4.500v12.500H6z', 'M14 3.500V8h4.500'],
  photo: ['M4 5h16v14H4z', 'M4 16l5-5 4 4 3-3 4 4', 'M15.500 9v.01'],
} as const;
