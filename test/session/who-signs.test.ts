import { describe, expect, test } from 'vitest';
import type { SessionCommandInput } from '../../shared/contract/session-commands.ts';
import type { ActingPerson, CommandContext } from '../../electron/service/session/decide/decision.ts';
import { orderAuthority } from '../../electron/service/session/decide/order-authority.ts';
import { completeness, openItems } from '../../electron/service/session/questions/completeness.ts';
import { builtInProtocol, dosing, offsetMin, PlayedSession, startMs, type Played } from './played-session.ts';

const nurse: ActingPerson = { personId: 'b0000000-0000-7000-8000-000000000008', name: 'Other', role: 'nurse' };
const prescriber: ActingPerson = { personId: 'b0000000-0000-7000-8000-000000000009', name: 'Prescriber', role: 'prescriber' };

function openKeys(session: PlayedSession): string[] {
  return openItems(completeness(session.open, session.protocol, session.vitals, offsetMin)).map(({ key }) => key);
}

/** Ended, with every open point but the last `left` answered. */
function ended(left = 0): PlayedSession {
  const session = dosing().at(52);
  session.insist({ type: 'complete-dose' });
  session.at(130).append([{ kind: 'session-ended', body: {} }]);
  const keys = openKeys(session.at(135));
  session.do({ type: 'close-item', keys: keys.slice(0, keys.length - left), reason: 'transferred to paper' });
  return session;
}

const sign = (session: PlayedSession, change: Partial<CommandContext> = {}): Played =>
  session.tryIn({ ...session.context(), ownPinChecked: true, ...change }, { type: 'sign-session', recordHash: session.seal.recordHash });

function signed(): PlayedSession {
  const session = ended();
  expect(sign(session).refusal).toBeNull();
  return session.at(140);
}

const cosign = (session: PlayedSession, change: Partial<CommandContext>, meaning: 'approved' | 'reviewed' = 'reviewed'): Played =>
  session.tryIn(
    { ...session.context(), secondPerson: null, ...change },
    { type: 'cosign-session', meaning, recordHash: session.open.signing.versions.at(-1)?.recordHash ?? '0'.repeat(64) },
  );

