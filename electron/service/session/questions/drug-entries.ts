import type { ControlledDrugs, DrawnEntry, WastedEntry } from '../state/controlled-drug-state.ts';

export type DrugEntry = (DrawnEntry & { readonly kind: 'drawn' }) | (WastedEntry & { readonly kind: 'wasted' });

/** What was drawn for a session and what was wasted of it, in time. */
export function drugEntries({ drawn, wasted }: ControlledDrugs): readonly DrugEntry[] {
  const entries = [
    ...drawn.map((entry): DrugEntry => ({ ...entry, kind: 'drawn' })),
    ...wasted.map((entry): DrugEntry => ({ ...entry, kind: 'wasted' })),
  ];
  return entries.sort((a, b) => a.atMs - b.atMs);
}
