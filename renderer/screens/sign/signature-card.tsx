import { useState } from 'react';
import type { SigningView } from '../../../shared/contract/signing.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { ChoiceTiles } from '../../components/fields/choice-tiles.tsx';
import { PinPad } from '../../components/fields/pin-pad.tsx';
import { RefusalNote } from '../../components/act/refusal-note.tsx';
import { Segmented } from '../../components/fields/segmented.tsx';
import { useBoard } from '../../live/room-context.tsx';
import { useCommand } from '../../live/use-command.ts';
import { useActor, useSeat } from '../../live/use-seat.ts';
import { signInText } from '../../text/sign-in.ts';
import { signText } from '../../text/sign.ts';
import { groupedHash, isOpen } from './open-items.ts';
import { isolated } from '../../../shared/values/isolated.ts';
import styles from './signature-card.module.css';

const words = signText.sign;
const pinDigitsMin = 6;

interface SignatureCardProps {
  readonly view: SigningView;
  readonly onSignIn: () => void;
}

/** The author's signature: name, meaning, the hash it is bound to, and the PIN typed anew. */
export function SignatureCard({ view, onSignIn }: SignatureCardProps) {
  const person = useActor({ type: 'sign-session' });
  const version = (view.versions.at(-1)?.version ?? 0) + 1;
  const open = view.items.filter(isOpen).length;
  const unchanged = view.amendment !== null && view.amendment.changes === 0;
  const waits =
    open > 0
      ? words.waitsItems(open)
      : unchanged
        ? words.waitsChange
        : person !== null && person.role !== 'nurse' && person.role !== 'prescriber'
          ? words.therapist
          : null;
  return (
    <Card heading={words.heading} aside={words.version(version)}>
      <div className={styles.body}>
        <Hash hash={view.recordHash} />
        {person === null ? (
          <SignInAsked onSignIn={onSignIn} />
        ) : waits !== null ? (
          <p className={styles.waits} role="status">
            {waits}
          </p>
        ) : (
          <AuthorPin name={person.name} recordHash={view.recordHash} />
        )}
        <p className={styles.quiet}>{words.privateNotes(view.privateNotes)}</p>
      </div>
    </Card>
  );
}

function AuthorPin({ name, recordHash }: { readonly name: string; readonly recordHash: string | null }) {
  const [pin, setPin] = useState('');
  // What was on the screen when the first digit was typed is what is signed; the service compares.
  const [shown, setShown] = useState<string | null>(null);
  const { run, state } = useCommand();
  const saving = state.kind === 'saving';
  const sign = (): void => {
    const hash = shown ?? recordHash;
    if (pin.length < pinDigitsMin || saving || hash === null) return;
    run({ type: 'sign-session', recordHash: hash }, { ownPin: pin });
    setPin('');
    setShown(null);
  };
  return (
    <>
      <p className={styles.author}>{words.asAuthor(name)}</p>
      <PinPad
        label={saving ? words.saving : words.pinOf(name)}
        value={pin}
        onChange={(next) => {
          if (pin === '') setShown(recordHash);
          setPin(next);
        }}
        onEnter={sign}
        busy={saving}
        okName={words.sign}
      />
      {state.kind === 'refused' ? <RefusalNote words={state.message} /> : null}
    </>
  );
}

/** A second person signs the version that stands: whoever is signed in here, or anybody else by name and PIN. */
export function CosignCard({ view, onSignIn }: SignatureCardProps) {
  const { person } = useSeat();
  const [meaning, setMeaning] = useState<'reviewed' | 'witnessed' | 'approved'>('reviewed');
  const [signerId, setSignerId] = useState<string | null>(null);
  const [pin, setPin] = useState('');
  const { run, state } = useCommand();
  const everybody = useBoard((board) => board.staff.people);
  const saving = state.kind === 'saving';
  const last = view.versions.at(-1);
  const people = everybody.filter(({ role, name }) => role !== 'it' && last?.signatures.every((one) => one.name !== name) === true);
  const signer = people.find(({ personId }) => personId === signerId) ?? null;
  const sign = (): void => {
    if (signer === null || pin.length < pinDigitsMin || saving || last === undefined) return;
    const by = signer.personId === person?.personId ? { ownPin: pin } : { witness: { personId: signer.personId, pin } };
    run({ type: 'cosign-session', meaning, recordHash: last.recordHash }, by);
    setPin('');
  };
  return (
    <Card heading={signText.cosign.heading} aside={words.version(last?.version ?? 1)}>
      <div className={styles.body}>
        <p className={styles.quiet}>{signText.cosign.words}</p>
        {person === null ? (
          <SignInAsked onSignIn={onSignIn} />
        ) : (
          <>
            <Segmented
              label={signText.cosign.meaning}
              value={meaning}
              onChange={setMeaning}
              className={styles.meaning}
              options={(['reviewed', 'witnessed', 'approved'] as const).map((value) => ({ value, label: signText.cosign.meanings[value] }))}
            />
            <ChoiceTiles
              label={signText.cosign.who}
              value={signerId}
              onChange={(chosen) => {
                setSignerId(chosen);
                setPin('');
              }}
              options={people.map(({ personId, name, role }) => ({
                value: personId,
                label: personId === person.personId ? signText.cosign.myself(name) : `${isolated(name)}, ${signInText.role[role]}`,
              }))}
            />
            {signer === null ? null : (
              <PinPad
                key={signer.personId}
                label={saving ? words.saving : words.pinOf(signer.name)}
                value={pin}
                onChange={setPin}
                onEnter={sign}
                busy={saving}
                okName={signText.cosign.sign}
              />
            )}
          </>
        )}
        {state.kind === 'refused' ? <RefusalNote words={state.message} /> : null}
      </div>
    </Card>
  );
}

function SignInAsked({ onSignIn }: { readonly onSignIn: () => void }) {
  return (
    <p className={styles.asked}>
      {words.nobody} <Button onPress={onSignIn}>{words.signIn}</Button>
    </p>
  );
}

function Hash({ hash }: { readonly hash: string | null }) {
  return (
    <div className={styles.hash}>
      <span className={styles.hashName}>{words.hash}</span>
      <code>{hash === null ? '' : groupedHash(hash)}</code>
      <span className={styles.quiet}>{words.hashWords}</span>
    </div>
  );
}
