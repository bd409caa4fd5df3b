import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changingRefusal, endingRefusal, givingRefusal } from '../../electron/service/staff/access.ts';
import { addPersonObstacle, signInObstacle } from '../../electron/service/staff/authentication.ts';
import { confirmationRefusal, makingRefusal, makingsOf } from '../../electron/service/staff/makers.ts';
import { nameAt } from '../../electron/service/staff/names.ts';
import { emptyDirectory, evolveStaff, foldStaff, type StaffDirectory } from '../../electron/service/staff/person.ts';
import type { NewEvent, RecordedEvent } from '../../electron/service/session/events/session-event.ts';
import { roles, type Role } from '../../shared/contract/board/people.ts';

const utcMs = 1_800_000_000_000;
const clock = { monoMs: 5000, bootId: 'boot' };

/** The people of a room over the years, by the decisions alone. */
class Years {
  readonly log: RecordedEvent[] = [];
  directory: StaffDirectory = emptyDirectory;

  append(event: NewEvent, by: string): void {
    const at = { utcMs: utcMs + this.log.length, offsetMin: 0 };
    const recorded = {
      ...event,
      seq: this.log.length + 1,
      recorded: at,
      occurred: at,
      actor: { personId: by },
    } as unknown as RecordedEvent;
    this.log.push(recorded);
    this.directory = evolveStaff(this.directory, recorded);
  }

  add(personId: string, role: Role, by = personId): void {
    this.append({ kind: 'person-added', body: { personId, name: personId, role, pinHash: 'x' } }, by);
  }

  end(personId: string, by: string): void {
    this.append({ kind: 'access-ended', body: { personId } }, by);
  }
}

function roomOf(...people: readonly (readonly [string, Role])[]): Years {
  const years = new Years();
  for (const [name, role] of people) years.add(name, role, people[0]?.[0]);
  return years;
}

describe('whose access was ended', () => {
  test('ACCESS-1 signs in no more, is present no more, confirms nothing, and keeps their name', () => {
    const years = roomOf(['Ada', 'it'], ['Ben', 'it'], ['Cleo', 'prescriber']);
    years.append({ kind: 'signed-in', body: { personId: 'Ben' } }, 'Ben');
    years.append({ kind: 'access-ended', body: { personId: 'Ben', reason: 'moved away' } }, 'Ada');
    const { directory } = years;
    expect(signInObstacle(directory, 'Ben', clock)?.code).toBe('STAFF_ACCESS_ENDED');
    expect(signInObstacle(directory, 'Cleo', clock)).toBeNull();
    expect(directory.present).toEqual([]);
    const ada = directory.people.get('Ada');
    expect(ada && makingsOf(directory, ada).find(({ role }) => role === 'it')?.confirmers).toEqual(['Cleo']);
    expect(directory.people.get('Ben')).toMatchObject({ name: 'Ben', ended: { by: 'Ada', reason: 'moved away' } });
    expect(addPersonObstacle(directory, { name: 'ben', role: 'nurse' }, '482915')?.message).toContain('had access here before');
  });

  test('ACCESS-2 is given it again, from then on, and not to somebody who has it', () => {
    const years = roomOf(['Ada', 'nurse'], ['Ben', 'nurse']);
    years.end('Ben', 'Ada');
    const ended = years.directory.people.get('Ben');
    expect(ended && givingRefusal(ended)).toBeNull();
    years.append({ kind: 'access-given', body: { personId: 'Ben' } }, 'Ada');
    const again = years.directory.people.get('Ben');
    expect(again).toMatchObject({ ended: null, sinceMs: utcMs + 3, role: 'nurse', pinHash: 'x' });
    expect(again && givingRefusal(again)?.code).toBe('STAFF_HAS_ACCESS');
    expect(signInObstacle(years.directory, 'Ben', clock)).toBeNull();
  });

  test.each([
    ['the only person', [['Ada', 'nurse']], [], 'Ada', 'STAFF_LAST_ONE'],
    // A therapist adds nobody, so that Ada is the last who does.
    [
      'the last who adds anybody',
      [
        ['Ada', 'nurse'],
        ['Theo', 'therapist'],
      ],
      [],
      'Ada',
      'STAFF_LAST_ONE',
    ],
    [
      'whoever set the room up, while others can make every role',
      [
        ['Ada', 'nurse'],
        ['Ida', 'it'],
      ],
      [],
      'Ada',
      null,
    ],
    [
      'the last IT, while the first person is there',
      [
        ['Ada', 'nurse'],
        ['Ida', 'it'],
      ],
      [],
      'Ida',
      null,
    ],
    [
      'the last IT, after the first person has left',
      [
        ['Ada', 'nurse'],
        ['Ida', 'it'],
        ['Nora', 'nurse'],
      ],
      ['Ada'],
      'Ida',
      'STAFF_LAST_ONE',
    ],
    [
      'one who left already',
      [
        ['Ada', 'nurse'],
        ['Nora', 'nurse'],
      ],
      ['Nora'],
      'Nora',
      'STAFF_ACCESS_ENDED',
    ],
    ['a stranger', [['Ada', 'nurse']], [], 'Somebody', 'STAFF_UNKNOWN'],
  ] as const)('ACCESS-3 somebody is left who can make every role: %s', (_case, people, left, personId, code) => {
    const years = roomOf(...people);
    for (const one of left) years.end(one, 'Ada');
    expect(endingRefusal(years.directory, personId)?.code ?? null).toBe(code);
  });

  test('ACCESS-3 the refusal names what nobody could do any more', () => {
    expect(endingRefusal(roomOf(['Ada', 'nurse'], ['Theo', 'therapist']).directory, 'Ada')?.message).toBe(
      'Without Ada nobody here could add a nurse or a therapist or a prescriber or IT. Somebody else who can has to be here first, with a PIN of their own.',
    );
  });
});

