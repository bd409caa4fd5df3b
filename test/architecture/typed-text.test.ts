import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isolated, withoutIsolation } from '../../shared/values/isolated.ts';

const text = join(import.meta.dirname, '..', '..', 'renderer', 'text');
/** How the words of the screens call what a person typed. */
const typed = /\$\{(name|by|who|author|patient|witness|reason|said|lot|what)\}/g;

test('SCREEN-36 every sentence of the screens keeps typed text by itself', () => {
  const files = readdirSync(text).filter((file) => file.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(20);
  const bare = files.flatMap((file) => (readFileSync(join(text, file), 'utf8').match(typed) ?? []).map((hole) => `${file}: ${hole}`));
  expect(bare).toEqual([]);
});

test('SCREEN-36 text from right to left is set apart, other text is left as it is, and no mark reaches a record', () => {
  expect(isolated('نور الهدى')).toBe('\u2068نور الهدى\u2069');
  expect(['O’Brien', '佐藤 花子', 'Łukasz', ''].map(isolated)).toEqual(['O’Brien', '佐藤 花子', 'Łukasz', '']);
  expect(withoutIsolation(`${isolated('نور')}, 3 Apr 1979`)).toBe('نور, 3 Apr 1979');
});
