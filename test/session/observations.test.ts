import { describe, expect, test } from 'vitest';
import { looksLikeConversation, observationChips, observationDetailsSchema } from '../../shared/clinical/observation.ts';
import { sessionCommandSchema, type SessionCommandInput } from '../../shared/contract/session-commands.ts';
import { sessionObservations } from '../../electron/service/projection/session-observations.ts';
import { dosing, startMs, type PlayedSession } from './played-session.ts';

const everything = {
  affectIntensity: 7,
  tears: true,
  openness: 4,
  distress: 65,
  intervention: 'hand on the shoulder',
  response: 'breath slower',
  valuesAction: 'call the brother on Sunday',
  utterance: { words: 'it is wide here', consent: true, spoken: 'spontaneously' },
  safety: ['trauma-flooding'],
  adverseEventId: 'a0000000-0000-7000-8000-000000000007',
} as const;

function observe(session: PlayedSession, rest: Partial<Extract<SessionCommandInput, { type: 'record-observation' }>> = {}) {
  return session.do({ type: 'record-observation', text: '', chips: [], begunAt: session.nowMs, ...rest });
}

function shown(session: PlayedSession) {
  return sessionObservations(session.open, (actor) => (actor === 'service' ? null : 'Therapist'));
}

describe('what an observation says', () => {
  test('OBSERVE-1 chips of every group and every detail come back as they were given', () => {
    const session = dosing().at(12);
    const chips = Object.entries(observationChips).map(([group, words]) => ({
      group: group as keyof typeof observationChips,
      chip: words[0],
    }));
    observe(session, { text: 'tears, settles', chips, details: { ...everything, safety: [...everything.safety] } });
    expect(shown(session)).toMatchObject([{ text: 'tears, settles', chips, details: everything, by: 'Therapist', amended: null }]);
  });

  test('OBSERVE-1 what was not given is absent, in the log and on the screen', () => {
    const session = dosing().at(12);
    const event = observe(session, { text: 'calm', details: {} });
    expect(event.body).toEqual({ text: 'calm', chips: [] });
    expect(shown(session)[0]?.details).toEqual({});
  });

  test.each([
    { affectIntensity: 11 },
    { affectIntensity: 2.5 },
    { openness: -1 },
    { distress: 101 },
    { safety: ['fire'] },
    { utterance: { words: 'x', consent: 'yes', spoken: 'spontaneously' } },
    { utterance: { words: '', consent: true, spoken: 'spontaneously' } },
    { adverseEventId: 'seven' },
    { mood: 3 },
  ])('OBSERVE-2 %j is refused', (details) => {
    expect(observationDetailsSchema.safeParse(details).success).toBe(false);
    const command = { type: 'record-observation', text: 'x', chips: [], details, begunAt: startMs };
    expect(sessionCommandSchema.safeParse(command).success).toBe(false);
  });

  test('OBSERVE-3 a distress of 0 and "no tears" are enough, an empty list is not', () => {
    const session = dosing().at(12);
    observe(session, { details: { distress: 0 } });
    observe(session, { details: { tears: false } });
    const nothing: SessionCommandInput = {
      type: 'record-observation',
      text: ' ',
      chips: [],
      details: { safety: [] },
      begunAt: session.nowMs,
    };
    expect(session.try(nothing).refusal?.code).toBe('OBSERVATION_EMPTY');
    expect(shown(session)).toHaveLength(2);
  });
});

describe('amending', () => {
  function amended(session: PlayedSession, text = 'tears, no words'): { eventId: string; amendmentId: string } {
    const { eventId } = observe(session, { text: 'tears', details: { distress: 30 }, begunAt: session.nowMs - 20_000 });
    session.at(14);
    const chips = [{ group: 'affect' as const, chip: 'grief' }];
    const amendment = session.do({ type: 'amend-observation', eventId, text, chips, reason: 'written in a hurry' });
    return { eventId, amendmentId: amendment.eventId };
  }

  test('OBSERVE-4 new words at the old time, with the first ones and the reason kept', () => {
    const session = dosing().at(12);
    const { eventId } = amended(session);
    expect(shown(session)).toMatchObject([
      {
        eventId,
        atMs: startMs + 12 * 60_000 - 20_000,
        text: 'tears, no words',
        chips: [{ group: 'affect', chip: 'grief' }],
        details: {},
        amended: { atMs: startMs + 14 * 60_000, reason: 'written in a hurry', firstText: 'tears' },
      },
    ]);
    expect(session.log.filter((event) => event.kind === 'observation-recorded').map((event) => event.body.text)).toEqual(['tears']);
    expect(sessionCommandSchema.safeParse({ type: 'amend-observation', eventId, text: 'x', chips: [], reason: ' ' }).success).toBe(false);
  });

  test('OBSERVE-5 not by somebody else, not into nothing, and not where there is none', () => {
    const session = dosing().at(12);
    const { eventId } = amended(session);
    const command: Extract<SessionCommandInput, { type: 'amend-observation' }> = {
      type: 'amend-observation',
      eventId,
      text: 'other',
      chips: [],
      reason: 'said why',
    };
    const [first] = session.log.filter((event) => event.kind === 'observation-recorded');
    const place = session.log.indexOf(first as never);
    session.log[place] = { ...session.log[place], actor: { personId: 'b0000000-0000-7000-8000-000000000002' } } as never;
    expect(session.try(command).refusal?.code).toBe('STAFF_NOT_ALLOWED');
    session.log[place] = first as never;
    expect(session.try({ ...command, text: '' }).refusal?.code).toBe('OBSERVATION_EMPTY');
    expect(session.try({ ...command, eventId: session.log[0]?.eventId ?? '' }).refusal?.code).toBe('SESSION_UNKNOWN_EVENT');
    expect(session.try(command).refusal).toBeNull();
  });

  test('OBSERVE-6 an undone amendment gives the first words back; an undone observation is gone with it', () => {
    const session = dosing().at(12);
    const { eventId, amendmentId } = amended(session);
    session.do({ type: 'undo', eventId: amendmentId });
    expect(shown(session)).toMatchObject([{ text: 'tears', details: { distress: 30 }, amended: null }]);
    session.do({ type: 'undo', eventId });
    expect(shown(session)).toEqual([]);
    expect(session.open.problems).toEqual([]);
  });

  test('OBSERVE-8 another time keeps the first one, also beside an amendment', () => {
    const session = dosing().at(12);
    const { eventId } = amended(session);
    session.role = 'therapist';
    session.do({ type: 'correct-time', eventId, utcMs: startMs + 10 * 60_000, reason: 'wrote it later' });
    expect(shown(session)).toMatchObject([
      { atMs: startMs + 10 * 60_000, amendedFromMs: startMs + 12 * 60_000 - 20_000, text: 'tears, no words' },
    ]);
  });
});

describe('the hint', () => {
  test.each([
    ['said “my father left”', true],
    ['Patient says "I am tired of it" and rests', true],
    ['told me: «je veux dormir»', true],
    ["whispered 'not again', then silence", true],
    ['says little, breath slower', false],
    ['song “Spiegel im Spiegel” on, eyes closed', false],
    ["patient's hands open, doesn't speak", false],
    ['says it’s hard', false],
    ['', false],
  ])('OBSERVE-7 %s: %s', (text, hinted) => {
    expect(looksLikeConversation(text)).toBe(hinted);
  });
});
