import type { DetectionCandidate, DetectionResult } from '../../../shared/contract/detection.ts';
import { assertNever } from '../../../shared/values/assert-never.ts';
import { mustBeAsked, type Proof } from '../drivers/driver.ts';
import type { PortErrorCode } from '../platform/byte-ports.ts';
import type { Scored, DetectionVerdict } from './detection-score.ts';

/** What was received at one speed. It is used for the words where Vigil could not read the bytes. */
export interface RawHeard {
  readonly settings: string;
  readonly bytes: number;
  /** Bytes that are letters, digits, signs or line ends. */
  readonly readable: number;
  /** The first readable words, shortened; empty where there are none. */
  readonly sample: string;
}

export interface FoundOnPort {
  readonly port: string;
  readonly verdict: DetectionVerdict;
  readonly raw: readonly RawHeard[];
  readonly asked: boolean;
  readonly sentBytes: number;
}

/** So much of what came is readable: text, and not a wrong speed. */
const readableShare = 0.95;

/** The result in words: what was found, why, and what to do. */
export function resultOf(found: FoundOnPort): DetectionResult {
  const { verdict, raw, sentBytes } = found;
  const bytes = raw.reduce((sum, one) => sum + one.bytes, 0);
  const base = { bytes, sentBytes };
  switch (verdict.finding) {
    case 'named': {
      const candidate = candidateOf(verdict.best);
      return {
        ...base,
        finding: 'named',
        candidates: [candidate],
        words: `A ${candidate.vendor} monitor answers at ${candidate.settings}.`,
        advice: candidate.askedByOther
          ? 'Another recorder asks it already. Add it as listen-only: two that ask would disturb each other.'
          : 'Add it, and give it a name.',
      };
    }
    case 'ambiguous':
      return {
        ...base,
        finding: 'ambiguous',
        candidates: verdict.candidates.map((one) => candidateOf(one)),
        words: 'What arrives may be one of these, and is not enough to say which.',
        advice: 'Choose the monitor that is on the cable, or look again while it shows values.',
      };
    case 'mixed':
      return {
        ...base,
        finding: 'mixed',
        candidates: verdict.candidates.map((one) => candidateOf(one)),
        words: 'Frames of two monitors arrive on one line.',
        advice: 'One cable carries one monitor. Take one of them off this line.',
      };
    case 'unknown':
      return { ...base, candidates: [], ...unknownWords(found) };
    default:
      return assertNever(verdict);
  }
}

function unknownWords({ raw, asked }: FoundOnPort): Pick<DetectionResult, 'finding' | 'words' | 'advice'> {
  const spoken = raw.filter((one) => one.bytes > 0);
  if (spoken.length === 0) {
    return {
      finding: 'nothing',
      words: asked ? 'Nothing arrives, and nothing answered.' : 'Nothing arrives.',
      advice: asked
        ? 'Check that the monitor is on, that the cable is the right one and sits in its serial output, and that this output is switched on in its menu.'
        : 'Check that the monitor is on and the cable sits in its serial output. Some monitors say nothing until they are asked.',
    };
  }
  const text = spoken.find((one) => one.bytes >= 16 && one.readable >= one.bytes * readableShare);
  if (text !== undefined) {
    return {
      finding: 'text',
      words: `Readable text arrives at ${text.settings}, in no format that Vigil reads: “${text.sample}”.`,
      advice: 'Set the format of the serial output in the monitor’s menu (Masimo: ASCII 1), then look again.',
    };
  }
  const most = spoken.toSorted((a, b) => b.bytes - a.bytes)[0] ?? spoken[0];
  const speeds = [...new Set(spoken.map((one) => one.settings))].join(', ');
  return {
    finding: 'bytes',
    words: `${most?.bytes ?? 0} bytes arrive, and at ${speeds} they are no frame of a known monitor: another speed, another device, or noise.`,
    advice: 'Check the speed and the format of the serial output in the monitor’s menu, and that the cable is away from power supplies.',
  };
}

export function refusedResult(code: PortErrorCode | 'PORT_PULLED', port: string, sentBytes: number, bytes = 0): DetectionResult {
  const base = { candidates: [], bytes, sentBytes };
  switch (code) {
    case 'PORT_BUSY':
      return {
        ...base,
        finding: 'busy',
        words: `Another program has ${port} open.`,
        advice: 'Close that program, then look again. Vigil cannot share a port.',
      };
    case 'PORT_FORBIDDEN':
      return {
        ...base,
        finding: 'forbidden',
        words: `Vigil may not open ${port}.`,
        advice:
          'Clinic IT: the user needs the group that owns the port (dialout on most systems), then has to sign in to the computer again.',
      };
    case 'PORT_NOT_FOUND':
      return { ...base, finding: 'gone', words: `${port} is not there.`, advice: 'Plug the adapter in, then look again.' };
    case 'PORT_PULLED':
      return {
        ...base,
        finding: 'gone',
        words: `${port} was pulled out while Vigil listened.`,
        advice: 'Plug the adapter in, then look again.',
      };
    case 'PORT_FAILED':
      return {
        ...base,
        finding: 'failed',
        words: `${port} could not be opened.`,
        advice: 'Pull the adapter out and plug it in again, then look again.',
      };
    default:
      return assertNever(code);
  }
}

export function stoppedResult(sentBytes: number, bytes: number): DetectionResult {
  return { finding: 'stopped', candidates: [], bytes, sentBytes, words: 'Stopped.', advice: 'Look again when you like.' };
}

export function inUseResult(name: string): DetectionResult {
  return {
    finding: 'in-use',
    candidates: [],
    bytes: 0,
    sentBytes: 0,
    words: `“${name}” is set up on this port.`,
    advice: 'Its card says how it is. Remove it there to look for another monitor here.',
  };
}

const checkWords: Readonly<Record<Proof['check'], string>> = {
  crc: 'with a good checksum',
  sum: 'with a good sum',
  text: 'of its exact form',
  none: 'without any checksum',
};

function candidateOf(one: Scored): DetectionCandidate {
  const { driver } = one;
  const frames = one.frames === 1 ? 'one frame' : `${one.frames} frames`;
  const evidence = `${frames} ${checkWords[driver.proof.check]}; ${Math.round(one.share * 100)} % of ${one.bytes} bytes`;
  return {
    protocol: driver.id,
    vendor: driver.vendor,
    models: [...driver.models],
    score: one.score,
    settings: one.settings,
    evidence: one.asked ? `${evidence}, in answer to its questions` : evidence,
    askedByOther: !one.asked && mustBeAsked(driver),
  };
}
