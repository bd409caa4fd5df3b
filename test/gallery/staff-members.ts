import { roles, type Role } from '../../shared/contract/board/people.ts';
import type { StaffMember } from '../../shared/contract/staff-contract.ts';
import type { LiveStore } from '../../renderer/live/live-store.ts';
import { fixtureId } from '../fixtures/boards/golden-times.ts';

/** Everybody of the board, and one who left. */
export function staffMembers(store: LiveStore, confirmersOf: (role: Role) => string[]): StaffMember[] {
  const { board } = store.getState();
  const sinceMs = (board?.clock.now.utcMs ?? 0) - 200 * 86_400_000;
  const members = (board?.staff.people ?? []).map((person) => ({
    ...person,
    sinceMs,
    ended: null,
    lockedOut: false,
    badge: false,
    changedWith: confirmersOf(person.role),
    resetWith: confirmersOf('it'),
    roles: roles.map((role) => ({ role, confirmers: confirmersOf(role) })),
  }));
  const ended = { atMs: sinceMs + 90 * 86_400_000, by: members[0]?.name ?? null, reason: 'works at another clinic now' };
  return [
    ...members,
    {
      personId: fixtureId(3, 78),
      name: 'Former Nurse',
      role: 'nurse',
      sinceMs,
      ended,
      lockedOut: false,
      badge: false,
      changedWith: [],
      resetWith: null,
      roles: [],
    },
  ];
}
