import { roles } from '../../../shared/contract/room-board.ts';
import { ChoiceTiles } from '../../components/choice-tiles.tsx';
import { TextField } from '../../components/text-field.tsx';
import { setupText } from '../../text/setup.ts';
import type { StepProps } from './setup-screen.tsx';
import styles from './setup-screen.module.css';

const digitsOnly = (typed: string): string => typed.replace(/\D/g, '').slice(0, 12);

export function PersonStep({ draft, put, problemOf }: StepProps) {
  const words = setupText.person;
  return (
    <>
      <p className={styles.quiet}>{words.words}</p>
      <TextField
        label={words.name}
        value={draft.personName}
        onChange={(personName) => put({ personName })}
        maxLength={80}
        autoFocus
        problem={problemOf('personName')}
      />
      <div>
        <p className={styles.label}>{words.role}</p>
        <ChoiceTiles
          label={words.role}
          value={draft.role}
          onChange={(role) => put({ role })}
          options={roles.map((value) => ({ value, label: words.roles[value] }))}
        />
      </div>
      <div className={styles.pair}>
        <TextField
          label={words.pin}
          value={draft.pin}
          onChange={(pin) => put({ pin: digitsOnly(pin) })}
          type="password"
          inputMode="numeric"
          autoComplete="new-password"
          hint={words.pinHint}
          problem={problemOf('pin')}
        />
        <TextField
          label={words.again}
          value={draft.pinAgain}
          onChange={(pinAgain) => put({ pinAgain: digitsOnly(pinAgain) })}
          type="password"
          inputMode="numeric"
          autoComplete="new-password"
          problem={
            problemOf('pinAgain') ??
            (draft.pinAgain.length >= draft.pin.length && draft.pinAgain !== '' && draft.pin !== draft.pinAgain ? words.differs : undefined)
          }
        />
      </div>
    </>
  );
}