describe('who signs', () => {
  test('SIGNING-11 whoever only answered points is no author, and the service is nobody', () => {
    const session = ended(1);
    const other = { ...session.context(), actor: nurse };
    expect(session.tryIn(other, { type: 'close-item', keys: openKeys(session), reason: 'seen on paper' }).refusal).toBeNull();
    const own = session.log.pop();
    if (own === undefined) throw new Error('nothing was closed');
    session.log.push({ ...own, actor: { personId: nurse.personId } });
    expect(sign(session, { actor: nurse }).refusal).toMatchObject({
      code: 'SIGN_WRONG_PERSON',
      message: 'Other recorded nothing in this session, and cannot sign as its author. Let somebody who did sign first.',
    });
    const automatic = new PlayedSession();
    automatic.log.push(...session.log.map((event) => ({ ...event, actor: 'service' as const })));
    automatic.at(135);
    expect(sign(automatic).refusal?.code).toBe('SIGN_WRONG_PERSON');
    expect(sign(session).refusal).toBeNull();
  });

  test('SIGNING-8 a signature is refused with one point open, which it names, and counts those beyond five', () => {
    const one = sign(ended(1)).refusal;
    expect(one?.code).toBe('SIGN_INCOMPLETE');
    expect(one?.message).toMatch(/^Still open: [^,]+\. Record what is missing/);
    expect(sign(ended(5)).refusal?.message).not.toContain(' more');
    expect(sign(ended(6)).refusal?.message).toContain(' and 1 more. Record');
  });

  test('SIGNING-9 a record that cannot be read as a whole is not signed', () => {
    for (const seal of [() => null, undefined]) {
      expect(sign(ended(), { seal } as Partial<CommandContext>).refusal).toMatchObject({
        code: 'SIGN_RECORD_CHANGED',
        message: 'The record cannot be read as a whole now, so it cannot be signed. Open it again.',
      });
    }
  });

  test('SIGNING-10 the second of two is told who signed which version, and when', () => {
    expect(sign(signed()).refusal?.message).toBe('Version 1 was signed by First at 12:15 already. Co-sign it, or begin an amendment.');
  });

  test('SIGNING-12 at their own page somebody co-signs with their own PIN and not without it, and a prescriber approves', () => {
    const session = signed();
    for (const ownPinChecked of [false, undefined]) {
      const tried = cosign(session, { actor: prescriber, ownPinChecked } as Partial<CommandContext>);
      expect(tried.refusal?.code).toBe('STAFF_PIN_REQUIRED');
    }
    expect(cosign(session, { actor: nurse, ownPinChecked: true }, 'approved').refusal?.code).toBe('SIGN_WRONG_PERSON');
    expect(cosign(session, { actor: nurse, ownPinChecked: true }).refusal).toBeNull();
    expect(cosign(session, { secondPerson: prescriber }, 'approved').events[0]?.body).toMatchObject({
      version: 1,
      name: 'Prescriber',
      role: 'prescriber',
      meaning: 'approved',
    });
  });

  test('SIGNING-12 nothing is co-signed that nobody signed, or while an amendment of it is open', () => {
    expect(cosign(ended(), { actor: nurse, ownPinChecked: true }).refusal?.code).toBe('SESSION_WRONG_STATE');
    const session = signed();
    session.do({ type: 'begin-amendment', reason: 'a line is missing' });
    expect(cosign(session, { actor: nurse, ownPinChecked: true }).refusal?.code).toBe('SESSION_WRONG_STATE');
  });

  test('SIGNING-15 no amendment of what is unsigned; one in which something changed is signed, and says how much', () => {
    const begin: SessionCommandInput = { type: 'begin-amendment', reason: 'too early' };
    expect(ended().try(begin).refusal?.code).toBe('SESSION_WRONG_STATE');
    expect(ended().try({ type: 'close-amendment', reason: 'none there' }).refusal?.code).toBe('SESSION_WRONG_STATE');
    const session = signed();
    session.do(begin);
    const close = (): string | undefined => session.try({ type: 'close-amendment', reason: 'never mind' }).refusal?.message;
    session.do({ type: 'record-observation', text: 'calm', chips: [], begunAt: startMs + 60 * 60_000 });
    expect(close()).toContain('(one entry)');
    session.do({ type: 'record-observation', text: 'awake', chips: [], begunAt: startMs + 70 * 60_000 });
    expect(close()).toContain('(2 entries)');
    expect(sign(session).events[0]?.body).toMatchObject({ version: 2 });
  });

  test('SIGNING-18 two points, one answered already: neither is answered; the same one twice stands once', () => {
    const session = ended(2);
    const [first = '', second = ''] = openKeys(session);
    const before = session.log.length;
    const tried = session.try({ type: 'close-item', keys: [first, 'milestone:consent'], reason: 'said why' });
    expect(tried.refusal).toMatchObject({ code: 'SIGN_UNKNOWN_ITEM', subject: 'milestone:consent' });
    expect(session.log).toHaveLength(before);
    const { body } = session.do({ type: 'close-item', keys: [second, second], reason: 'said why' });
    expect(body).toMatchObject({ keys: [second] });
    expect((body as { about?: readonly string[] }).about).toHaveLength(1);
  });
});

describe('whose order it is', () => {
  const context = new PlayedSession().openSession().context();
  const whose = (actor: ActingPerson, secondPerson: ActingPerson | null, standing = false) =>
    orderAuthority({ ...context, actor, secondPerson }, standing);
  const theirs = { orderedBy: { kind: 'prescriber', personId: prescriber.personId, name: 'Prescriber' } };

  test('ROLE-10 a prescriber’s, at this page or beside it, the protocol’s where somebody says so, and nobody else’s', () => {
    expect(whose(prescriber, null)).toEqual(theirs);
    expect(whose(prescriber, nurse, true)).toEqual(theirs);
    expect(whose(nurse, prescriber)).toEqual(theirs);
    for (const second of [null, nurse]) {
      expect(whose(nurse, second)).toMatchObject({ refusal: { code: 'DOSE_NO_PRESCRIBER', subject: 'orderedBy' } });
    }
    const { name: protocol, version } = builtInProtocol();
    expect(whose(nurse, nurse, true)).toEqual({ orderedBy: { kind: 'standing-order', protocol, version } });
  });
});
