import type { CompletenessItemView } from '../../../shared/contract/signing.ts';

/** A signature waits for it. */
export function isOpen(item: CompletenessItemView): boolean {
  return item.asks !== 'nothing' && item.closed === null;
}

/** `0f3c 91ab …`: a hash is compared by eye, in groups. */
export function groupedHash(hash: string): string {
  return hash.match(/.{1,8}/g)?.join(' ') ?? hash;
}
