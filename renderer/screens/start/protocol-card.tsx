import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { limitWords } from '../../../shared/clinical/hold-limit.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { Patient, ProtocolSummary } from '../../../shared/contract/room-contract.ts';
import type { TemperatureUnit } from '../../../shared/values/quantity.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { numberTyped } from '../../format/number-typed.ts';
import { RefusalNote } from '../../components/act/refusal-note.tsx';
import { wordsOfFailure } from '../../connection/failure.ts';
import { Subscript } from '../../components/subscript.tsx';
import { useBoard, useRoom } from '../../live/room-context.tsx';
import { useSeat } from '../../live/use-seat.ts';
import { useWhoMay } from '../../live/use-who-may.ts';
import { startText } from '../../text/start.ts';
import styles from './protocol-card.module.css';
import { ReadFailed } from '../../components/act/read-failed.tsx';

interface ProtocolCardProps {
  readonly session: SessionView | null;
  readonly patient: Patient | null;
  readonly onSignIn: () => void;
}

/** The protocols the room may use. */
function useProtocols() {
  const { client } = useRoom();
  return useQuery({ queryKey: ['protocols'], queryFn: () => client.session.protocols(), staleTime: Infinity });
}

/** The protocol in its own words; before the session is open, also where it is opened. */
export function ProtocolCard({ session, patient, onSignIn }: ProtocolCardProps) {
  const words = startText.protocol;
  const protocols = useProtocols();
  const temperature = useBoard((board) => board.room.formats.temperature);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const list = protocols.data ?? [];
  const shown =
    session === null
      ? (list.find((protocol) => protocol.protocolId === chosenId) ?? (list.length === 1 ? list[0] : undefined))
      : list.find((protocol) => protocol.protocolId === session.protocol.protocolId && protocol.version === session.protocol.version);
  return (
    <Card heading={words.heading} number={2} aside={session === null ? (shown?.status ?? '') : words.fixed} className={styles.card}>
      <ReadFailed of={protocols} words={words.failed} />
      {protocols.isPending ? <p className={styles.quiet}>{words.loading}</p> : null}
      {session === null && list.length > 1 ? (
        <Choices list={list} chosenId={shown?.protocolId ?? null} onChoose={setChosenId} />
      ) : (
        <p className={styles.name}>
          {session?.protocol.name ?? shown?.name ?? ''}
          <span>
            {session === null ? (shown === undefined ? '' : words.version(shown.version)) : words.version(session.protocol.version)}
          </span>
        </p>
      )}
      <dl className={styles.summary}>
        {linesOf(shown, temperature).map(({ term, text }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>
              <Subscript>{text}</Subscript>
            </dd>
          </div>
        ))}
      </dl>
      <p className={styles.note}>{words.noPrompt}</p>
      {session === null ? <OpenSession patient={patient} protocol={shown ?? null} onSignIn={onSignIn} /> : null}
    </Card>
  );
}

/** The protocol's own lines. What holds the dose is not written twice: it is what the go/no-go asks. */
function linesOf(protocol: ProtocolSummary | undefined, temperature: TemperatureUnit): readonly SummaryLine[] {
  if (protocol === undefined) return [];
  const hold = {
    term: startText.protocol.hold,
    text: protocol.holdLimits.map((limit) => `${limit.label} ${limitWords(limit, temperature)}`).join(' · '),
  };
  const lines = protocol.summary.map(({ term, text }) => (term === hold.term ? hold : { term, text }));
  return lines.includes(hold) || hold.text === '' ? lines : [...lines, hold];
}

interface SummaryLine {
  readonly term: string;
  readonly text: string;
}

interface ChoicesProps {
  readonly list: readonly ProtocolSummary[];
  readonly chosenId: string | null;
  readonly onChoose: (protocolId: string) => void;
}

function Choices({ list, chosenId, onChoose }: ChoicesProps) {
  return (
    <div className={styles.choices} role="group" aria-label={startText.protocol.label}>
      {list.map((protocol) => (
        <button
          key={protocol.protocolId}
          type="button"
          className={styles.choice}
          aria-pressed={protocol.protocolId === chosenId}
          onClick={() => onChoose(protocol.protocolId)}
        >
          {protocol.name} <span>{startText.protocol.version(protocol.version)}</span>
        </button>
      ))}
    </div>
  );
}

interface OpenSessionProps {
  readonly patient: Patient | null;
  readonly protocol: ProtocolSummary | null;
  readonly onSignIn: () => void;
}

function OpenSession({ patient, protocol, onSignIn }: OpenSessionProps) {
  const words = startText.patient;
  const { client } = useRoom();
  const { person } = useSeat();
  const isSomebodys = useWhoMay();
  const [number, setNumber] = useState('');
  const [of, setOf] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const course = courseTyped(number, of);
  const waits =
    person === null
      ? words.openWaitsSignIn
      : patient === null
        ? words.openWaits
        : protocol === null
          ? words.openWaitsProtocol
          : course === 'wrong'
            ? words.openWaitsCourse
            : null;
  const open = (): void => {
    if (person === null) onSignIn();
    if (person !== null && !isSomebodys({ task: 'open-session' })) return;
    if (waits !== null || busy || patient === null || protocol === null || course === 'wrong') return;
    setBusy(true);
    setFailure(null);
    client.session
      .open({ commandId: crypto.randomUUID(), patientId: patient.patientId, protocolId: protocol.protocolId, course })
      .catch((error: unknown) => setFailure(wordsOfFailure(error)))
      .finally(() => setBusy(false));
  };
  return (
    <div className={styles.open}>
      <div className={styles.course} role="group" aria-label={words.course}>
        <span>{words.course}</span>
        <input aria-label={words.course} value={number} inputMode="numeric" onChange={(event) => setNumber(event.target.value)} />
        <span>{words.of}</span>
        <input aria-label={words.courseTotal} value={of} inputMode="numeric" onChange={(event) => setOf(event.target.value)} />
        <span className={styles.hint}>{words.courseHint}</span>
      </div>
      {failure === null ? null : <RefusalNote words={failure} />}
      <Button
        key={patient?.patientId ?? 'nobody'}
        kind="primary"
        size="large"
        autoFocus={patient !== null}
        onPress={open}
        isDisabled={busy || (waits !== null && waits !== words.openWaitsSignIn)}
      >
        {busy ? words.opening : words.open}
        {waits === null ? null : <span className={styles.waits}> {waits}</span>}
      </Button>
    </div>
  );
}

/** null: not part of a course. */
function courseTyped(number: string, of: string): { readonly number: number; readonly of: number } | null | 'wrong' {
  if (number.trim() === '' && of.trim() === '') return null;
  const [first, last] = [numberTyped(number), numberTyped(of)];
  if (first === null || last === null || !Number.isInteger(first) || !Number.isInteger(last)) return 'wrong';
  return first < 1 || first > last || last > 100 ? 'wrong' : { number: first, of: last };
}
