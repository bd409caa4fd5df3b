import { useEffect, useRef, useState } from 'react';
import type { DetectionCandidate, DetectionResult, DetectionView } from '../../../shared/contract/detection.ts';
import { monitorsText } from '../../text/monitors.ts';
import { Button } from '../button.tsx';
import { RefusalNote } from '../act/refusal-note.tsx';
import { wordsOfFailure } from '../../connection/failure.ts';
import { AskConsent } from './ask-consent.tsx';
import { usePortLook } from './use-port-look.ts';
import styles from './find-monitors.module.css';

const words = monitorsText.find;

interface PortRowProps {
  readonly port: {
    readonly path: string;
    readonly stableId: string | null;
    readonly manufacturer: string | null;
    readonly usedBy: string | null;
  };
  /** Grows when all ports are to be looked at. */
  readonly round: number;
  readonly isTaken: boolean;
  readonly full: string | null;
  readonly onAdd: (candidate: DetectionCandidate) => Promise<void>;
}

/** One port: what it is, what is being done, what was found and what can be done about it. */
export function PortRow({ port, round, isTaken, full, onAdd }: PortRowProps) {
  const look = usePortLook(port.path);
  const [consents, setConsents] = useState(false);
  const { begin } = look;
  const beginNow = useRef(begin);
  beginNow.current = begin;
  useEffect(() => {
    if (round > 0 && !isTaken) beginNow.current(false);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only a new round begins a look; a port that becomes free does not
  }, [round]);
  const running = look.view?.state === 'running';
  const result = isTaken || running ? null : (look.view?.result ?? null);
  return (
    <li className={styles.port}>
      <div className={styles.portHead}>
        <strong>{port.path}</strong>
        <span>{stateOf(port.usedBy, isTaken, look.view)}</span>
      </div>
      <p className={styles.quiet}>{[port.manufacturer, port.stableId].filter((part) => part !== null).join(' · ')}</p>
      {running && look.view !== null ? <Progress view={look.view} onStop={look.stop} /> : null}
      {result === null ? null : <Found result={result} port={port.path} full={full} onAdd={onAdd} />}
      {look.problem === null ? null : <RefusalNote words={look.problem} />}
      {isTaken || running || consents ? null : (
        <div className={styles.actions}>
          {result === null ? null : (
            <Button onPress={() => look.begin(false)} label={words.againOf(port.path)}>
              {words.again}
            </Button>
          )}
          {result !== null && canAsk(result) ? (
            <Button onPress={() => setConsents(true)} label={words.askOf(port.path)}>
              {words.ask}
            </Button>
          ) : null}
        </div>
      )}
      {consents && !running ? (
        <AskConsent
          port={port.path}
          onAgree={() => {
            setConsents(false);
            look.begin(true);
          }}
          onRefuse={() => setConsents(false)}
        />
      ) : null}
    </li>
  );
}

function stateOf(usedBy: string | null, isTaken: boolean, view: DetectionView | null): string {
  if (usedBy !== null) return words.usedBy(usedBy);
  if (isTaken) return words.findings['in-use'];
  if (view === null) return words.notLooked;
  return view.result === null ? '' : words.findings[view.result.finding];
}

/** A device that sends by itself is not asked anything unless a person wants it. A port that cannot be opened cannot be asked. */
function canAsk({ finding }: DetectionResult): boolean {
  return finding === 'nothing' || finding === 'bytes' || finding === 'ambiguous' || finding === 'text';
}

function Progress({ view, onStop }: { readonly view: DetectionView; readonly onStop: () => void }) {
  return (
    <div className={styles.progress} role="status">
      <span>{words.seconds(view.step === '' ? words.starting : view.step, Math.round(view.elapsedMs / 1000))}</span>
      <progress max={view.ofMs} value={Math.min(view.elapsedMs, view.ofMs)} aria-label={view.step} />
      <Button onPress={onStop} label={words.stopOf(view.port)}>
        {words.stop}
      </Button>
    </div>
  );
}

interface FoundProps {
  readonly result: DetectionResult;
  readonly port: string;
  readonly full: string | null;
  readonly onAdd: (candidate: DetectionCandidate) => Promise<void>;
}

function Found({ result, port, full, onAdd }: FoundProps) {
  const [adding, setAdding] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const add = (candidate: DetectionCandidate): void => {
    setAdding(candidate.protocol);
    setProblem(null);
    onAdd(candidate)
      .catch((error: unknown) => setProblem(wordsOfFailure(error)))
      .finally(() => setAdding(null));
  };
  const offers = result.finding === 'mixed' ? [] : result.candidates;
  return (
    <div className={styles.found} role="status">
      <p>{result.words}</p>
      <p className={styles.quiet}>{result.advice}</p>
      {offers.map((candidate) => {
        const button = candidate.askedByOther ? words.addListening(candidate.vendor) : words.add(candidate.vendor);
        return (
          <div key={candidate.protocol} className={styles.candidate}>
            <p>
              <strong>{`${candidate.vendor} · ${candidate.protocol}`}</strong>
              <span className={styles.quiet}>{candidate.evidence}</span>
            </p>
            <Button
              kind="primary"
              onPress={() => add(candidate)}
              isDisabled={adding !== null || full !== null}
              label={words.addOf(button, candidate.protocol, port)}
            >
              {adding === candidate.protocol ? words.adding : button}
            </Button>
          </div>
        );
      })}
      {full === null || offers.length === 0 ? null : <p className={styles.quiet}>{full}</p>}
      {problem === null ? null : <RefusalNote words={problem} />}
    </div>
  );
}
