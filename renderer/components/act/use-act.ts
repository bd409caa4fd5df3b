import { useState } from 'react';
import type { Doubt } from '../../../shared/contract/contract-errors.ts';
import { hasWords, type Answer } from '../../../shared/contract/doubt.ts';
import type { SessionCommandInput } from '../../../shared/contract/session-commands.ts';
import { useBoard } from '../../live/room-context.tsx';
import { useActor } from '../../live/use-seat.ts';
import { askedOf, useWhoMay } from '../../live/use-who-may.ts';
import { doubtsText } from '../../text/doubts.ts';
import { useFitting, type Fitting } from './fitting.tsx';
import { useSend, type SendWith } from './use-send.ts';
import { isAboutPin, useSecondPerson, type SecondPersonDraft } from '../fields/use-second-person.ts';

/** What a refused command asked, and what has been said to it so far. */
export interface DoubtsDraft {
  readonly doubts: readonly Doubt[];
  readonly reasonOf: (key: string) => string;
  readonly give: (key: string, reason: string) => void;
  /** A prescriber who sits here types their own PIN again. */
  readonly own: SecondPersonDraft | null;
  readonly second: SecondPersonDraft | null;
}

/** One act of a form: sent, asked about, answered, recorded. */
export interface ActForm {
  readonly busy: boolean;
  /** Why it was not recorded, where no answer would help. */
  readonly words: string | null;
  readonly asks: DoubtsDraft | null;
  /** What the answers still lack, for the button that records; null when nothing. */
  readonly waits: string | null;
  readonly send: () => void;
  /** Of the form's own fields, where no form is around them; the questions' fields are always among them. */
  readonly fitting: Fitting;
}

interface ActOptions {
  /** What else on the screen the questions rest on. */
  readonly basis?: string | null;
  /** Whoever signs for the act in a field of the form itself; they sign for its doubts, too. */
  readonly second?: SecondPersonDraft | null;
}

interface Failed {
  readonly command: SessionCommandInput;
  readonly basis: string | null;
  /** null where the questions say it all. */
  readonly words: string | null;
  readonly doubts: readonly Doubt[];
}

/**
 * `command` is what the form asks for now; null while it is incomplete. Whatever was said about one command says
 * nothing about another: as soon as the form asks for another amount once, questions, answers and PINs are gone. So
 * they are when `basis` changes.
 */
export function useAct(
  command: SessionCommandInput | null,
  onRecorded: () => void,
  { basis = null, second: given = null }: ActOptions = {},
): ActForm {
  const send = useSend();
  const isSomebodys = useWhoMay();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<Failed | null>(null);
  const [reasons, setReasons] = useState<Reasons>({});
  const current = whileSameAct(failed, command, basis);
  const doubts = current?.doubts ?? [];
  const { own, second: asked, forgetPins, forgetAll } = useVouchers(command, doubts);
  const second = given ?? asked;
  // Cleared during this render and not restored: if an earlier amount is typed again, it is asked about anew.
  if (failed !== current) {
    setFailed(current);
    setReasons({});
    forgetAll();
    given?.forgetPin();
  }
  useSignedFor(command, given);
  const fitting = useFitting();
  const waits = fitting.waits ?? waitsOf(doubts, reasons) ?? own?.waits ?? second?.waits ?? null;
  const record = (): void => {
    if (command === null || busy || waits !== null || !isSomebodys(askedOf(command))) return;
    const beside: SendWith = {
      ...(doubts.length === 0 ? {} : { answers: answersTo(doubts, reasons) }),
      ...secondPersonOf(second),
      ...ownPinOf(own),
    };
    setBusy(true);
    void send(command, beside).then((outcome) => {
      setBusy(false);
      forgetPins();
      given?.forgetPin();
      if (outcome.ok) {
        setFailed(null);
        setReasons({});
        onRecorded();
        return;
      }
      if (current === null) setReasons({});
      const asked = outcome.doubts.length > 0;
      const said = isAboutPin(outcome.code) && saidAtPad(own, second, outcome.words);
      const words = asked || said ? null : outcome.words;
      setFailed({ command, basis, words, doubts: asked ? outcome.doubts : stillAsked(outcome.code, doubts) });
    });
  };
  return {
    busy,
    words: current?.words ?? null,
    asks:
      doubts.length === 0
        ? null
        : {
            doubts,
            reasonOf: (key) => reasons[key] ?? '',
            give: (key, reason) => setReasons((given) => ({ ...given, [key]: reason })),
            own,
            second: given === null ? second : null,
          },
    waits,
    send: record,
    fitting,
  };
}

