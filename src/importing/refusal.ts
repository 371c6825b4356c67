/** Why nothing can be read out of a file. */
export type Refusal =
  | { readonly code: 'empty' }
  | { readonly code: 'no-text' }
  | { readonly code: 'scan'; readonly pages: number }
  | { readonly code: 'locked' }
  | { readonly code: 'damaged'; readonly format: Format }
  | { readonly code: 'too-large'; readonly megabytes: number }
  | { readonly code: 'unpacks-too-large' }
  | { readonly code: 'too-many-pages'; readonly pages: number; readonly most: number }
  | { readonly code: 'too-long'; readonly most: number }
  | { readonly code: 'unknown-format'; readonly found: string }
  | { readonly code: 'too-slow' }
  | { readonly code: 'too-much-memory' };

export type Format = 'text' | 'markdown' | 'html' | 'docx' | 'pdf';

/** A file that cannot be read; what a person is told is made of its refusal. */
export class ImportError extends Error {
  readonly code = 'import';
  readonly refusal: Refusal;
  constructor(refusal: Refusal, cause?: unknown) {
    super(refusal.code, { cause });
    this.refusal = refusal;
  }
}
