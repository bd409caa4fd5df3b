import { describe, expect, test } from 'vitest';
import { roles, type Role } from '../../shared/contract/room-board.ts';
import {
  sessionCommandSchema,
  type SessionCommand,
  type SessionCommandInput,
  type SessionCommandType,
} from '../../shared/contract/session-commands.ts';
import {
  roleRefusal,
  roomRoleRefusal,
  roomRoles,
  roomTasks,
  sessionRoles,
  therapistMilestones,
} from '../../electron/service/staff/roles.ts';
import { milestoneKeys } from '../../shared/clinical/milestone.ts';
import { dosing } from '../session/played-session.ts';
import { takenCommand } from '../session/taken-commands.ts';

const id = '018f0000-0000-7000-8000-000000000000';
const types = sessionCommandSchema.options.map((option) => option.shape.type.value);
const clinical: readonly Role[] = ['nurse', 'prescriber'];
const allInRoom: readonly Role[] = ['nurse', 'therapist', 'prescriber'];

/** Said once more, by what the room needs: a table that is compared with itself proves nothing. */
const whoMay: Record<SessionCommandType, readonly Role[]> = {
  'record-weight': clinical,
  'order-dose': clinical,
  'order-injection': clinical,
  'order-devices': clinical,
  'order-lozenges': clinical,
  'start-dose': clinical,
  'change-rate': clinical,
  'change-bag': clinical,
  'pause-dose': clinical,
  'resume-dose': clinical,
  'give-bolus': clinical,
  'give-injection': clinical,
  'give-device': clinical,
  'place-lozenge': clinical,
  'expel-lozenge': clinical,
  'complete-dose': clinical,
  'stop-dose-early': clinical,
  'confirm-pump': clinical,
  'check-identity': clinical,
  'confirm-double-check': clinical,
  'record-remote-facts': clinical,
  'enter-vitals': clinical,
  'give-drug': clinical,
  'draw-controlled-drug': clinical,
  'waste-controlled-drug': clinical,
  'confirm-criterion': clinical,
  'record-escort': clinical,
  'override-criterion': clinical,
  'assess-discharge': clinical,
  'hand-over': clinical,
  'end-session': clinical,
  'sign-session': clinical,
  'request-stop': allInRoom,
  'reach-milestone': allInRoom,
  'open-rating': allInRoom,
  'answer-item': allInRoom,
  'finish-rating': allInRoom,
  'mark-not-assessable': allInRoom,
  'mark-slot-missed': allInRoom,
  'record-observation': allInRoom,
  'amend-observation': allInRoom,
  'record-adverse-event': allInRoom,
  'update-adverse-event': allInRoom,
  undo: allInRoom,
  'correct-time': allInRoom,
  'close-item': allInRoom,
  'cosign-session': allInRoom,
  'begin-amendment': allInRoom,
  'close-amendment': allInRoom,
};
/** Only the type and, for milestones, the milestone count here. */
const command = (type: string): SessionCommand => ({ type, milestone: 'intention', eventId: id }) as unknown as SessionCommand;
const allows = (role: (typeof roles)[number], type: string): boolean => roleRefusal(role, command(type), null) === null;

describe('roles', () => {
  test.each(types)('ROLE-1 %s has its row, and each role stands where the room needs it', (type) => {
    expect(sessionRoles[type]).toBeDefined();
    expect(roles.filter((role) => allows(role, type))).toEqual(whoMay[type]);
  });

  test.each(types.flatMap((type) => roles.map((role) => ({ type, role }))))(
    'ROLE-6 $type by $role where it would be taken from others is decided by the table',
    ({ type, role }) => {
      const { session, input, answers } = takenCommand(type);
      session.role = role;
      const before = session.log.length;
      const { refusal } = session.try(input, answers);
      const isRefusedByTable = refusal?.code === 'STAFF_NOT_ALLOWED' && refusal.message.startsWith('This is not for ');
      expect(isRefusedByTable).toBe(!whoMay[type].includes(role));
      // Nurses and prescribers get by wherever the table lets them, but for what only a prescriber passes over.
      if (whoMay[type].includes(role) && !(type === 'override-criterion' && role === 'nurse')) expect(refusal).toBeNull();
      if (refusal !== null) expect(session.log).toHaveLength(before);
    },
  );

  test('ROLE-2 what the table does not name is denied to everyone', () => {
    expect(roles.filter((role) => allows(role, 'erase-everything'))).toEqual([]);
    expect(roles.filter((role) => roomRoleRefusal(role, 'erase-everything' as never) === null)).toEqual([]);
  });

  test('ROLE-3 a therapist records only the milestones that are theirs to see', () => {
    const mine = milestoneKeys.filter((milestone) => roleRefusal('therapist', { type: 'reach-milestone', milestone }, null) === null);
    expect(mine.toSorted()).toEqual([...therapistMilestones].toSorted());
  });

  test('ROLE-4 a therapist undoes a note but not a pause, and the refusal says whom to ask', () => {
    const session = dosing().at(5);
    const note = session.do({ type: 'record-observation', text: 'calm', chips: [], begunAt: session.nowMs });
    const paused = session.do({ type: 'pause-dose', reason: 'other' });
    session.role = 'therapist';
    expect(session.try({ type: 'undo', eventId: paused.eventId }).refusal).toEqual({
      code: 'STAFF_NOT_ALLOWED',
      message: 'This is not for a therapist to record. Ask a nurse or a prescriber to sign in for it.',
    });
    expect(session.try({ type: 'correct-time', eventId: paused.eventId, utcMs: session.nowMs - 1, reason: 'x' }).refusal?.code).toBe(
      'STAFF_NOT_ALLOWED',
    );
    expect(session.try({ type: 'undo', eventId: note.eventId }).refusal).toBeNull();
  });

  test('ROLE-5 IT changes nothing in a session and reads no record', () => {
    const session = dosing().at(5);
    session.role = 'it';
    const before = session.log.length;
    const inputs: SessionCommandInput[] = [
      { type: 'pause-dose', reason: 'other' },
      { type: 'record-observation', text: 'x', chips: [], begunAt: session.nowMs },
      { type: 'undo', eventId: session.log[0]?.eventId ?? id },
    ];
    for (const input of inputs) expect(session.try(input).refusal?.code).toBe('STAFF_NOT_ALLOWED');
    expect(session.log).toHaveLength(before);
    expect(roomTasks.filter((task) => roomRoles[task].includes('it'))).toEqual([
      'read-protocols',
      'add-person',
      'configure-monitor',
      'remove-monitor',
      'load-text-pack',
      'choose-formats',
      'configure-private-notes',
    ]);
  });
});
