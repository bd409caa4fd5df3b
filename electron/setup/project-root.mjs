// Everything in this folder is plain JavaScript, because it must run on the Node 20 of a fresh
// machine, before a single package is installed.
import { fileURLToPath } from 'node:url';

/** The checkout, whatever the current folder is. */
export const projectRoot = fileURLToPath(new URL('../../', import.meta.url));