/** What was asked, while the form asks for what it was asked about; null from the first difference on. */
export function whileSameAct<Asked extends Pick<Failed, 'command' | 'basis'>>(
  asked: Asked | null,
  command: SessionCommandInput | null,
  basis: string | null,
): Asked | null {
  return asked !== null && command !== null && asked.basis === basis && isSameAct(asked.command, command) ? asked : null;
}

function secondPersonOf(second: SecondPersonDraft | null): SendWith {
  const witness = second?.secondPerson ?? null;
  return witness === null ? {} : { witness };
}

function ownPinOf(own: SecondPersonDraft | null): SendWith {
  const witness = own?.secondPerson ?? null;
  return witness === null ? {} : { ownPin: witness.pin };
}

/** The first pad takes the keys again. With two PINs it is not known which one was wrong, so the words stand above both. */
function saidAtPad(own: SecondPersonDraft | null, second: SecondPersonDraft | null, words: string): boolean {
  const isOne = own === null || second === null;
  const pad = own ?? second;
  pad?.askAgain(isOne ? words : null);
  return pad !== null && isOne;
}

/** After a wrong PIN, or without any answer, the open questions stay. */
function stillAsked(code: string | null, doubts: readonly Doubt[]): readonly Doubt[] {
  return code === null || code.startsWith('STAFF_') ? doubts : [];
}

type Reasons = Readonly<Record<string, string>>;

function waitsOf(doubts: readonly Doubt[], reasons: Reasons): string | null {
  if (doubts.some(({ needs }) => needs === 'second-reading')) return doubtsText.waitsReading;
  const open = doubts.filter(({ key }) => !hasWords(reasons[key] ?? '')).length;
  return open === 0 ? null : doubtsText.waitsReason(open);
}

function answersTo(doubts: readonly Doubt[], reasons: Reasons): Answer[] {
  return doubts.map(({ key }) => ({ key, reason: (reasons[key] ?? '').trim() }));
}

/** Whose PIN the open questions need: with a prescriber beside a nurse, one PIN answers for both. */
function useVouchers(command: SessionCommandInput | null, doubts: readonly Doubt[]) {
  const actor = useActor(command ?? { type: 'undo' });
  const needs = new Set(doubts.map((doubt) => doubt.needs));
  const isPrescriber = actor?.role === 'prescriber';
  const own = useSecondPerson(['prescriber'], actor, 'self');
  const amounts = useBoard((board) => board.room.secondPersons['doubtful-amounts']);
  const second = useSecondPerson(needs.has('prescriber') && !isPrescriber ? ['prescriber'] : amounts, actor);
  const asksOwn = needs.has('prescriber') && isPrescriber;
  const asksSecond = needs.has('second-person') || (needs.has('prescriber') && !isPrescriber);
  return {
    own: asksOwn ? own : null,
    second: asksSecond ? second : null,
    forgetPins: () => {
      own.forgetPin();
      second.forgetPin();
    },
    forgetAll: () => {
      own.forget();
      second.forget();
    },
  };
}

/** A PIN in a field of the form signs for the amounts as they were when it was typed. If they change, it is forgotten. */
function useSignedFor(command: SessionCommandInput | null, given: SecondPersonDraft | null): void {
  const [signed, setSigned] = useState<Signed | null>(null);
  if (given === null) return;
  if (given.pin === '') {
    if (signed !== null) setSigned(null);
  } else if (signed === null) {
    if (command !== null) setSigned({ command, basis: null });
  } else if (whileSameAct(signed, command, null) === null) {
    setSigned(null);
    given.forgetPin();
  }
}
type Signed = Pick<Failed, 'command' | 'basis'>;

/** A time that a form counts from now moves with the clock; the act stays the same within this. */
const sameTimeMs = 60_000;

export function isSameAct(one: SessionCommandInput, other: SessionCommandInput): boolean {
  const [a, b] = [timeOf(one), timeOf(other)];
  if ((a === null) !== (b === null) || Math.abs((a ?? 0) - (b ?? 0)) > sameTimeMs) return false;
  const figures = (command: SessionCommandInput): string => JSON.stringify({ ...command, at: undefined });
  return figures(one) === figures(other);
}

function timeOf(command: SessionCommandInput): number | null {
  return 'at' in command && command.at !== undefined ? command.at.utcMs : null;
}
