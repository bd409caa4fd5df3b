import { useState } from 'react';
import type { KeyCeremony } from '../../../shared/contract/recovery-keys.ts';
import { Button } from '../../components/button.tsx';
import { SecondPersonField } from '../../components/fields/second-person-field.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { SheetForm } from '../../components/sheet/sheet-form.tsx';
import { useBoard, useRoom } from '../../live/room-context.tsx';
import { peopleText } from '../../text/people.ts';
import { recoveryKeyText } from '../../text/recovery-keys.ts';
import { PrintedKey } from './printed-key.tsx';
import { TypedGroups } from './typed-groups.tsx';
import { useConfirmedAct } from './use-confirmed-act.ts';
import { useTypeBack } from './use-type-back.ts';

const words = recoveryKeyText.sheet;

interface NewKeyProps {
  /** Of whom one stands by with their own PIN; empty where nobody has to. */
  readonly confirmers: readonly string[];
  readonly onBack: () => void;
  readonly onBegun: (name: string, ceremony: KeyCeremony) => void;
}

/** Where it will lie, and who stands by. */
export function NewKey({ confirmers, onBack, onBegun }: NewKeyProps) {
  const { client } = useRoom();
  const [typed, setTyped] = useState('');
  const { second, busy, refusal, send } = useConfirmedAct(confirmers);
  const name = typed.trim();
  const waits = name === '' ? words.waitsName : (second?.waits ?? null);
  const begin = (): void => {
    if (waits !== null) return;
    send(
      (confirm) => client.recoveryKeys.begin({ name, ...confirm }),
      (ceremony) => onBegun(name, ceremony),
    );
  };
  return (
    <SheetForm
      title={words.another}
      words={words.anotherWords}
      cancel={peopleText.back}
      onCancel={onBack}
      confirm={words.show}
      waitsFor={waits}
      busy={busy}
      onConfirm={begin}
      refusal={refusal}
    >
      <TextField label={words.name} value={typed} onChange={setTyped} maxLength={60} hint={words.nameHint} />
      {second === null ? null : <SecondPersonField draft={second} label={peopleText.confirms} onEnter={begin} busy={busy} />}
    </SheetForm>
  );
}

interface CeremonyProps {
  readonly name: string;
  readonly ceremony: KeyCeremony;
}

/** Shown once; nothing is kept before it was typed back. */
export function KeyOnPaper({
  name,
  ceremony,
  onLeave,
  onGoOn,
}: CeremonyProps & { readonly onLeave: () => void; readonly onGoOn: () => void }) {
  const roomName = useBoard((board) => board.room.name);
  return (
    <SheetForm
      title={words.paper(name)}
      words={words.paperWords}
      cancel={words.leave}
      onCancel={onLeave}
      confirm={recoveryKeyText.toTyping}
      waitsFor={null}
      busy={false}
      onConfirm={onGoOn}
      refusal={null}
    >
      <PrintedKey recoveryKey={ceremony.recoveryKey} roomName={roomName} name={name} />
      <div>
        <Button onPress={() => window.print()}>{recoveryKeyText.print}</Button>
      </div>
    </SheetForm>
  );
}

export function KeyTyped({ name, ceremony, onBack, onDone }: CeremonyProps & { readonly onBack: () => void; readonly onDone: () => void }) {
  const typing = useTypeBack(ceremony, onDone);
  const { refusal, busy, isFull } = typing;
  return (
    <SheetForm
      title={words.typing(name)}
      words={recoveryKeyText.typingWords}
      cancel={recoveryKeyText.toPaper}
      onCancel={onBack}
      confirm={busy ? recoveryKeyText.checking : words.keep}
      waitsFor={isFull ? null : recoveryKeyText.waits}
      busy={busy}
      onConfirm={typing.check}
      refusal={refusal !== null && refusal.group === null ? refusal.words : null}
    >
      <TypedGroups asked={ceremony.asked} typing={typing} />
    </SheetForm>
  );
}