describe('whoever is called otherwise, or in another role', () => {
  test('ACCESS-11 is so from that event on, and keeps the names that they had', () => {
    const years = roomOf(['Ada', 'nurse'], ['Ben', 'nurse']);
    years.append({ kind: 'person-changed', body: { personId: 'Ben', name: 'Benedict', role: 'therapist' } }, 'Ada');
    const { people } = years.directory;
    expect(people.get('Ben')).toMatchObject({ name: 'Benedict', role: 'therapist', pinHash: 'x' });
    expect([1, 2, 3, 9].map((seq) => nameAt(people, 'Ben', seq))).toEqual(['Ben', 'Ben', 'Benedict', 'Benedict']);
    expect(nameAt(people, 'Somebody', 3)).toBeNull();
  });

  test('ACCESS-11 nobody else is called as somebody was; they themselves may be again', () => {
    const years = roomOf(['Ada', 'nurse'], ['Ben', 'nurse'], ['Cleo', 'nurse']);
    years.append({ kind: 'person-changed', body: { personId: 'Ben', name: 'Benedict' } }, 'Ada');
    const code = (personId: string, name: string) => changingRefusal(years.directory, personId, { name }, 'Ada')?.code ?? null;
    expect(code('Cleo', ' ben ')).toBe('STAFF_NAME_TAKEN');
    expect(code('Cleo', 'Benedict')).toBe('STAFF_NAME_TAKEN');
    expect(code('Ben', 'Ben')).toBeNull();
    expect(addPersonObstacle(years.directory, { name: 'Ben', role: 'nurse' }, '482915')?.message).toBe(
      'Benedict was called "Ben" before, and has records under that name. Add something that tells the two apart.',
    );
  });

  test('ACCESS-12 nobody gives themselves a role, and the last who makes a role keeps theirs', () => {
    const years = roomOf(['Ada', 'nurse'], ['Ida', 'it'], ['Nora', 'nurse']);
    const code = (personId: string, role: Role, by: string) => changingRefusal(years.directory, personId, { role }, by)?.code ?? null;
    expect(code('Ida', 'prescriber', 'Ida')).toBe('STAFF_NOT_ALLOWED');
    expect(code('Ida', 'prescriber', 'Ada')).toBeNull();
    years.end('Ada', 'Ida');
    expect(code('Ida', 'prescriber', 'Nora')).toBeNull();
    expect(code('Ida', 'nurse', 'Nora')).toBe('STAFF_LAST_ONE');
    expect(code('Ada', 'therapist', 'Ida')).toBe('STAFF_ACCESS_ENDED');
  });
});

/** Written once more by hand: who adds and changes a person of which role, but for what the first person of a room may. */
const changers: Readonly<Record<Role, readonly Role[]>> = {
  nurse: ['nurse', 'prescriber', 'it'],
  therapist: ['nurse', 'prescriber', 'it'],
  prescriber: ['prescriber', 'it'],
  it: ['prescriber', 'it'],
};

