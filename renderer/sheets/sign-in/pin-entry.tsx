import { useState, type RefObject } from 'react';
import type { Refusal } from '../../../shared/contract/contract-errors.ts';
import type { PersonView } from '../../../shared/contract/board/people.ts';
import { pinWeakness } from '../../../shared/values/pin.ts';
import { PinPad } from '../../components/fields/pin-pad.tsx';
import { RefusalNote } from '../../components/act/refusal-note.tsx';
import { refusalOf, wordsOfFailure } from '../../connection/failure.ts';
import { signInText as words } from '../../text/sign-in.ts';
import styles from './sign-in.module.css';

interface PinEntryProps {
  readonly person: PersonView;
  readonly pad: RefObject<HTMLDivElement | null>;
  /** Rejects with the service's refusal. */
  readonly signIn: (personId: string, pin: string, newPin?: string) => Promise<void>;
  readonly onDone: () => void;
  /** What was typed as a PIN was somebody's badge. */
  readonly onBadge: (personId: string) => void;
}

/** Which PIN is being typed: the one that opens, or, where somebody else chose that one, a person's own, twice. */
type Step =
  | { readonly at: 'pin' }
  | { readonly at: 'own'; readonly first: string; readonly isAged?: boolean }
  | { readonly at: 'again'; readonly first: string; readonly own: string; readonly isAged?: boolean };

/**
 * Only what is refused about the new PIN asks for one. A first PIN in the seat beside somebody is refused about the
 * person: no PIN of their own can be chosen there, and the words say where.
 */
export function afterRefusal(
  refusal: Pick<Refusal, 'code' | 'subject'> | null,
  first: string,
  said: string,
): { readonly step: Step; readonly why: string | null } {
  if (refusal?.subject !== 'newPin') return { step: { at: 'pin' }, why: said };
  if (refusal.code === 'STAFF_PIN_AGED') return { step: { at: 'own', first, isAged: true }, why: said };
  return { step: { at: 'own', first }, why: refusal.code === 'STAFF_FIRST_PIN' ? null : said };
}

/** The PIN of whoever was chosen. A first PIN leads to the choice of their own, and to nothing else. */
export function PinEntry({ person, pad, signIn, onDone, onBadge }: PinEntryProps) {
  const [step, setStep] = useState<Step>({ at: 'pin' });
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const goTo = (next: Step, why: string | null = null): void => {
    setStep(next);
    setPin('');
    setRefusal(why);
  };
  const send = (first: string, own?: string): void => {
    setBusy(true);
    setRefusal(null);
    signIn(person.personId, first, own)
      .then(onDone, (error: unknown) => {
        const refused = refusalOf(error);
        const { step: next, why } = afterRefusal(refused, first, wordsOfFailure(error));
        const badgeOf = refused?.code === 'STAFF_BADGE_READ' ? refused.subject : undefined;
        goTo(next, badgeOf === undefined ? why : null);
        if (badgeOf !== undefined) onBadge(badgeOf);
      })
      .finally(() => setBusy(false));
  };
  const enter = (): void => {
    if (busy || pin.length < 6) return;
    if (step.at === 'pin') send(pin);
    else if (step.at === 'own') {
      const weak = pin === step.first ? (step.isAged === true ? words.sameAsNow : words.sameAsFirst) : pinWeakness(pin);
      goTo(weak === null ? { ...step, at: 'again', own: pin } : step, weak);
    } else if (pin === step.own) send(step.first, pin);
    else goTo({ ...step, at: 'own' }, words.differs);
  };
  return (
    <section className={styles.entry}>
      {step.at === 'pin' || step.isAged === true ? null : (
        <p className={styles.first}>
          <strong>{words.firstHeading}</strong> {words.firstWords}
        </p>
      )}
      {refusal === null ? null : <RefusalNote words={refusal} />}
      <PinPad
        key={step.at}
        label={labelOf(step, person.name)}
        value={pin}
        onChange={setPin}
        onEnter={enter}
        busy={busy}
        okName={step.at === 'own' ? words.okNext : words.okName}
        padRef={pad}
        takesAllDigits
      />
      <p className={styles.quiet} role="status">
        {words.hint}
      </p>
    </section>
  );
}

function labelOf(step: Step, name: string): string {
  if (step.at === 'pin') return words.pinOf(name);
  return step.at === 'again' ? words.ownAgain : step.isAged === true ? words.newPin : words.ownPin;
}
