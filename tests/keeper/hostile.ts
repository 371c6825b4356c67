import { type Zippable, zipSync } from 'fflate';

/** Files made to break whoever reads them. */
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const text = (words: string) => new TextEncoder().encode(words);

export function wordFile(document: string, others: Zippable = {}): Uint8Array {
  const files = { '[Content_Types].xml': text('<Types/>'), 'word/document.xml': text(document), ...others };
  return zipSync(files, { level: 1 });
}

export function wordText(paragraphs: readonly string[]): string {
  return `<w:document ${W}><w:body>${paragraphs.map((words) => `<w:p><w:r><w:t>${words}</w:t></w:r></w:p>`).join('')}</w:body></w:document>`;
}

/** Some 70 KB that unpack to 70 MB. */
export function zipBomb(): Uint8Array {
  return wordFile(wordText(['甲'.repeat(23 * 1024 * 1024)]));
}

/** A part that says it is small and unpacks to 3 MB. */
export function lyingZip(): Uint8Array {
  const honest = wordFile(wordText(['乙'.repeat(1024 * 1024)]));
  const bytes = new DataView(honest.buffer, honest.byteOffset, honest.byteLength);
  // The size unpacked stands in the local headers at 22 and in the central directory's entries at 24.
  for (let at = 0; at + 28 < honest.length; at++) {
    if (bytes.getUint32(at, true) === 0x04034b50) bytes.setUint32(at + 22, 100, true);
    if (bytes.getUint32(at, true) === 0x02014b50) bytes.setUint32(at + 24, 100, true);
  }
  return honest;
}

export function withEntities(): Uint8Array {
  return wordFile(`<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>${wordText(['&f;'])}`);
}

export function billionLaughs(): Uint8Array {
  const entities = Array.from({ length: 9 }, (_, at) => `<!ENTITY a${at + 1} "${`&a${at};`.repeat(10)}">`).join('');
  return wordFile(`<!DOCTYPE x [<!ENTITY a0 "哈">${entities}]>${wordText(['&a9;'])}`);
}

export function withMacros(): Uint8Array {
  return wordFile(wordText(['关于值班的通知', '节日期间各科室轮流值班，值班表另发。']), {
    'word/vbaProject.bin': new Uint8Array([0xd0, 0xcf, 0x11, 0xe0]),
  });
}

export function deepPage(): Uint8Array {
  return text(`<html><body>${'<div>'.repeat(50_000)}深处的一句话，也要读得到。`);
}

export function largePage(megabytes: number): Uint8Array {
  const row = '<p>一、这是一段很长的话，反复出现，只为把文件撑大。</p>\n';
  return text(`<html><body>${row.repeat(Math.ceil((megabytes * 1024 * 1024) / text(row).length))}`);
}

export function blankPage(megabytes: number): Uint8Array {
  return new Uint8Array(megabytes * 1024 * 1024).fill(0x20);
}

/** A PDF of empty or nearly empty pages that share one content. */
export function manyPages(pages: number): Uint8Array {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages} /Kids [${Array.from({ length: pages }, (_, at) => `${at + 4} 0 R`).join(' ')}] >>`,
    '<< /Length 0 >>\nstream\n\nendstream',
    ...Array.from({ length: pages }, () => '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 3 0 R >>'),
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, at) => {
    const offset = body.length;
    body += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const count = objects.length + 1;
  body += `xref\n0 ${count}\n0000000000 65535 f \n${table}trailer << /Size ${count} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF`;
  return text(body);
}