type Step = {
  readonly act: 'add' | 'end' | 'give' | 'reset' | 'own' | 'role' | 'name';
  readonly by: number;
  readonly about: number;
  readonly role: Role;
};

const steps = fc.array(
  fc.record({
    act: fc.constantFrom<Step['act']>('add', 'end', 'end', 'give', 'reset', 'own', 'role', 'name'),
    by: fc.nat(5),
    about: fc.nat(5),
    role: fc.constantFrom(...roles),
  }),
  { maxLength: 30 },
);

describe('any order of adding, ending, giving again, renaming, new roles and new PINs', () => {
  test('ACCESS-4 whoever may is exactly whom the table says, every role can always be made, and nobody who left is anything', () => {
    fc.assert(
      fc.property(fc.constantFrom(...roles), steps, (first, list) => {
        const years = new Years();
        years.add('p0', first);
        for (const step of list) {
          take(years, step);
          holds(years.directory);
        }
        expect(foldStaff(years.log)).toEqual(years.directory);
      }),
      { numRuns: 150 },
    );
  });

  /** Does it where every rule lets it. */
  function take(years: Years, { act, by, about, role }: Step): void {
    const { directory } = years;
    const maker = directory.people.get(`p${by}`);
    const aboutId = `p${about}`;
    const person = directory.people.get(aboutId);
    if (maker === undefined || maker.ended !== null || maker.pinGivenBy !== null) return;
    if (act === 'own') {
      if (person?.pinGivenBy) years.append({ kind: 'pin-changed', body: { personId: aboutId, pinHash: 'y' } }, aboutId);
      return;
    }
    if (act === 'add' ? person !== undefined : person === undefined) return;
    const ofRole = person?.role ?? role;
    const refusal = makingRefusal(directory, maker, ofRole, aboutId);
    const isOfTable = changers[ofRole].includes(maker.role);
    // The first person may always, but makes a rank only where nobody else of the ranks could.
    if (maker.personId !== directory.holder || isOfTable) expect(refusal === null).toBe(isOfTable);
    if (refusal !== null) return;
    const confirmers = makingsOf(directory, maker, aboutId).find((making) => making.role === ofRole)?.confirmers ?? [];
    expect(confirmers).not.toContain(maker.personId);
    expect(confirmers).not.toContain(aboutId);
    expect(confirmationRefusal(directory, maker, ofRole, confirmers[0] ?? null, aboutId)).toBeNull();
    if ((act === 'role' || act === 'name') && person !== undefined) {
      const change = act === 'role' ? { role } : { name: `called ${role}` };
      const isOfNew = act === 'name' || makingRefusal(directory, maker, role, aboutId) === null;
      if (act === 'role' && aboutId === maker.personId && role !== ofRole) {
        expect(changingRefusal(directory, aboutId, change, maker.personId)).not.toBeNull();
      }
      if (isOfNew && changingRefusal(directory, aboutId, change, maker.personId) === null) {
        years.append({ kind: 'person-changed', body: { personId: aboutId, ...change } }, maker.personId);
      }
    }
    if (act === 'add')
      years.append(
        { kind: 'person-added', body: { personId: aboutId, name: aboutId, role, pinHash: 'x', firstPin: true } },
        maker.personId,
      );
    if (act === 'end' && endingRefusal(directory, aboutId) === null) years.end(aboutId, maker.personId);
    if (act === 'give' && person !== undefined && givingRefusal(person) === null) {
      years.append({ kind: 'access-given', body: { personId: aboutId } }, maker.personId);
    }
    if (act === 'reset' && person?.ended === null && aboutId !== maker.personId) {
      const keeps = endingRefusal(directory, aboutId) === null;
      if (keeps) years.append({ kind: 'pin-reset', body: { personId: aboutId, pinHash: 'z' } }, maker.personId);
    }
  }

  function holds(directory: StaffDirectory): void {
    const able = [...directory.people.values()].filter(({ ended, pinGivenBy }) => ended === null && pinGivenBy === null);
    for (const role of roles) expect(able.some((person) => makingRefusal(directory, person, role) === null)).toBe(true);
    for (const person of directory.people.values()) {
      if (person.ended === null) continue;
      expect(signInObstacle(directory, person.personId, clock)?.code).toBe('STAFF_ACCESS_ENDED');
      for (const maker of able) for (const { confirmers } of makingsOf(directory, maker)) expect(confirmers).not.toContain(person.personId);
    }
  }
});
