import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { heldBack, heldEntries, leaves, nothingHeld, toldLog, type Leaving } from '../../electron/service/session/events/leaves.ts';
import { eventBodies, type EventBody, type EventKind } from '../../electron/service/session/events/session-event.ts';
import { foldSession } from '../../electron/service/session/state/session-state.ts';
import { PlayedSession } from './played-session.ts';

const personId = 'b0000000-0000-7000-8000-000000000001';
const eventId = 'e0000000-0000-7000-8000-000000000001';
const pinHash = 'scrypt$canary-hash';

function left<K extends EventKind>(kind: K, body: EventBody<K>): Leaving {
  return leaves({ kind, body, eventId } as Parameters<typeof leaves>[0], nothingHeld);
}

/** The names of all fields of a body, however deep. */
function fieldsOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = 'properties' in schema && typeof schema.properties === 'object' ? Object.keys(schema.properties ?? {}) : [];
  return [...own, ...Object.values(schema).flatMap(fieldsOf)];
}

describe('credentials', () => {
  test('LEAVE-1 of a PIN leaves that there is one, whose it is, and nothing that it could be tried against', () => {
    const added = left('person-added', { personId, name: 'Nora', role: 'nurse', pinHash, firstPin: true });
    expect(added).toEqual({ as: 'redacted', because: 'credential', body: { personId, name: 'Nora', role: 'nurse', firstPin: true } });
    for (const kind of ['pin-reset', 'pin-changed'] as const) {
      expect(left(kind, { personId, pinHash })).toEqual({ as: 'redacted', because: 'credential', body: { personId } });
    }
  });

  test('LEAVE-1 of the printed keys nothing leaves', () => {
    for (const kind of ['recovery-key-added', 'recovery-key-typed-back', 'recovery-key-removed'] as const) {
      expect(left(kind, { keyId: 'K1', name: 'In the safe' } as never)).toEqual({ as: 'withheld', because: 'credential' });
    }
  });

  test('LEAVE-2 no event that leaves whole has a field that is named as a credential is', () => {
    // Public, a mark, a digest of what is no secret, or the key of a list.
    const known = [
      'checkpointKey',
      'eventHash',
      'firstPin',
      'hash',
      'key',
      'keys',
      'readingsHash',
      'recordHash',
      'slotKey',
      'textPackHash',
    ];
    const named = /pin|hash|secret|phrase|password|badge|token|key|salt/i;
    const found = new Set<string>();
    for (const [kind, schema] of Object.entries(eventBodies)) {
      const fields = fieldsOf(z.toJSONSchema(schema, { unrepresentable: 'any' }));
      const body = Object.fromEntries(fields.map((field) => [field, {}]));
      const leaving = left(kind as EventKind, body as never);
      if (leaving.as === 'withheld') continue;
      for (const field of Object.keys(leaving.body as object)) if (named.test(field)) found.add(field);
    }
    expect([...found].toSorted()).toEqual(known);
  });

  test('LEAVE-3 a kind that nobody has listed leaves nowhere', () => {
    const unheard = { kind: 'badge-added', eventId, body: { badge: 'canary' } } as unknown as Parameters<typeof leaves>[0];
    expect(leaves(unheard, nothingHeld)).toEqual({ as: 'withheld', because: 'unknown' });
    const inherited = { kind: 'constructor', eventId, body: {} } as unknown as Parameters<typeof leaves>[0];
    expect(leaves(inherited, nothingHeld)).toEqual({ as: 'withheld', because: 'unknown' });
  });
});

describe('the room', () => {
  test('LEAVE-4 a look leaves, but for one at the private notes', () => {
    const look = { from: 'window', personId, what: 'record-opened' } as const;
    expect(left('looked-at', look)).toEqual({ as: 'exact', body: look });
    expect(left('looked-at', { ...look, what: 'private-notes-opened' })).toEqual({ as: 'withheld', because: 'private' });
  });
});

