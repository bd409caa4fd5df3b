import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Where code lives. */
export const codeFolders = ['electron', 'renderer', 'shared', 'test'];

const codeEnding = /\.(ts|tsx|mjs)$/;
const notSource = /(^|\/)(node_modules|fixtures|out)\//;

/**
 * @param {string} root
 * @param {readonly string[]} [folders]
 * @returns {string[]} paths of code below `root`, with forward slashes, sorted
 */
export function codeFiles(root, folders = codeFolders) {
  return folders
    .flatMap((folder) => filesBelow(root, folder))
    .filter((path) => codeEnding.test(path))
    .sort();
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !notSource.test(path));
}
