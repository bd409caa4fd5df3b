import { signInText } from '../../text/sign-in.ts';
import { secondPersonText } from '../../text/second-person.ts';
import { ChoiceTiles } from './choice-tiles.tsx';
import { PinPad } from './pin-pad.tsx';
import { RefusalNote } from '../act/refusal-note.tsx';
import type { SecondPersonDraft } from './use-second-person.ts';
import { isolated } from '../../../shared/values/isolated.ts';
import styles from './second-person-field.module.css';

interface SecondPersonFieldProps {
  readonly draft: SecondPersonDraft;
  /** What they sign as, for example "Second checker". */
  readonly label?: string;
  /** What signing here does, where it is more than that. */
  readonly hint?: string;
  /** OK on the pad, or Enter. */
  readonly onEnter: () => void;
  readonly busy: boolean;
}

/** A second person signs on the first one's page: a tile, then their own PIN. The first person's seat stays. */
export function SecondPersonField({
  draft,
  label = secondPersonText.choose,
  hint = secondPersonText.hint,
  onEnter,
  busy,
}: SecondPersonFieldProps) {
  const { people, person, pin, round, refused } = draft;
  return (
    <section className={styles.field} aria-label={label}>
      <span className={styles.label}>{label}</span>
      {people.length === 0 ? (
        <p className={styles.hint}>{secondPersonText.nobody}</p>
      ) : (
        <>
          <ChoiceTiles
            label={label}
            value={person?.personId ?? null}
            onChange={draft.choose}
            options={people.map((one) => ({ value: one.personId, label: `${isolated(one.name)}, ${signInText.role[one.role]}` }))}
          />
          <p className={styles.hint} role="status">
            {hint}
          </p>
        </>
      )}
      {refused === null ? null : <RefusalNote key={round} words={refused} />}
      {person === null ? null : (
        <PinPad
          key={person.personId}
          asked={round}
          label={secondPersonText.pinOf(person.name)}
          value={pin}
          onChange={draft.type}
          onEnter={onEnter}
          busy={busy}
          okName={secondPersonText.okName}
        />
      )}
    </section>
  );
}
