import { describe, expect, it } from 'vitest';
import { LabelledError, parseLabelled } from '../../src/evaluation/labelled.ts';

const ROW = { id: 'a', question: '体检有吗', kind: 'direct', gold: ['定期组织体检'] };
const row = (changes: object) => JSON.stringify({ ...ROW, ...changes });

describe('parseLabelled', () => {
  it('reads one question a line and leaves blank lines out', () => {
    const text = `${row({})}\n\n  \r\n${row({ id: 'b', gold: null })}\r\n`;
    expect(parseLabelled(text)).toEqual([ROW, { ...ROW, id: 'b', gold: null }]);
    expect(parseLabelled('')).toEqual([]);
  });

  it.each([
    ['not JSON', '{"id": ', 'not JSON'],
    ['not an object', '3', '-: '],
    ['a list', '[]', '-: '],
    ['no id', row({ id: undefined }), 'id: '],
    ['an empty id', row({ id: '' }), 'id: '],
    ['an id that is a number', row({ id: 1 }), 'id: '],
    ['no question', row({ question: undefined }), 'question: '],
    ['no kind', row({ kind: undefined }), 'kind: '],
    ['no gold', row({ gold: undefined }), 'gold: '],
    ['an empty gold', row({ gold: [] }), 'gold: '],
    ['a gold of nothing', row({ gold: [''] }), 'gold.0: '],
    ['an unknown key', row({ answer: 'x' }), 'answer'],
  ])('names the line of %s', (_, bad, reason) => {
    const error = errorOf(`${row({})}\n\n${bad}\n${row({})}`);
    expect(error).toBeInstanceOf(LabelledError);
    expect(error).toMatchObject({ code: 'labelled-questions', line: 3, message: expect.stringContaining(reason) });
  });

  it('keeps what JSON said as the cause', () => {
    expect(errorOf('{')).toMatchObject({ line: 1, cause: expect.any(SyntaxError) });
  });
});

function errorOf(text: string): unknown {
  try {
    parseLabelled(text);
  } catch (error) {
    return error;
  }
  return undefined;
}
