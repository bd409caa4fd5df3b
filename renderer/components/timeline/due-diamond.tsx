import type { ReactElement } from 'react';
import reminderStyles from './reminders.module.css';

/** A slot of the protocol's clock: hollow while it waits, filled once it is past. The record replaces it. */
export function DueDiamond({ x, y, past }: { readonly x: number; readonly y: number; readonly past: boolean }): ReactElement {
  return <path className={past ? reminderStyles.duePast : reminderStyles.dueOpen} d={`M${x} ${y - 6} l6 6 l-6 6 l-6 -6 z`} />;
}
