import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addPersonObstacle,
  decideSecondPersonPin,
  decideSignIn,
  decideSignOut,
  signInObstacle,
  standByObstacle,
} from '../../electron/service/staff/authentication.ts';
import { lockedOutMs, type LockoutClock } from '../../electron/service/staff/lockout.ts';
import { emptyDirectory, evolveStaff, foldStaff, type StaffDirectory } from '../../electron/service/staff/person.ts';
import { pinRefusal } from '../../electron/service/staff/pin.ts';
import { hashPin, verifyPin } from '../../electron/service/platform/pin-hash.ts';
import { hashCost } from '../../electron/service/platform/slow-hash.ts';
import type { NewEvent, RecordedEvent } from '../../electron/service/session/events/session-event.ts';

const nurse = '018f0000-0000-7000-8000-000000000001';
const therapist = '018f0000-0000-7000-8000-000000000002';
const stranger = '018f0000-0000-7000-8000-000000000009';
const minute = 60_000;

/** A room's staff over time, on both clocks. */
class StaffRoom {
  log: RecordedEvent[] = [];
  clock: LockoutClock & { readonly utcMs: number } = { utcMs: 1_800_000_000_000, monoMs: 5000, bootId: 'boot-1' };

  constructor() {
    this.append({ kind: 'service-started', body: { version: '0.1.0', bootId: 'boot-1' } });
    this.append({ kind: 'person-added', body: { personId: nurse, name: 'Nurse', role: 'nurse', pinHash: 'x' } });
    this.append({ kind: 'person-added', body: { personId: therapist, name: 'Therapist', role: 'therapist', pinHash: 'x' } });
  }

  get directory(): StaffDirectory {
    return foldStaff(this.log);
  }

  append(event: NewEvent): void {
    const now = { utcMs: this.clock.utcMs, offsetMin: 0 };
    const { monoMs, bootId } = this.clock;
    const seq = this.log.length + 1;
    const recorded = { ...event, seq, eventId: `e${seq}`, sessionId: null, occurred: now, recorded: now, monoMs, bootId };
    this.log.push({ ...recorded, actor: 'service', commandId: null, supersedes: null } as RecordedEvent);
  }

  pass(ms: number): void {
    this.clock = { ...this.clock, utcMs: this.clock.utcMs + ms, monoMs: this.clock.monoMs + ms };
  }

  /** A restart: the monotonic clock begins anew, and the wall clock may have been turned meanwhile. */
  restart(bootId: string, wallStepMs = 0): void {
    this.clock = { utcMs: this.clock.utcMs + wallStepMs, monoMs: 10, bootId };
    this.append({ kind: 'service-started', body: { version: '0.1.0', bootId: nurse } });
  }

  signIn(personId: string, matches: boolean, decide = decideSignIn): string {
    const { events, refusal } = decide(this.directory, personId, matches, this.clock);
    for (const event of events) this.append(event);
    return refusal?.code ?? 'in';
  }

  fail(times: number): string[] {
    return Array.from({ length: times }, () => this.signIn(nurse, false));
  }
}

describe('PINs', () => {
  test.each(['12345', '1234567890123', '12a456', '', '１２３４５７', '111111', '123456', '654321', '890123', '210987', '0000000'])(
    'PIN-1 %j is refused',
    (pin) => {
      expect(pinRefusal(pin)?.code).toBe('STAFF_PIN_WEAK');
    },
  );

  test.each(['112233', '111222', '110077', '1122333', '121212', '123123', '739739', '12341234', '121212121212'])(
    'PIN-1 %s repeats itself and is refused in words',
    (pin) => {
      expect(pinRefusal(pin)?.message).toBe('A PIN that repeats its digits is guessed at once. Choose another.');
    },
  );

  test.each(['482915', '135791', '000001', '123457', '140384', '14031984', '112234', '122333', '1231231', '123124'])(
    'PIN-1 %s is taken',
    (pin) => {
      expect(pinRefusal(pin)).toBeNull();
    },
  );

  test('PIN-2 the refusal never repeats the digits', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{3,14}$/), (pin) => {
        expect(pinRefusal(pin)?.message ?? '').not.toContain(pin);
      }),
      { seed: 5 },
    );
  });

  test('PIN-3 a hash says how it was made, differs every time, and knows its PIN', async () => {
    const salt = (): Uint8Array => randomBytes(16);
    const stored = await hashPin('482915', salt(), hashCost);
    expect(stored).toMatch(/^scrypt\$N=131072,r=8,p=1\$[\w-]{22}\$[\w-]{43}$/);
    expect(stored.length).toBeLessThanOrEqual(400);
    expect(await verifyPin('482915', stored)).toBe(true);
    expect(await verifyPin('482916', stored)).toBe(false);
    expect(await hashPin('482915', salt(), hashCost)).not.toBe(stored);
  });

  test('PIN-4 the hash is scrypt as published, and an older cost is still understood', async () => {
    // RFC 7914, section 12, third vector.
    const salt = Buffer.from('SodiumChloride').toString('base64url');
    const hash = Buffer.from(
      '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887',
      'hex',
    ).toString('base64url');
    expect(await verifyPin('pleaseletmein', `scrypt$N=16384,r=8,p=1$${salt}$${hash}`)).toBe(true);
  });

  test('PIN-5 a stored string that is not ours, or would exhaust the machine, is an error and not a wrong PIN', async () => {
    const salt = 'A'.repeat(22);
    const hash = 'A'.repeat(43);
    for (const stored of ['', 'plain:482915', `scrypt$N=9999999,r=8,p=1$${salt}$${hash}`, `scrypt$N=131072,r=99,p=1$${salt}$${hash}`]) {
      await expect(verifyPin('482915', stored)).rejects.toThrow(/stored PIN hash|states a cost/);
    }
  });
});

