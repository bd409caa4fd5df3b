import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyDatabase } from '../../electron/service/store/verify.ts';
import type { RoomClient } from '../../renderer/connection/room-client.ts';
import { answerOpenPoints } from '../support/answered-points.ts';
import { openTestRoom, testPin, type TestRoom } from '../support/test-room.ts';
import { pageOf, codeOf } from '../support/page.ts';

let opened: TestRoom;
let client: RoomClient;
let sessionId: string;
beforeEach(async () => {
  opened = openTestRoom();
  client = pageOf(opened.host);
  await client.staff.signIn({ personId: opened.nurseId, pin: testPin });
  sessionId = opened.openSession();
  opened.execute({ type: 'record-observation', text: 'before', chips: [], begunAt: opened.clock.now().utcMs });
});
afterEach(() => opened.close());

async function end(): Promise<void> {
  opened.execute({ type: 'end-session', reason: 'left before the dose' });
  await answerOpenPoints(client, sessionId, () => opened.room.ids.uuid());
}

function sign(recordHash: string, rest: { readonly ownPin?: string } = {}): Promise<unknown> {
  const command = { type: 'sign-session', recordHash } as const;
  return client.session.execute({ commandId: opened.room.ids.uuid(), sessionId, command, ...rest });
}

describe('signing over the contract', () => {
  test('SIGNING-21 a signature takes the PIN of whoever is signed in, and a wrong one is recorded towards the lockout', async () => {
    await end();
    const view = await client.signing.read({ sessionId });
    expect(view).toMatchObject({ status: 'ended', versions: [] });
    expect(view.items.filter(({ asks, closed }) => asks !== 'nothing' && closed === null)).toEqual([]);
    const hash = view.recordHash ?? '';
    expect(await codeOf(sign(hash))).toBe('STAFF_PIN_REQUIRED');
    expect(await codeOf(sign(hash, { ownPin: '000000' }))).toBe('STAFF_WRONG_PIN');
    expect(opened.room.recorder.staff.signIns.filter(({ kind }) => kind === 'sign-in-refused')).toHaveLength(1);
    expect(await codeOf(sign('0'.repeat(64), { ownPin: testPin }))).toBe('SIGN_RECORD_CHANGED');
    expect(await codeOf(sign(hash, { ownPin: testPin }))).toBe('accepted');
    expect(await codeOf(sign(hash, { ownPin: testPin }))).toBe('SIGN_ALREADY_SIGNED');
    expect(await client.signing.read({ sessionId })).toMatchObject({
      status: 'signed',
      versions: [{ version: 1, recordHash: hash, signatures: [{ name: 'Nurse', meaning: 'authored' }] }],
    });
    const [listed] = await client.session.list();
    expect(listed?.signed).toMatchObject({ status: 'signed', version: 1, by: 'Nurse' });
  });

  test('SIGNING-12, SIGNING-15, SIGNING-20 co-signed here by another person, amended and signed again, the file is whole', async () => {
    await end();
    const hash = (await client.signing.read({ sessionId })).recordHash ?? '';
    await sign(hash, { ownPin: testPin });
    const command = { type: 'cosign-session', meaning: 'witnessed', recordHash: hash } as const;
    const witness = { personId: opened.therapistId, pin: testPin };
    await client.session.execute({ commandId: opened.room.ids.uuid(), sessionId, command, witness });
    const about = { sessionId, commandId: opened.room.ids.uuid() };
    await client.session.execute({ ...about, command: { type: 'begin-amendment', reason: 'a word was missing' } });
    const note = { type: 'record-observation', text: 'after', chips: [], begunAt: opened.clock.now().utcMs } as const;
    await client.session.execute({ sessionId, commandId: opened.room.ids.uuid(), command: { ...note, chips: [] } });
    const next = (await client.signing.read({ sessionId })).recordHash ?? '';
    expect(next).not.toBe(hash);
    await sign(next, { ownPin: testPin });
    const { versions } = await client.signing.read({ sessionId });
    expect(versions.map(({ version, signatures }) => `${version} ${signatures.map(({ name }) => name).join(', ')}`)).toEqual([
      '1 Nurse, Therapist',
      '2 Nurse',
    ]);
    const { folder } = opened;
    await opened.room.close();
    const key = new Uint8Array(32).map((_, index) => index + 1);
    expect(verifyDatabase(folder, key).problems).toEqual([]);
  });

  test('SIGNING-22 every entry stays in sight with its corrections, its undoing and the version that signed it first', async () => {
    const observation = opened.room.recorder.session?.observations[0]?.eventId ?? '';
    await opened.clock.pass(60_000);
    opened.execute({ type: 'reach-milestone', milestone: 'arrived' });
    const arrived = opened.room.recorder.session?.milestones[0];
    opened.execute({ type: 'correct-time', eventId: arrived?.eventId ?? '', utcMs: (arrived?.atMs ?? 0) - 30_000, reason: 'by the door' });
    opened.execute({ type: 'undo', eventId: observation, reason: 'wrong patient' });
    await end();
    await sign((await client.signing.read({ sessionId })).recordHash ?? '', { ownPin: testPin });
    const history = (await client.signing.history({ sessionId })).filter(({ kind }) => kind !== 'item-closed');
    expect(history.map(({ kind }) => kind)).toEqual([
      'session-opened',
      'observation-recorded',
      'milestone-reached',
      'session-ended',
      'session-signed',
    ]);
    expect(history[1]).toMatchObject({ state: 'undone', inVersion: 1, changes: [{ kind: 'event-undone', reason: 'wrong patient' }] });
    expect(history[2]).toMatchObject({
      state: 'amended',
      by: 'Nurse',
      changes: [{ kind: 'time-corrected', reason: 'by the door', fromMs: arrived?.atMs, toMs: (arrived?.atMs ?? 0) - 30_000 }],
    });
    expect(history[4]?.inVersion).toBeNull();
  });
});
