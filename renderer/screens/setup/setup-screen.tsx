import { useEffect, useId, useRef, useState } from 'react';
import type { KeyCeremony } from '../../../shared/contract/recovery-keys.ts';
import { Button } from '../../components/button.tsx';
import { RefusalNote } from '../../components/act/refusal-note.tsx';
import { refusalOf, wordsOfFailure } from '../../connection/failure.ts';
import { formatsOfLanguage } from '../../format/formats-words.ts';
import { useRoom } from '../../live/room-context.tsx';
import { addressOf } from '../../navigation.ts';
import { setupText } from '../../text/setup.ts';
import { MonitorStep } from './monitor-step.tsx';
import { PersonStep } from './person-step.tsx';
import { RecoveryKey } from './recovery-key.tsx';
import { RoomStep } from './room-step.tsx';
import { emptyDraft, placeOfRefusal, problemsOfStep, type DraftProblem, type SetupDraft } from '../../sheets/room/setup-draft.ts';
import type { StepProps } from './step-props.ts';
import { RecordButton } from '../../components/act/record-button.tsx';
import styles from './setup-screen.module.css';

interface SetupScreenProps {
  /** When the room is set up and its key is kept. */
  readonly onDone: () => void;
  /** Leaves without setting anything up; missing where there is nowhere to go. */
  readonly onLeave?: () => void;
}

/** Three calm steps, then the recovery key. Nothing is written before the last step, and then all of it at once. */
export function SetupScreen({ onDone, onLeave }: SetupScreenProps) {
  const headingId = useId();
  const setup = useSetup();
  const form = useRef<HTMLFormElement>(null);
  useOwnAddress();
  // What was refused stands beside the button, and the field that it is about has the focus.
  useEffect(() => {
    if (setup.refusals > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [setup.refusals]);
  const { draft, step, busy, failure, kept, problemOf, put } = setup;
  if (kept !== null) return <RecoveryKey roomName={draft.roomName.trim()} ceremony={kept} onDone={onDone} />;
  const last = setupText.steps.length - 1;
  const stepProps: StepProps = { draft, put, problemOf };
  return (
    <main className={styles.screen}>
      <form
        ref={form}
        className={styles.card}
        aria-labelledby={headingId}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setup.goOn();
        }}
      >
        <header className={styles.head}>
          <h1 className={styles.title}>{setupText.title}</h1>
          <p className={styles.quiet}>{setupText.intro}</p>
          <Steps step={step} />
        </header>
        <section className={styles.body} key={step}>
          <h2 id={headingId} className={styles.heading}>
            {setupText.steps[step]}
          </h2>
          {step === 0 ? <RoomStep {...stepProps} /> : step === 1 ? <PersonStep {...stepProps} /> : <MonitorStep {...stepProps} />}
        </section>
        {failure === null ? null : <RefusalNote words={failure} />}
        <footer className={styles.footer}>
          {step > 0 ? (
            <Button onPress={setup.goBack}>{setupText.back}</Button>
          ) : onLeave === undefined ? (
            <span />
          ) : (
            <Button onPress={onLeave}>{setupText.leave}</Button>
          )}
          <RecordButton
            label={busy ? setupText.finishing : step === last ? setupText.finish : setupText.next}
            isDisabled={busy}
            size="large"
            className={styles.next}
          />
        </footer>
      </form>
    </main>
  );
}

/**
 * A room that becomes set up would be shown its home at once, and the recovery key would never be seen: the
 * address says that one is still here. It takes the place of the former one, so that "back" does not lose the key.
 */
function useOwnAddress(): void {
  useEffect(() => window.location.replace(addressOf({ at: 'setup' })), []);
}

/** The draft and where one is in it. */
function useSetup() {
  const { client } = useRoom();
  const [draft, setDraft] = useState<SetupDraft>(() => ({ ...emptyDraft, formats: formatsOfLanguage(navigator.language) }));
  const [step, setStep] = useState(0);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const refusal = useRefusal();
  const [kept, setKept] = useState<KeyCeremony | null>(null);
  const problems = problemsOfStep(draft, step);
  const refusedBy = (error: unknown): void => {
    const place = placeOfRefusal(refusalOf(error)?.subject);
    if (place !== null) setStep(place.step);
    refusal.put({ field: place?.field ?? '', words: wordsOfFailure(error) });
  };
  const finish = (): void => {
    const { role } = draft;
    if (role === null) return;
    setBusy(true);
    refusal.clear();
    client.setup
      .room({
        roomName: draft.roomName.trim(),
        formats: draft.formats,
        person: { name: draft.personName.trim(), role, pin: draft.pin },
        monitors: draft.monitors.flatMap(({ name, protocol, port, listenOnly }) =>
          protocol === null
            ? []
            : [{ name: name.trim(), protocol, port: port.trim(), ...(listenOnly === undefined ? {} : { listenOnly }) }],
        ),
      })
      .then(setKept, refusedBy)
      .finally(() => setBusy(false));
  };
  return {
    draft,
    step,
    busy,
    failure: refusal.problem?.words ?? null,
    refusals: refusal.count,
    kept,
    put: (change: Partial<SetupDraft>): void => {
      setDraft((current) => ({ ...current, ...change }));
      refusal.clear();
    },
    problemOf: (field: string): string | undefined =>
      refusal.problem?.field === field
        ? refusal.problem.words
        : tried
          ? problems.find((problem) => problem.field === field)?.words
          : undefined,
    goOn: (): void => {
      if (busy) return;
      const [first] = problems;
      setTried(first !== undefined);
      if (first !== undefined) return refusal.put(first);
      refusal.clear();
      if (step === setupText.steps.length - 1) finish();
      else setStep(step + 1);
    },
    goBack: (): void => {
      setTried(false);
      refusal.clear();
      setStep(step - 1);
    },
  };
}

/** What was refused last, and how often: each time the field that it is about is gone to. It goes when something is typed. */
function useRefusal() {
  const [problem, setProblem] = useState<DraftProblem | null>(null);
  const [count, setCount] = useState(0);
  return {
    problem,
    count,
    put: (next: DraftProblem): void => {
      setProblem(next);
      setCount((before) => before + 1);
    },
    clear: (): void => setProblem(null),
  };
}

function Steps({ step }: { readonly step: number }) {
  return (
    <ol className={styles.steps} aria-label={setupText.stepOf(step + 1, setupText.steps.length)}>
      {setupText.steps.map((name, index) => (
        <li
          key={name}
          className={styles.step}
          data-state={index < step ? 'done' : index === step ? 'current' : 'open'}
          aria-current={index === step ? 'step' : undefined}
        >
          <span className={styles.stepNumber} aria-hidden="true">
            {index < step ? '✓' : index + 1}
          </span>
          {name}
        </li>
      ))}
    </ol>
  );
}
