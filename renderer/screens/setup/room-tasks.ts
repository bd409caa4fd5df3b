import type { Role } from '../../../shared/contract/room-board.ts';

/** The service decides; this spares people a form that would be refused. */
const allowed = {
  'add-person': ['it', 'nurse', 'prescriber'],
} as const satisfies Record<string, readonly Role[]>;

export type RoomTask = keyof typeof allowed;

export function mayDo(task: RoomTask, role: Role): boolean {
  return (allowed[task] as readonly Role[]).includes(role);
}