describe('signing in', () => {
  test('SIGN-1 five wrong PINs in a row lock for one minute, five more for five, then fifteen each time', () => {
    const room = new StaffRoom();
    for (const lockMs of [minute, 5 * minute, 15 * minute, 15 * minute]) {
      expect(room.fail(5)).toEqual(Array.from({ length: 5 }, () => 'STAFF_WRONG_PIN'));
      expect(room.signIn(nurse, true)).toBe('STAFF_LOCKED_OUT');
      room.pass(lockMs - 1);
      expect(room.signIn(nurse, true)).toBe('STAFF_LOCKED_OUT');
      room.pass(1);
      expect(signInObstacle(room.directory, nurse, room.clock)).toBeNull();
    }
  });

  test('SIGN-2 a right PIN begins the count anew, and others are not locked with you', () => {
    const room = new StaffRoom();
    room.fail(4);
    expect(room.signIn(nurse, true)).toBe('in');
    expect(room.fail(5).at(-1)).toBe('STAFF_WRONG_PIN');
    expect(room.signIn(nurse, true)).toBe('STAFF_LOCKED_OUT');
    expect(room.signIn(therapist, true)).toBe('in');
  });

  test.each([
    ['signs in', decideSignIn],
    ['stands by', decideSecondPersonPin],
  ])('SIGN-2 the right PIN of somebody who %s takes no wrong one off a colleague', (_how, decide) => {
    const room = new StaffRoom();
    room.fail(4);
    expect(room.signIn(therapist, true, decide)).toBe('in');
    room.fail(1);
    expect(room.signIn(therapist, true, decide)).toBe('in');
    expect(room.signIn(nurse, true)).toBe('STAFF_LOCKED_OUT');
  });

  test('SIGN-3 an attempt while locked out is not written, so nobody can lock a colleague out for ever', () => {
    const room = new StaffRoom();
    room.fail(5);
    const written = room.log.length;
    expect(room.fail(50).every((code) => code === 'STAFF_LOCKED_OUT')).toBe(true);
    expect(room.log).toHaveLength(written);
  });

  test('SIGN-4 a restart does not lift a lockout', () => {
    const room = new StaffRoom();
    room.fail(5);
    room.pass(10_000);
    room.restart('boot-2');
    expect(room.signIn(nurse, true)).toBe('STAFF_LOCKED_OUT');
    room.pass(minute - 1);
    expect(room.signIn(nurse, true)).toBe('STAFF_LOCKED_OUT');
    room.pass(1);
    expect(room.signIn(nurse, true)).toBe('in');
  });

  test.each([-365, -1, 1, 365])('SIGN-5 a restart with the wall clock set by %d days lifts no lockout, and lengthens none', (days) => {
    const room = new StaffRoom();
    room.fail(5);
    room.restart('boot-2', days * 86_400_000);
    room.pass(minute - 1);
    expect(room.signIn(nurse, true)).toBe('STAFF_LOCKED_OUT');
    room.pass(1);
    expect(room.signIn(nurse, true)).toBe('in');
  });

  test('SIGN-5 turning the wall clock lifts no lockout, and turning it back locks nobody for longer', () => {
    const room = new StaffRoom();
    room.fail(5);
    room.clock = { ...room.clock, utcMs: room.clock.utcMs + 86_400_000 };
    expect(room.signIn(nurse, true)).toBe('STAFF_LOCKED_OUT');
    room.restart('boot-2', -365 * 86_400_000);
    expect(room.signIn(nurse, true)).toBe('STAFF_LOCKED_OUT');
    room.pass(minute);
    expect(room.signIn(nurse, true)).toBe('in');
  });

  test('SIGN-5 with the wall clock set back, what has passed is the time since the start of this boot, and no other', () => {
    const room = new StaffRoom();
    room.fail(5);
    const { utcMs } = room.clock;
    room.clock = { utcMs: utcMs - minute, monoMs: 40_000, bootId: 'boot-2' };
    // The start of this boot is not in the log: its monotonic clock says nothing of how long ago the refusal was.
    expect(lockedOutMs(room.directory.signIns, nurse, { ...room.clock, monoMs: 10 * minute })).toBe(minute);
    room.append({ kind: 'service-started', body: { version: '0.1.0', bootId: nurse } });
    room.pass(10_000);
    expect(lockedOutMs(room.directory.signIns, nurse, room.clock)).toBe(50_000);
    expect(room.directory.signIns.filter((event) => event.kind === 'service-started').map(({ bootId }) => bootId)).toEqual(['boot-2']);
  });

  test('SIGN-6 the refusal says how long, and lets someone else in', () => {
    const room = new StaffRoom();
    room.fail(5);
    room.pass(20_000);
    expect(signInObstacle(room.directory, nurse, room.clock)?.message).toBe(
      'Too many wrong PINs. Try again in 40 s, or let someone else sign in.',
    );
    expect(room.signIn(stranger, true)).toBe('STAFF_UNKNOWN');
    expect(standByObstacle(room.directory, stranger)).toBeNull();
  });

  test('SIGN-6 more than a minute is told in whole minutes, rounded up, and a minute in seconds', () => {
    const room = new StaffRoom();
    const told = (): string => /Try again in (.+), or/.exec(signInObstacle(room.directory, nurse, room.clock)?.message ?? '')?.[1] ?? '';
    room.fail(5);
    expect(told()).toBe('60 s');
    room.pass(minute);
    room.fail(5);
    expect(told()).toBe('5 min');
    room.pass(4 * minute - 1);
    expect(told()).toBe('2 min');
  });

  test('SIGN-7 who is present: in the order of signing in, and nobody after a restart', () => {
    const room = new StaffRoom();
    room.signIn(nurse, true);
    room.signIn(therapist, true);
    room.signIn(nurse, true);
    expect(room.directory.present).toEqual([therapist, nurse]);
    expect(decideSignOut(room.directory, therapist, 'idle').events).toEqual([
      { kind: 'signed-out', body: { personId: therapist, cause: 'idle' } },
    ]);
    room.restart('boot-2');
    expect(room.directory.present).toEqual([]);
    expect(decideSignOut(room.directory, therapist, 'asked')).toMatchObject({ events: [], refusal: { code: 'STAFF_NOT_SIGNED_IN' } });
  });

  test('SIGN-8 two people of one name cannot be, however it is spelled, and a weak PIN is refused first hand', () => {
    const room = new StaffRoom();
    room.append({ kind: 'person-added', body: { personId: stranger, name: ' Ada ', role: 'nurse', pinHash: 'x' } });
    const { directory } = room;
    expect(addPersonObstacle(directory, { name: ' nurse ', role: 'nurse' }, '482915')?.code).toBe('STAFF_NAME_TAKEN');
    expect(addPersonObstacle(directory, { name: 'Ada', role: 'nurse' }, '482915')?.code).toBe('STAFF_NAME_TAKEN');
    for (const name of ['A\nB', '\u202EadA', '\u200B', '—']) {
      expect(addPersonObstacle(directory, { name, role: 'nurse' }, '482915')?.code).toBe('STAFF_NAME_UNSEEN');
    }
    // What nobody can tell apart: forms of a letter, spaces, signs that are not seen.
    for (const name of ['Ａda', 'A\u00ADda', 'Ada\u200B']) {
      expect(addPersonObstacle(directory, { name, role: 'nurse' }, '482915')?.code).toBe('STAFF_NAME_TAKEN');
    }
    expect(addPersonObstacle(directory, { name: 'Second nurse', role: 'nurse' }, '123456')?.code).toBe('STAFF_PIN_WEAK');
    expect(addPersonObstacle(directory, { name: 'Second nurse', role: 'nurse' }, '482915')).toBeNull();
  });

  test('SIGN-9 folding all at once or event by event gives the same people', () => {
    const room = new StaffRoom();
    room.fail(3);
    room.signIn(nurse, true);
    room.fail(2);
    expect(room.log.reduce(evolveStaff, emptyDirectory)).toEqual(room.directory);
    expect(room.directory.signIns.map((event) => event.kind)).toEqual(['service-started', 'sign-in-refused', 'sign-in-refused']);
  });
});
