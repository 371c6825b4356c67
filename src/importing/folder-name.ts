import { pinyin } from 'pinyin-pro';

/** Names of folders: small Latin letters, digits and hyphens, short enough for a button. */
const LONGEST = 32;

/** A folder's name for a document: that of its file where it says something in Latin letters, else its title's pinyin. */
export function folderName(title: string, fileName: string): string {
  const stem = slug(fileName.replace(/\.[^.]*$/, ''));
  if (
    /[a-z]{3}/.test(stem) &&
    !/^(?:untitled|document|doc|file|text|index|content|post|page|original|download|img|image|scan|new)\b/.test(stem)
  )
    return stem;
  const core = /印发[《〈]?(.+?)[》〉]?的通知$/.exec(title)?.[1] ?? title.replace(/^.{2,40}?关于(?=.{4})/, '');
  const spelled = slug(pinyin(core, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true }).join('-'));
  return spelled === '' ? 'document' : spelled;
}

/** As many whole words as fit. */
function slug(text: string): string {
  const words = text
    .normalize('NFKD')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  let name = '';
  for (const word of words) {
    const longer = name === '' ? word : `${name}-${word}`;
    if (longer.length > LONGEST) break;
    name = longer;
  }
  return name === '' ? (words[0] ?? '').slice(0, LONGEST) : name;
}

/** The first of `name`, `name-2`, `name-3` … that is not taken. */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
  if (!isTaken(name)) return name;
  for (let number = 2; ; number++) {
    const numbered = `${name.slice(0, LONGEST - String(number).length - 1)}-${number}`;
    if (!isTaken(numbered)) return numbered;
  }
}
