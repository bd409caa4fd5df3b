import { observationChips } from '../../../../shared/clinical/observation.ts';
import { Button } from '../../../components/button.tsx';
import { Chip } from '../../../components/chip.tsx';
import { Icon } from '../../../components/icon.tsx';
import { RefusalNote } from '../../../components/act/refusal-note.tsx';
import { useCommand } from '../../../live/use-command.ts';
import { sessionText } from '../../../text/session.ts';
import { countBehindMore, lineGroups, type ChosenChip, type ObservationDraft } from '../line/observation-draft.ts';
import styles from './chip-row.module.css';

const words = sessionText.observation;

interface SightedChip extends ChosenChip {
  readonly digit: number | null;
}

/** The first of affect and of stance have a digit, the same at every width, so that it can be learned. */
const withDigit: readonly ChosenChip[] = [
  ...observationChips.affect.slice(0, 6).map((chip) => ({ group: 'affect' as const, chip })),
  ...observationChips.stance.slice(0, 3).map((chip) => ({ group: 'stance' as const, chip })),
];

/** What the digit n stands for. */
export function chipOfDigit(digit: number): ChosenChip | undefined {
  return withDigit[digit - 1];
}

const shownWide: Readonly<Record<(typeof lineGroups)[number], number>> = { affect: 6, stance: 3, theme: 3 };
const shownCompact: Readonly<Record<(typeof lineGroups)[number], number>> = { affect: 5, stance: 2, theme: 2 };

/** The chips of the line, in order. One that was chosen by its digit is in sight also where there is no room for all. */
export function chipsInSight(compact: boolean, chosen: readonly ChosenChip[]): readonly SightedChip[] {
  const shown = compact ? shownCompact : shownWide;
  return lineGroups.flatMap((group) =>
    observationChips[group].flatMap((chip, index) => {
      const digit = withDigit.findIndex((one) => one.group === group && one.chip === chip) + 1 || null;
      const isChosen = digit !== null && chosen.some((one) => one.group === group && one.chip === chip);
      return index < shown[group] || isChosen ? [{ group, chip, digit }] : [];
    }),
  );
}

interface ChipRowProps {
  readonly draft: ObservationDraft;
  readonly onToggle: (chip: ChosenChip) => void;
  /** Opens the sheet with everything else that a note can say. */
  readonly onMore: () => void;
  readonly compact: boolean;
}

export function ChipRow({ draft, onToggle, onMore, compact }: ChipRowProps) {
  const inSight = chipsInSight(compact, draft.chips);
  const isChosen = (group: string, chip: string): boolean => draft.chips.some((one) => one.group === group && one.chip === chip);
  const behind = countBehindMore(draft, inSight);
  return (
    <div className={styles.row}>
      <div className={styles.chips}>
        {lineGroups.map((group) => (
          <div key={group} className={styles.group} role="group" aria-label={words.groups[group]}>
            <span className={styles.label} aria-hidden="true">
              {words.groups[group]}
            </span>
            {inSight
              .filter((one) => one.group === group)
              .map(({ chip, digit }) => (
                <Chip key={chip} digit={digit ?? undefined} isSelected={isChosen(group, chip)} onChange={() => onToggle({ group, chip })}>
                  {chip}
                </Chip>
              ))}
          </div>
        ))}
        <Button onPress={onMore} className={behind > 0 ? `${styles.more} ${styles.moreChosen}` : styles.more}>
          {behind > 0 ? words.moreChosen(behind) : words.more}
          <Icon name="forward" size={18} />
        </Button>
      </div>
      <WantsToStop />
    </div>
  );
}

/** Not a chip: it asks the nurse to act. */
function WantsToStop() {
  const { run, state } = useCommand();
  return (
    <>
      {state.kind === 'refused' ? <RefusalNote words={state.message} /> : null}
      <button
        type="button"
        className={styles.stop}
        title={words.wantsToStopHint}
        aria-disabled={state.kind === 'saving'}
        data-saving={state.kind === 'saving'}
        onClick={() => run({ type: 'request-stop' })}
      >
        {state.kind === 'saving' ? words.asking : words.wantsToStop}
      </button>
    </>
  );
}
