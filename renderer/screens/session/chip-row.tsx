import { useState } from 'react';
import { Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import { Button } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { Icon } from '../../components/icon.tsx';
import { RefusalNote } from '../../components/refusal-note.tsx';
import { useCommand } from '../../live/use-command.ts';
import { sessionText } from '../../text/session.ts';
import { chipGroupKeys, chipGroups, type ChipGroup, type ChosenChip } from './observation-draft.ts';
import styles from './chip-row.module.css';

const words = sessionText.observation;

interface SightedChip extends ChosenChip {
  readonly digit: number | null;
}

const shownWide: Readonly<Record<ChipGroup, number>> = { affect: 6, stance: 3, theme: 3 };
const shownCompact: Readonly<Record<ChipGroup, number>> = { affect: 5, stance: 2, theme: 2 };

/** The chips of the line, in order; the first nine but themes have a digit. */
export function chipsInSight(compact: boolean): readonly SightedChip[] {
  const shown = compact ? shownCompact : shownWide;
  let digit = 0;
  return chipGroupKeys.flatMap((group) =>
    chipGroups[group].slice(0, shown[group]).map((chip) => {
      digit += group === 'theme' ? 0 : 1;
      return { group, chip, digit: group === 'theme' ? null : digit };
    }),
  );
}

interface ChipRowProps {
  readonly chosen: readonly ChosenChip[];
  readonly onToggle: (chip: ChosenChip) => void;
  readonly compact: boolean;
}

export function ChipRow({ chosen, onToggle, compact }: ChipRowProps) {
  const inSight = chipsInSight(compact);
  const isChosen = (group: ChipGroup, chip: string): boolean => chosen.some((one) => one.group === group && one.chip === chip);
  return (
    <div className={styles.row}>
      <div className={styles.chips}>
        {chipGroupKeys.map((group) => (
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
        <MoreChips inSight={inSight} chosen={chosen} onToggle={onToggle} />
      </div>
      <WantsToStop />
    </div>
  );
}

/** Keeps the popover over the timeline and off the milestones. */
const besideNextPx = -150;

interface MoreChipsProps {
  readonly inSight: readonly SightedChip[];
  readonly chosen: readonly ChosenChip[];
  readonly onToggle: (chip: ChosenChip) => void;
}

/** The rest, over the lower end of the timeline, never over the vitals. */
function MoreChips({ inSight, chosen, onToggle }: MoreChipsProps) {
  const [isOpen, setIsOpen] = useState(false);
  const [home, setHome] = useState<HTMLDivElement | null>(null);
  const hidden = (group: ChipGroup): string[] =>
    chipGroups[group].filter((chip) => !inSight.some((one) => one.group === group && one.chip === chip));
  const chosenHidden = chosen.filter((one) => hidden(one.group).includes(one.chip)).length;
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setIsOpen}>
      <div ref={setHome} className={styles.home} />
      <Button onPress={() => setIsOpen(!isOpen)} className={chosenHidden > 0 ? `${styles.more} ${styles.moreChosen}` : styles.more}>
        {chosenHidden > 0 ? words.moreChosen(chosenHidden) : words.more}
        <Icon name="down" size={18} />
      </Button>
      <Popover
        placement="top end"
        offset={14}
        crossOffset={besideNextPx}
        isNonModal
        {...(home === null ? {} : { UNSTABLE_portalContainer: home })}
        className={styles.popover ?? ''}
      >
        <Dialog className={styles.dialog ?? ''}>
          <Heading slot="title" className="visually-hidden">
            {words.moreTitle}
          </Heading>
          {chipGroupKeys.map((group) => (
            <div key={group} className={styles.moreGroup} role="group" aria-label={words.groups[group]}>
              <span className={styles.label} aria-hidden="true">
                {words.groups[group]}
              </span>
              <div className={styles.moreChips}>
                {hidden(group).map((chip) => (
                  <Chip
                    key={chip}
                    isSelected={chosen.some((one) => one.group === group && one.chip === chip)}
                    onChange={() => onToggle({ group, chip })}
                  >
                    {chip}
                  </Chip>
                ))}
              </div>
            </div>
          ))}
        </Dialog>
      </Popover>
    </DialogTrigger>
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