describe('words of the patient', () => {
  const quoted = (words: string, consent: boolean) => ({ utterance: { words, consent, spoken: 'spontaneously' }, openness: 4 }) as const;

  test('LEAVE-5 without agreement the quotation stays here, and the observation leaves without it', () => {
    const played = new PlayedSession().at(-40).openSession();
    const [said] = played.append([
      { kind: 'observation-recorded', body: { text: 'speaks softly', chips: [], details: quoted('xylophone', false) } },
    ]);
    if (said === undefined) throw new Error('nothing was appended');
    const body = { text: 'speaks softly', chips: [], details: { openness: 4 } };
    expect(leaves(said, heldBack(played.log))).toEqual({ as: 'redacted', because: 'not-agreed', body });
    expect([...heldEntries(played.log)]).toEqual([said.eventId]);
    expect(foldSession(toldLog(played.log))?.observations).toMatchObject([body]);
  });

  test('LEAVE-5 where a later version takes the agreement back, the earlier ones leave without the words as well', () => {
    const { played, eventId, amend } = observed('xylophone', true);
    const before = JSON.stringify(toldLog(played.log));
    expect(before).toContain('xylophone');
    amend('xylophone', false);
    const told = JSON.stringify(toldLog(played.log));
    expect(told).not.toContain('xylophone');
    expect(heldEntries(played.log)).toContain(eventId);
  });

  test('LEAVE-5 a version that took it back by mistake and was undone takes nothing back', () => {
    const { played, amend } = observed('xylophone', true);
    const amended = amend('xylophone', false);
    played.append([{ kind: 'event-undone', body: { eventId: amended }, supersedes: amended }]);
    const quotes = foldSession(toldLog(played.log))?.observations.map(({ details }) => details?.utterance?.words);
    expect(quotes).toEqual(['xylophone']);
    expect([...heldEntries(played.log)]).toEqual([amended]);
  });

  function observed(words: string, consent: boolean) {
    const played = new PlayedSession().at(-40).openSession();
    const [said] = played.append([{ kind: 'observation-recorded', body: { text: '', chips: [], details: quoted(words, consent) } }]);
    const eventId = said?.eventId ?? '';
    const amend = (again: string, agreed: boolean): string => {
      const body = { eventId, text: '', chips: [], details: quoted(again, agreed), reason: 'asked again' };
      return played.append([{ kind: 'observation-amended', body, supersedes: eventId }])[0]?.eventId ?? '';
    };
    return { played, eventId, amend };
  }
});

describe('the private side', () => {
  test('LEAVE-6 of its marks and moves nothing leaves, nor of words that were taken there, nor of what was said about them', () => {
    const played = new PlayedSession().at(-40).openSession();
    const noteId = '70000000-0000-7000-8000-000000000007';
    const [said] = played.append([{ kind: 'observation-recorded', body: { text: 'xylophone', chips: [] } }]);
    const eventId = said?.eventId ?? '';
    const [amended] = played.append([
      { kind: 'observation-amended', body: { eventId, text: 'again xylophone', chips: [], reason: 'zither' }, supersedes: eventId },
    ]);
    const amendment = amended?.eventId ?? '';
    played.append([{ kind: 'event-undone', body: { eventId: amendment, reason: 'a xylophone it was' }, supersedes: amendment }]);
    // Before it was taken there it left: what is looked for below can be found.
    expect(JSON.stringify(toldLog(played.log))).toMatch(/xylophone.*again xylophone.*a xylophone it was/);
    played.append([
      { kind: 'private-note-marked', body: { noteId } },
      { kind: 'event-undone', body: { eventId, reason: 'moved by its author' }, supersedes: eventId },
      { kind: 'text-moved-across', body: { direction: 'to-private', from: 'record', noteId } },
    ]);
    const held = heldBack(played.log);
    const kinds = played.log.filter((event) => leaves(event, held).as === 'withheld').map(({ kind }) => kind);
    const observation = ['observation-recorded', 'observation-amended', 'event-undone'];
    expect(kinds).toEqual([...observation, 'private-note-marked', 'event-undone', 'text-moved-across']);
    expect(JSON.stringify(toldLog(played.log))).not.toMatch(/xylophone|zither|moved by|70000000/);
  });

  test('LEAVE-6 an undo of anything else leaves with its reason', () => {
    const played = new PlayedSession().at(-40).openSession();
    const wrong = played.do({ type: 'reach-milestone', milestone: 'consent' });
    const undo = played.do({ type: 'undo', eventId: wrong.eventId, reason: 'not yet signed' });
    expect(leaves(undo, heldBack(played.log))).toEqual({ as: 'exact', body: undo.body });
    expect(toldLog(played.log)).toEqual(played.log);
  });
});
