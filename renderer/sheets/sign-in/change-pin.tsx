import { useState } from 'react';
import type { PersonView } from '../../../shared/contract/board/people.ts';
import { privatePhraseMin } from '../../../shared/contract/private-notes.ts';
import { pinDigitsMin, pinWeakness } from '../../../shared/values/pin.ts';
import { refusalOf, wordsOfFailure } from '../../connection/failure.ts';
import { ChoiceTiles } from '../../components/fields/choice-tiles.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { TypingPad } from '../../components/fields/typing-pad.tsx';
import { isAboutPin } from '../../components/fields/use-second-person.ts';
import { SheetForm } from '../../components/sheet/sheet-form.tsx';
import { useRoom } from '../../live/room-context.tsx';
import { ownPinText } from '../../text/own-pin.ts';

const words = ownPinText;
const digitsOnly = (typed: string): string => typed.replace(/\D/g, '').slice(0, 12);

type Field = 'pin' | 'newPin' | 'again';
type Notes = 'none' | 'phrase' | 'leave';

interface ChangePinProps {
  readonly person: PersonView;
  readonly onBack: () => void;
  readonly onDone: () => void;
}

/** Another PIN of one's own; the one that holds is asked first. Nothing of it is kept once it was sent. */
export function ChangePin({ person, onBack, onDone }: ChangePinProps) {
  const { client } = useRoom();
  const [typed, setTyped] = useState<Readonly<Record<Field, string>>>({ pin: '', newPin: '', again: '' });
  /** Asked for once the service says that the notes need the phrase. */
  const [notes, setNotes] = useState<Notes>('none');
  const [phrase, setPhrase] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const put = (field: Field) => (value: string) => setTyped((now) => ({ ...now, [field]: digitsOnly(value) }));
  const weak = typed.newPin.length < pinDigitsMin ? null : pinWeakness(typed.newPin);
  const differs = typed.again.length >= typed.newPin.length && typed.again !== typed.newPin && typed.again !== '';
  const waits = waitsOf(typed, weak) ?? (notes === 'phrase' && phrase.length < privatePhraseMin ? words.waitsPhrase : null);
  const change = (): void => {
    if (busy || waits !== null) return;
    setBusy(true);
    setRefusal(null);
    const { pin, newPin } = typed;
    const more = notes === 'phrase' ? { phrase } : notes === 'leave' ? { leaveNotes: true } : {};
    client.staff
      .changePin({ attemptId: crypto.randomUUID(), pin, newPin, ...more })
      .then(onDone, (error: unknown) => {
        const code = refusalOf(error)?.code;
        if (isAboutPin(code ?? null)) put('pin')('');
        if (code === 'PRIVATE_PHRASE_MISSING' || code === 'PRIVATE_KEY_REFUSED' || code === 'PRIVATE_UNREADABLE') setNotes('phrase');
        setRefusal(wordsOfFailure(error));
      })
      .finally(() => setBusy(false));
  };
  return (
    <SheetForm
      title={words.title(person.name)}
      words={words.words}
      cancel={words.back}
      onCancel={onBack}
      confirm={busy ? words.saving : words.record}
      waitsFor={waits}
      busy={busy}
      onConfirm={change}
      refusal={refusal}
    >
      <TypingPad label={words.pad} withoutPoint>
        {(['pin', 'newPin', 'again'] as const).map((field) => (
          <TextField
            key={field}
            label={words.fields[field]}
            value={typed[field]}
            onChange={put(field)}
            type="password"
            inputMode="numeric"
            autoComplete="new-password"
            autoFocus={field === 'pin'}
            hint={field === 'newPin' ? words.hint : undefined}
            problem={field === 'newPin' ? (weak ?? undefined) : field === 'again' && differs ? words.differs : undefined}
          />
        ))}
      </TypingPad>
      {notes === 'none' ? null : <NotesChoice notes={notes} onNotes={setNotes} phrase={phrase} onPhrase={setPhrase} />}
    </SheetForm>
  );
}

interface NotesChoiceProps {
  readonly notes: Exclude<Notes, 'none'>;
  readonly onNotes: (notes: Exclude<Notes, 'none'>) => void;
  readonly phrase: string;
  readonly onPhrase: (phrase: string) => void;
}

/** Private notes with a phrase go along with it, or stay as they are. */
function NotesChoice({ notes, onNotes, phrase, onPhrase }: NotesChoiceProps) {
  return (
    <>
      <ChoiceTiles
        label={words.notes}
        value={notes}
        onChange={onNotes}
        options={[
          { value: 'phrase', label: words.withPhrase },
          { value: 'leave', label: words.leave },
        ]}
      />
      {notes === 'leave' ? (
        <p>{words.leaveWords}</p>
      ) : (
        <TextField label={words.phrase} value={phrase} onChange={onPhrase} type="password" autoComplete="off" maxLength={200} />
      )}
    </>
  );
}

function waitsOf({ pin, newPin, again }: Readonly<Record<Field, string>>, weak: string | null): string | null {
  if (pin.length < pinDigitsMin) return words.waitsPin;
  if (newPin.length < pinDigitsMin || weak !== null) return words.waitsNew;
  if (newPin === pin) return words.waitsOther;
  return again === newPin ? null : words.waitsAgain;
}
