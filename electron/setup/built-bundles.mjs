import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command-run.mjs';
import { projectEnvironment, projectNode } from './node-runtime.mjs';
import { SetupFailure } from './setup-failure.mjs';

/** What a bundle is made of. Tests and documents are not, so changing them costs no build. */
const sourceFolders = ['electron/main', 'electron/preload', 'electron/service', 'electron/cli', 'renderer', 'shared', 'resources'];
const sourceFiles = ['electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.json'];

/**
 * Builds `out/` unless it was built from exactly these sources. Contents are compared and not times: a
 * checkout of an older commit has newer times.
 *
 * @param {string} root
 */
export async function ensureBuiltBundles(root) {
  const fingerprint = sourceFingerprint(root);
  const stampPath = join(root, 'out', '.built-from');
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === fingerprint) return;
  console.error('vigil: building …');
  const electronVite = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const end = await runCommand(projectNode(root), [electronVite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    env: projectEnvironment(root),
    output: 'capture',
  });
  if (end.exitCode !== 0) {
    throw new SetupFailure(`${end.output.trimEnd()}\nvigil: the build failed with exit code ${end.exitCode}; its reason stands above`);
  }
  writeFileSync(stampPath, fingerprint);
}

/**
 * @param {string} root
 * @returns {string} a hash over every source's path and contents
 */
export function sourceFingerprint(root) {
  const hash = createHash('sha256');
  for (const path of sourcePaths(root)) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** @param {string} root */
function sourcePaths(root) {
  const paths = sourceFiles.filter((path) => existsSync(join(root, path)));
  for (const folder of sourceFolders) {
    if (!existsSync(join(root, folder))) continue;
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) paths.push(join(entry.parentPath, entry.name).slice(root.length));
    }
  }
  return paths.sort();
}
