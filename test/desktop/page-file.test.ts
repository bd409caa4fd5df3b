import { join, sep } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pageFile } from '../../electron/main/page-file.ts';

const folder = join(sep, 'opt', 'vigil', 'renderer');

it('SHELL-4 finds the page and its files', () => {
  expect(pageFile(folder, 'app://vigil/')).toEqual({ path: join(folder, 'index.html'), contentType: 'text/html; charset=utf-8' });
  expect(pageFile(folder, 'app://vigil/index.html?x#y')?.path).toBe(join(folder, 'index.html'));
  expect(pageFile(folder, 'app://vigil/assets/a%20b.js')).toEqual({
    path: join(folder, 'assets', 'a b.js'),
    contentType: 'text/javascript; charset=utf-8',
  });
});

it.each([
  'app://vigil/..%2fmain%2fmain.js',
  'app://vigil/assets/..%2f..%2f..%2fpackage.json',
  'app://vigil/%2e%2e%2fmain/main.js',
  'app://vigil/..%2frenderer-other/index.html',
  'app://other/index.html',
  'app:///index.html',
  'file:///opt/vigil/renderer/index.html',
  'app://vigil/index.html%00.js',
  'app://vigil/%zz.js',
  'app://vigil/key.sealed',
  'app://vigil/assets',
  'not a url',
])('SHELL-4 finds nothing at %s', (url) => {
  expect(pageFile(folder, url)).toBeNull();
});

it('SHELL-4 never leads outside the page, whatever the address', () => {
  const part = fc.constantFrom('..', '.', '%2e%2e', '%2f', '%5c', '\\', '/', 'assets', 'main.js', '%00', 'C:', '%252e', ' ', '.html');
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const file = pageFile(folder, `app://vigil/${parts.join('')}`);
      expect(file === null || file.path.startsWith(folder + sep)).toBe(true);
    }),
    { numRuns: 5000, seed: 4 },
  );
});
