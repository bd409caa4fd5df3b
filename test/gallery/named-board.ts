import type { RoomBoard } from '../../shared/contract/board/room-board.ts';

/** The same board with everybody, and what they wrote, called so: names are not all written from left to right. */
export function named(board: RoomBoard, name: string | null): RoomBoard {
  if (name === null) return board;
  const called = new Set([...board.staff.people.map((person) => person.name), board.session?.patient.name ?? '']);
  const renamed = JSON.stringify(board, (key: string, value: unknown) =>
    typeof value === 'string' && (called.has(value) || key === 'text' || (key === 'by' && value !== 'monitor' && value !== 'person'))
      ? name
      : value,
  );
  return JSON.parse(renamed) as RoomBoard;
}
