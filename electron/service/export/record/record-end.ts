import { escortCriterion } from '../../../../shared/clinical/discharge.ts';
import type { RecordDocument } from '../../../../shared/contract/record-document.ts';
import { completeness } from '../../session/questions/completeness.ts';
import { answersTo } from '../../session/questions/entry-reasons.ts';
import { againstAdviceWords } from '../../session/events/discharge.ts';
import { eventLabel } from '../../session/events/event-words.ts';
import { idOf, type RecordWords } from './record-words.ts';
import type { SessionSource } from './session-source.ts';

/** The end of a record: leaving, what was beyond the protocol or open, and who signed. */

type Criterion = RecordDocument['discharge']['criteria'][number];

export function dischargePart(source: SessionSource, { time, iso, by }: RecordWords): RecordDocument['discharge'] {
  const { assessed, handovers, leftAgainstAdvice: left } = source.state.discharge;
  return {
    criteria: criteria(source),
    assessed: assessed === null ? null : time(assessed.atMs),
    assessedBy: assessed === null ? null : { eventId: assessed.eventId, byId: idOf(assessed.actor) },
    againstAdvice:
      left === null
        ? null
        : {
            at: time(left.atMs),
            words: againstAdviceWords(left, (atMs) => iso(atMs).slice(11, 16)),
            short: [...left.short],
            by: by(left.actor),
            eventId: left.eventId,
            byId: idOf(left.actor),
          },
    escort: escortOf(source.state),
    handovers: handovers.map(({ eventId, atMs, from, to, note, card }) => ({
      eventId,
      at: time(atMs),
      from: from.name,
      fromId: from.personId,
      to: to.name,
      toId: to.personId,
      note: note ?? null,
      card: card.map(({ heading, lines }) => ({ heading, lines: [...lines] })),
    })),
  };
}

/** As recorded when the patient left; else as named before the dose, in the words of whoever confirmed them. */
function escortOf({ discharge, milestones }: SessionSource['state']): RecordDocument['discharge']['escort'] {
  const { escort, confirmed } = discharge;
  if (escort !== null) return { name: escort.name, phone: escort.phone, present: escort.present };
  const named = milestones.findLast(({ milestone }) => milestone === 'escort_confirmed');
  if (named === undefined) return null;
  return { name: named.detail ?? null, phone: null, present: confirmed.get(escortCriterion)?.met ?? null };
}

/** As they were assessed together; before that, or where nobody did, what was said of single ones. */
function criteria({ state, protocol, nameOf }: SessionSource): Criterion[] {
  const { assessed, confirmed, overrides } = state.discharge;
  const overrideOf = (criterion: string): Criterion['override'] => {
    const override = overrides.get(criterion);
    return override === undefined
      ? null
      : { prescriber: override.prescriber.name, prescriberId: override.prescriber.personId, reason: override.reason };
  };
  const together = (assessed?.lines ?? []).map(({ criterion, label, verdict, evidence, by }) => ({
    criterion,
    line: { criterion, label, verdict, evidence, by, override: overrideOf(criterion) },
  }));
  const known = new Set(together.map(({ criterion }) => criterion));
  const labelOf = (criterion: string): string => protocol.discharge.criteria.find(({ id }) => id === criterion)?.label ?? criterion;
  const singly = [...new Set([...confirmed.keys(), ...overrides.keys()])]
    .filter((criterion) => !known.has(criterion))
    .map((criterion): Criterion => {
      const said = confirmed.get(criterion);
      return {
        criterion,
        label: labelOf(criterion),
        verdict: said === undefined ? 'no-evidence' : said.met ? 'met' : 'not-met',
        evidence: said === undefined ? 'not confirmed' : (said.detail ?? 'confirmed by a person'),
        by: said === undefined ? null : nameOf(said.actor),
        override: overrideOf(criterion),
      };
    });
  return [...together.map(({ line }) => line), ...singly];
}

/** Values, times of the schedule, late entries and gaps stand in parts of their own. */
const hasItsOwnPlace: ReadonlySet<string> = new Set(['excursion', 'slot', 'late-entry', 'gap']);

/** What was beyond the protocol, what was done against advice, and what the record lacks; each with what was said to it. */
export function pointParts(
  { state, protocol, vitals }: SessionSource,
  { time, iso, by, offsetMin }: RecordWords,
): Pick<RecordDocument, 'beyondProtocol' | 'withReason' | 'openPoints'> {
  const points = completeness(state, protocol, vitals, offsetMin);
  return {
    beyondProtocol: points
      .filter(({ kind }) => kind === 'excursion')
      .map(({ label, detail, closed }) => ({ label, detail, closed: closed?.reason ?? null })),
    withReason: state.history.flatMap(({ event, atMs }) => {
      const reasons = [...answersTo(event)];
      return reasons.length === 0
        ? []
        : [{ eventId: event.eventId, at: time(atMs), label: eventLabel(event), reasons, by: by(event.actor), byId: idOf(event.actor) }];
    }),
    openPoints: points
      .filter(({ kind }) => !hasItsOwnPlace.has(kind))
      .map(({ kind, label, detail, atMs, asks, closed }) => ({
        kind,
        label,
        detail,
        at: atMs === null ? null : time(atMs),
        asked: asks !== 'nothing',
        closed: closed === null ? null : { reason: closed.reason, at: iso(closed.atMs), by: by(closed.by) },
      })),
  };
}

export function signingParts({ state }: SessionSource, { iso, by }: RecordWords): Pick<RecordDocument, 'signatures' | 'amendments'> {
  const { versions, amendment } = state.signing;
  return {
    signatures: versions.flatMap(({ version, recordHash, signatures }) =>
      signatures.map(({ atMs, ...signature }) => ({ ...signature, at: iso(atMs), version, recordHash })),
    ),
    amendments: [
      ...versions.flatMap(({ version, amendment: cause }) =>
        cause === null ? [] : [{ version, reason: cause.reason, begun: iso(cause.begunMs), by: by(cause.by), byId: idOf(cause.by) }],
      ),
      ...(amendment === null
        ? []
        : [
            {
              version: versions.length + 1,
              reason: amendment.reason,
              begun: iso(amendment.begunMs),
              by: by(amendment.by),
              byId: idOf(amendment.by),
            },
          ]),
    ],
  };
}
