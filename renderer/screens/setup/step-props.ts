import type { SetupDraft } from '../../sheets/room/setup-draft.ts';

/** What every step gets: the draft, and what is wrong with it once somebody tried to go on. */
export interface StepProps {
  readonly draft: SetupDraft;
  readonly put: (change: Partial<SetupDraft>) => void;
  readonly problemOf: (field: string) => string | undefined;
}
