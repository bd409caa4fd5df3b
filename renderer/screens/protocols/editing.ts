import type { Protocol } from '../../../shared/clinical/protocol.ts';
import { isRemoved, textAt, withRemoved, type Edits } from './protocol-draft.ts';

/** A draft as the fields see it: what stands at a path, and how to type over it. */
export interface Editing {
  readonly base: Protocol;
  /** With what was typed in it. */
  readonly typed: Record<string, unknown>;
  readonly edits: Edits;
  readonly set: (edits: Edits) => void;
}

export interface EditedFigure {
  readonly value: string;
  readonly changed: boolean;
  readonly onChange: (value: string) => void;
}

export function figureAt({ base, typed, edits, set }: Editing, path: string): EditedFigure {
  const before = textAt(base, path);
  const value = edits[path] ?? textAt(typed, path);
  return { value, changed: value !== before, onChange: (text) => set({ ...edits, [path]: text }) };
}

interface RowChoice {
  readonly removed: boolean;
  readonly toggle: () => void;
}

export function rowAt({ edits, set }: Editing, row: string): RowChoice {
  const removed = isRemoved(edits, row);
  return { removed, toggle: () => set(withRemoved(edits, row, !removed)) };
}
