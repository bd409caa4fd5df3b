import { useCallback, useMemo, useState } from 'react';
import type { TrendColumns } from '../../../shared/clinical/measured-vitals.ts';
import type { RoomBoard } from '../../../shared/contract/board/room-board.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { ClockTime } from '../../../shared/values/clock-time.ts';
import { wallOriginMs } from './axis-ticks.ts';
import type { Frame } from './frame.ts';
import { placeReferences, type PlacedReference } from './grid-layer.tsx';
import { layOut } from './lane-layout.ts';
import { useTextWidth } from './text-width.ts';
import type { TimeScale } from './time-scale.ts';
import { defaultRange, windowOf, type TimeRange, type TimeWindow } from './time-window.ts';
import type { Box } from './use-box.ts';
import { baseDomains, widenDomains, type Domains } from './value-domains.ts';
import { bandsOf, vitalLines, type VitalLine } from './vital-lines.ts';

interface FrameSources {
  readonly session: SessionView;
  readonly trend: TrendColumns | null;
  readonly vitals: RoomBoard['vitals'];
  readonly nowMs: number;
  readonly live: boolean;
  readonly clock: ClockTime;
  /** The room for the lanes, without header and padding. */
  readonly room: Box;
}

interface TimelineFrame {
  readonly frame: Frame;
  readonly lines: readonly VitalLine[];
  readonly domains: Domains;
  readonly references: readonly PlacedReference[];
  /** Where minutes are counted from. */
  readonly originMs: number;
  readonly window: TimeWindow;
  /** null while a stretch dragged to on the overview is shown. */
  readonly range: TimeRange | null;
  readonly choose: (range: TimeRange) => void;
  readonly moveTo: (window: TimeWindow) => void;
}

/** What was chosen: a range that goes with the session, or a stretch dragged to on the overview. */
type Choice = { readonly range: TimeRange } | { readonly window: TimeWindow } | null;

/** Layout, scale and domains, each worked out anew only when something it stands on changed. */
export function useTimelineFrame({ session, trend, vitals, nowMs, live, clock, room }: FrameSources): TimelineFrame {
  const textWidth = useTextWidth();
  const [choice, setChoice] = useState<Choice>(null);
  const lines = useSameLines(vitalLines(vitals, trend));
  const layout = useMemo(() => layOut(room.width, room.height, bandsOf(lines)), [room.width, room.height, lines]);
  const moment = { session, nowMs, live, narrow: layout.narrow || layout.short };
  const range = choice === null ? defaultRange(moment) : 'range' in choice ? choice.range : null;
  const window = choice !== null && 'window' in choice ? choice.window : windowOf(range ?? 'all', moment);
  const { fromMs, toMs } = window;
  const scale: TimeScale = useMemo(() => ({ fromMs, toMs, leftPx: layout.plot.left, widthPx: layout.plot.width }), [fromMs, toMs, layout]);
  const frame: Frame = useMemo(
    () => ({ session, layout, scale, nowMs, live, clock, textWidth }),
    [session, layout, scale, nowMs, live, clock, textWidth],
  );
  const domains = useWidening(session, trend, lines[0]?.metric ?? 'pulse-rate');
  const { referenceLines } = session.protocol;
  const references = useMemo(() => placeReferences(referenceLines, layout, domains), [referenceLines, layout, domains]);
  const originMs = session.dose.startedMs ?? wallOriginMs(session.openedMs, clock.offsetMin);
  const choose = useCallback((next: TimeRange) => setChoice({ range: next }), []);
  const moveTo = useCallback((next: TimeWindow) => setChoice({ window: next }), []);
  return { frame, lines, domains, references, originMs, window, range, choose, moveTo };
}

/** The same array as long as it draws the same metrics: a second's step must not lay everything out again. */
function useSameLines(lines: readonly VitalLine[]): readonly VitalLine[] {
  const [kept, setKept] = useState(lines);
  const same = kept.length === lines.length && kept.every((line, index) => line.metric === lines[index]?.metric);
  if (same) return kept;
  setKept(lines);
  return lines;
}

/** Domains that widen with the session's values and never shrink, not even when a value is taken back. */
function useWidening(session: SessionView, trend: TrendColumns | null, pulseMetric: VitalLine['metric']): Domains {
  const [kept, setKept] = useState({ sessionId: session.sessionId, domains: baseDomains });
  const from = kept.sessionId === session.sessionId ? kept.domains : baseDomains;
  const domains = useMemo(() => widenDomains(from, session, trend, pulseMetric), [from, session, trend, pulseMetric]);
  if (domains !== kept.domains) setKept({ sessionId: session.sessionId, domains });
  return domains;
}
