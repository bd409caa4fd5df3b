import type { SessionEvent } from '../events/session-event.ts';

type Said = Pick<SessionEvent, 'kind' | 'body'>;

/**
 * Each doubt that was passed or settled meanwhile, why, and whose PIN stood for it. Of entries from before each doubt had an answer of its own,
 * the one reason for all of them.
 */
export function answersTo({ body }: Said): readonly string[] {
  const first = 'overrideReason' in body && body.overrideReason !== undefined ? [`reason: ${body.overrideReason}`] : [];
  const answered = [...(body.answered ?? []), ...(body.metMeanwhile ?? [])];
  return [...first, ...answered.map(({ words, reason, by }) => `${words}: ${reason}${by === undefined ? '' : ` (${by.name})`}`)];
}

/** Every reason that a person gave with an entry: of what spoke against it, of its lateness, of other words. */
export function entryReasons(event: Said): readonly string[] {
  const { body } = event;
  return [
    ...answersTo(event),
    ...('lateReason' in body && body.lateReason !== undefined ? [`entered late: ${body.lateReason}`] : []),
    ...(event.kind === 'observation-amended' && 'reason' in body ? [`amended: ${body.reason}`] : []),
  ];
}
