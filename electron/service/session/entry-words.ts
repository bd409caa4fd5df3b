import { fromThousandths, showShort } from '../../../shared/values/quantity.ts';
import type { EventBody, SessionEventKind } from './session-event.ts';

/** How entries put together what they say. */

export type ClockWords = (utcMs: number) => string;
/** What an event of a kind said beyond its label; null where the label says it all. */
export type Detail<K extends SessionEventKind> = (body: EventBody<K>, clock: ClockWords, occurredMs: number) => string | null;
/** For every one of these kinds, so that a new one does not compile before it has its words. */
export type Details<K extends SessionEventKind> = { readonly [P in K]: Detail<P> };

/** µg as mg, µL as mL, g as kg: as a person reads them. */
export function milli(thousandths: number): string {
  return showShort(fromThousandths(thousandths), 3);
}

/** The parts that say something; null where none does. */
export function joined(...parts: readonly (string | null | undefined)[]): string | null {
  const said = parts.filter((part) => part !== undefined && part !== null && part !== '');
  return said.length === 0 ? null : said.join(' · ');
}

/** A key of the log in words: `patient-anxious` is "patient anxious". */
export function spoken(key: string): string {
  return key.replaceAll(/[-_]/g, ' ');
}
