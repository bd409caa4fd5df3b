import type { RoomBoard } from '../../../../shared/contract/board/room-board.ts';
import type { Vital, VitalSource } from '../../../../shared/contract/board/vitals.ts';
import { assertNever } from '../../../../shared/values/assert-never.ts';
import { showDecimal } from '../../../../shared/values/quantity.ts';
import { minutesAndSeconds } from '../../../../shared/values/clock-time.ts';
import { agoWords } from '../../../format/durations.ts';
import type { EnteredKey } from '../../../sheets/vitals/entered-vitals.ts';
import { vitalsText } from '../../../text/vitals.ts';

const seriesKeys = ['pulse', 'spo2', 'bp', 'resp', 'co2'] as const;
type Series = (typeof seriesKeys)[number];

/** What one tile shows, in words and figures; the tile itself decides nothing. */
export interface VitalView {
  readonly series: Series;
  readonly name: string;
  readonly unit: string;
  readonly state: 'live' | 'late' | 'lost' | 'not-connected';
  /** The figure, or both figures of a pair; null where there is none to show. */
  readonly figure: readonly [string] | readonly [string, string] | null;
  /** The age, or the reason why there is no figure. Always there but on a tile that is not connected. */
  readonly note: string | null;
  /** An age that is read deliberately, or a reason, stands out. */
  readonly noteStrong: boolean;
  readonly icon: 'clock' | 'cable-out' | 'eye' | null;
  readonly context: string | null;
  /** The field into which it is typed where no monitor gives it; null where one does, and where it is never typed. */
  readonly typedAs: EnteredKey | null;
  /** Replaces the context where the column is narrow. */
  readonly contextShort?: string;
}

interface VitalContext {
  readonly nowMs: number;
  readonly minute: (ms: number) => string;
}

/** The five tiles, in their fixed order. No value decides order, colour or size. */
export function vitalViews(vitals: RoomBoard['vitals'], around: VitalContext): readonly VitalView[] {
  const heart = vitals['pulse-rate'].state === 'not-connected' && vitals['heart-rate'].state !== 'not-connected';
  return [
    single('pulse', heart ? 'heart' : 'pulse', vitals[heart ? 'heart-rate' : 'pulse-rate'], around, 'pulse-rate'),
    single('spo2', 'spo2', vitals.spo2, around, 'spo2'),
    { ...pair(vitals, around), typedAs: isFromMonitor(vitals['nibp-sys']) ? null : 'nibp-sys' },
    single('resp', 'resp', vitals['resp-rate'], around, 'resp-rate'),
    single('co2', 'co2', vitals.etco2, around),
  ];
}

function single(
  series: Series,
  words: keyof typeof vitalsText.names,
  vital: Vital,
  around: VitalContext,
  typed: EnteredKey | null = null,
): VitalView {
  const typedAs = isFromMonitor(vital) ? null : typed;
  const base = { series, name: vitalsText.names[words], unit: vitalsText.units[words], typedAs };
  return { ...base, ...viewOf(vital, (value) => [figureOf(value)], around) };
}

/** A cuff reading is one event of two or three numbers: its state is the systolic's. */
function pair(vitals: RoomBoard['vitals'], around: VitalContext): Omit<VitalView, 'typedAs'> {
  const base = { series: 'bp' as const, name: vitalsText.names.bp, unit: vitalsText.units.bp };
  const [sys, dia, mean] = [vitals['nibp-sys'], vitals['nibp-dia'], vitals['nibp-mean']] as const satisfies readonly Vital[];
  if (sys.state === 'not-connected' || sys.state === 'covered') return { ...base, ...viewOf(sys, () => [''], around) };
  const low = valueOf(dia);
  const view = viewOf(sys, (value) => [figureOf(value), low === null ? '–' : figureOf(low)], around);
  if (sys.state === 'lost') return { ...base, ...view };
  const meanValue = 'atMs' in mean && mean.atMs === sys.atMs ? valueOf(mean) : null;
  const time = around.minute(sys.atMs);
  const context = meanValue === null ? time : vitalsText.mean(figureOf(meanValue), time);
  if (sys.source.by === 'monitor') return { ...base, ...view, context };
  // A correction of either is one of the figure that both make.
  const lowWords = 'source' in dia ? sourceWords(dia.source) : null;
  return { ...base, ...view, context: lowWords === vitalsText.corrected ? lowWords : view.context };
}

/** Whether a monitor gives this value, or gave it and lost it. A touch of such a tile opens no field to type in. */
function isFromMonitor(vital: Vital): boolean {
  return vital.state === 'lost' || ('source' in vital && vital.source.by === 'monitor');
}

type Shown = Omit<VitalView, 'series' | 'name' | 'unit' | 'typedAs'>;

function viewOf(vital: Vital, figure: (value: number) => NonNullable<VitalView['figure']>, { nowMs, minute }: VitalContext): Shown {
  switch (vital.state) {
    case 'not-connected':
      return { state: 'not-connected', figure: null, note: null, noteStrong: false, icon: null, context: null };
    case 'covered':
      return { state: 'lost', figure: null, note: vitalsText.covered, noteStrong: false, icon: 'eye', context: null };
    case 'live':
      return {
        state: 'live',
        figure: figure(vital.value),
        note: agoWords(nowMs - vital.atMs),
        noteStrong: vital.event,
        icon: null,
        context: sourceWords(vital.source) ?? signalWords(vital.flags, vital.quality),
      };
    case 'late': {
      const note = vital.event ? agoWords(nowMs - vital.atMs) : vitalsText.noNewValue(minutesAndSeconds(Math.max(0, nowMs - vital.atMs)));
      return { state: 'late', figure: figure(vital.value), note, noteStrong: true, icon: 'clock', context: sourceWords(vital.source) };
    }
    case 'lost': {
      const note = vitalsText.lostFor(
        vital.word?.replaceAll('-', ' ') ?? vitalsText.reasons[vital.reason],
        minutesAndSeconds(Math.max(0, nowMs - vital.sinceMs)),
      );
      const last = vital.last === null ? null : vitalsText.last(figureOf(vital.last.value), minute(vital.last.atMs));
      return {
        state: 'lost',
        figure: null,
        note,
        noteStrong: true,
        icon: cableReasons.includes(vital.reason) ? 'cable-out' : 'eye',
        context: last,
        ...(vital.last === null ? {} : { contextShort: vitalsText.lastShort(figureOf(vital.last.value)) }),
      };
    }
    default:
      return assertNever(vital);
  }
}

/** The link is the reason, not the patient's side of the monitor. */
const cableReasons: readonly string[] = ['cable-out', 'silent', 'port-busy', 'port-forbidden', 'wrong-device'];

function sourceWords(source: VitalSource): string | null {
  if (source.by === 'monitor') return null;
  return source.corrected === true ? vitalsText.corrected : vitalsText.byHand(source.name);
}

/** What the monitor itself says about a value it nevertheless gives. */
function signalWords(flags: readonly string[], quality: string): string | null {
  const words = flags.map((flag) => flag.replaceAll('-', ' '));
  if (words.length > 0) return words.slice(0, 2).join(', ');
  return quality === 'questionable' ? vitalsText.questionable : null;
}

function valueOf(vital: Vital): number | null {
  return 'value' in vital ? vital.value : null;
}

function figureOf(value: number): string {
  return showDecimal(value, 0);
}

/** Figures as they are spoken: `158 over 96`. */
export function spokenFigure(view: VitalView): string {
  if (view.figure === null) return view.state === 'not-connected' ? vitalsText.notConnected : vitalsText.noValueSpoken;
  return view.figure.join(' over ');
}
