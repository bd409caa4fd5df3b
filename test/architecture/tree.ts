import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../electron/setup/project-root.mjs';

/** Every file that belongs to the project: tracked, or new and not ignored. */
export const projectFiles: readonly string[] = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
  cwd: projectRoot,
  encoding: 'utf8',
})
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(projectRoot, path)));

/** Contents of one project file, as text. */
export function textOf(path: string): string {
  return readFileSync(join(projectRoot, path), 'utf8');
}

const textEnding = /\.(ts|tsx|mjs|cjs|js|css|html|md|json|ya?ml|svg|txt|rules|sh|desktop|xml)$/;

/** Files made by people: no lockfile, no data that the tests take byte for byte. */
export const writtenFiles: readonly string[] = projectFiles.filter(
  (path) => (textEnding.test(path) || path === '.ci/run') && path !== 'package-lock.json' && !path.startsWith('test/fixtures/'),
);
