import type { RecoveryKeyView } from '../../../shared/contract/recovery-keys.ts';
import { SecondPersonField } from '../../components/fields/second-person-field.tsx';
import { SheetForm } from '../../components/sheet/sheet-form.tsx';
import { useRoom } from '../../live/room-context.tsx';
import { peopleText } from '../../text/people.ts';
import { recoveryKeyText } from '../../text/recovery-keys.ts';
import { useConfirmedAct } from './use-confirmed-act.ts';

const words = recoveryKeyText.sheet;

interface TakeKeyAwayProps {
  readonly of: RecoveryKeyView;
  /** Of whom one stands by with their own PIN; empty where nobody has to. */
  readonly confirmers: readonly string[];
  readonly onBack: () => void;
  readonly onDone: (said: string) => void;
}

/** A key opens the room no more; what it still opens is said before. */
export function TakeKeyAway({ of: { keyId, name }, confirmers, onBack, onDone }: TakeKeyAwayProps) {
  const { client } = useRoom();
  const { second, busy, refusal, send } = useConfirmedAct(confirmers);
  const waits = second?.waits ?? null;
  const called = words.nameOf(name);
  const remove = (): void => {
    if (waits !== null) return;
    send(
      (confirm) => client.recoveryKeys.remove({ keyId, ...confirm }),
      () => onDone(words.removed(called)),
    );
  };
  return (
    <SheetForm
      title={words.removeOf(called)}
      words={words.removeWords}
      cancel={peopleText.back}
      onCancel={onBack}
      confirm={words.remove}
      waitsFor={waits}
      busy={busy}
      onConfirm={remove}
      refusal={refusal}
    >
      {second === null ? null : <SecondPersonField draft={second} label={peopleText.confirms} onEnter={remove} busy={busy} />}
    </SheetForm>
  );
}
