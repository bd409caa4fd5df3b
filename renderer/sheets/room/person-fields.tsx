import { roles, type Role } from '../../../shared/contract/board/people.ts';
import { ChoiceTiles } from '../../components/fields/choice-tiles.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { TypingPad } from '../../components/fields/typing-pad.tsx';
import { setupText } from '../../text/setup.ts';
import type { PersonDraft } from './setup-draft.ts';
import styles from './room-form.module.css';

const digitsOnly = (typed: string): string => typed.replace(/\D/g, '').slice(0, 12);

interface PersonFieldsProps {
  readonly draft: PersonDraft;
  readonly put: (change: Partial<PersonDraft>) => void;
  readonly problemOf: (field: keyof PersonDraft) => string | undefined;
  /** The first person types about themselves; others may be typed for. */
  readonly labels: { readonly name: string; readonly role: string; readonly pinHint: string };
  /** Those that may be chosen here. */
  readonly among?: readonly Role[];
}

/** Name, role, and a PIN typed twice. */
export function PersonFields({ draft, put, problemOf, labels, among = roles }: PersonFieldsProps) {
  const words = setupText.person;
  return (
    <>
      <TextField
        label={labels.name}
        value={draft.personName}
        onChange={(personName) => put({ personName })}
        maxLength={80}
        autoFocus
        problem={problemOf('personName')}
      />
      <div>
        <p className={styles.label}>{labels.role}</p>
        <ChoiceTiles
          label={labels.role}
          value={draft.role}
          onChange={(role) => put({ role })}
          options={among.map((value) => ({ value, label: words.roles[value] }))}
        />
      </div>
      <PinFields draft={draft} put={put} problemOf={problemOf} hint={labels.pinHint} />
    </>
  );
}

interface PinFieldsProps {
  readonly draft: Pick<PersonDraft, 'pin' | 'pinAgain'>;
  readonly put: (change: Partial<PersonDraft>) => void;
  readonly problemOf: (field: 'pin' | 'pinAgain') => string | undefined;
  readonly hint: string;
}

/** A PIN, typed twice. */
export function PinFields({ draft, put, problemOf, hint }: PinFieldsProps) {
  const words = setupText.person;
  const differs = draft.pinAgain !== '' && draft.pinAgain.length >= draft.pin.length && draft.pin !== draft.pinAgain;
  return (
    <TypingPad label={words.pin} withoutPoint>
      <TextField
        label={words.pin}
        value={draft.pin}
        onChange={(pin) => put({ pin: digitsOnly(pin) })}
        type="password"
        inputMode="numeric"
        autoComplete="new-password"
        hint={hint}
        problem={problemOf('pin')}
      />
      <TextField
        label={words.again}
        value={draft.pinAgain}
        onChange={(pinAgain) => put({ pinAgain: digitsOnly(pinAgain) })}
        type="password"
        inputMode="numeric"
        autoComplete="new-password"
        problem={problemOf('pinAgain') ?? (differs ? words.differs : undefined)}
      />
    </TypingPad>
  );
}
