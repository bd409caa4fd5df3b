import { createHash } from 'node:crypto';
import { canonicalTextPack, type TextPack } from '../../../shared/clinical/text-pack.ts';

/** SHA-256 over the canonical words of a pack, `sha256:` and 64 hexadecimal digits. */
export function textPackHash(pack: TextPack): string {
  return `sha256:${createHash('sha256').update(canonicalTextPack(pack)).digest('hex')}`;
}
