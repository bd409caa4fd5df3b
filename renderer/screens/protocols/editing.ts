import type { Protocol } from '../../../shared/clinical/protocol.ts';
import { isRemoved, textAt, withRemoved, type Edits } from './protocol-draft.ts';

/** A draft as the fields see it: what stands at a path, and how to type over it. */
export interface Editing {
  readonly base: Protocol;
  readonly edits: Edits;
  readonly set: (edits: Edits) => void;
}

export interface Figure {
  readonly value: string;
  readonly changed: boolean;
  readonly onChange: (value: string) => void;
}

export function figureAt({ base, edits, set }: Editing, path: string): Figure {
  const before = textAt(base, path);
  const value = edits[path] ?? before;
  return { value, changed: value !== before, onChange: (typed) => set({ ...edits, [path]: typed }) };
}

export interface RowChoice {
  readonly removed: boolean;
  readonly toggle: () => void;
}

export function rowAt({ edits, set }: Editing, row: string): RowChoice {
  const removed = isRemoved(edits, row);
  return { removed, toggle: () => set(withRemoved(edits, row, !removed)) };
}
