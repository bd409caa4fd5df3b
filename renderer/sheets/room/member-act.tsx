import type { ReactNode } from 'react';
import type { SecondPerson } from '../../../shared/contract/typed-pin.ts';
import type { StaffMember } from '../../../shared/contract/staff-contract.ts';
import { SecondPersonField } from '../../components/fields/second-person-field.tsx';
import { SheetForm } from '../../components/sheet/sheet-form.tsx';
import { peopleText } from '../../text/people.ts';
import { useConfirmedAct } from './use-confirmed-act.ts';

/** What every form about somebody who is known in the room is given. */
export interface MemberFormProps {
  readonly member: StaffMember;
  readonly onBack: () => void;
  /** What was done, in words. */
  readonly onDone: (said: string) => void;
}

interface MemberActProps extends MemberFormProps {
  readonly words: {
    readonly title: (name: string) => string;
    readonly words: string;
    readonly record: string;
    readonly done: (name: string) => string;
  };
  /** Of whom one stands by with their own PIN; nobody has to where there are none. */
  readonly confirmers: readonly string[];
  /** What the form itself lacks; null where nothing. */
  readonly lacks?: string | null;
  readonly send: (confirm: { readonly confirm?: SecondPerson }) => Promise<unknown>;
  /** As they are called afterwards. */
  readonly name?: string;
  readonly children?: ReactNode;
}

/** An act about somebody of the room: what it takes, who confirms it, and the button that does it. */
export function MemberAct({ member, onBack, onDone, words, confirmers, lacks = null, send: call, name, children }: MemberActProps) {
  const { second, busy, refusal, send } = useConfirmedAct(confirmers);
  const waits = lacks ?? second?.waits ?? null;
  const record = (): void => {
    if (waits === null) send(call, () => onDone(words.done(name ?? member.name)));
  };
  return (
    <SheetForm
      title={words.title(member.name)}
      words={words.words}
      cancel={peopleText.back}
      onCancel={onBack}
      confirm={busy ? peopleText.saving : words.record}
      waitsFor={waits}
      busy={busy}
      onConfirm={record}
      refusal={refusal}
    >
      {children}
      {second === null ? null : <SecondPersonField draft={second} label={peopleText.confirms} onEnter={record} busy={busy} />}
    </SheetForm>
  );
}
