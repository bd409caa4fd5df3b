import { gapCauseWords } from '../../../shared/clinical/gap-cause.ts';
import type { EnteredVital } from '../../../shared/contract/session-view/entries.ts';
import type { ReactElement } from 'react';
import type { TrendColumns } from '../../../shared/clinical/measured-vitals.ts';
import type { RatingView } from '../../../shared/contract/session-view/ratings.ts';
import { markWord, noteWord, shortened, timelineText } from '../../text/timeline.ts';
import { minutesFromStart } from './axis-ticks.ts';
import type { Frame } from './frame.ts';
import { seriesClass } from './grid-layer.tsx';
import { bandExtent } from './lane-layout.ts';
import { ratingRows } from '../../../shared/clinical/instrument.ts';
import { ratingFigure } from './rating-rows.ts';
import { mgGiven } from '../../format/amounts.ts';
import { showMilli } from '../../../shared/values/quantity.ts';
import { readoutAt, type Readout } from './readout.ts';
import { xOf } from './time-scale.ts';
import crosshairStyles from './crosshair.module.css';
import seriesStyles from './series.module.css';
import wordStyles from './words.module.css';
import { doseDomains, yIn, type Band, type Domains } from './value-domains.ts';
import type { VitalLine } from './vital-lines.ts';

export function readFrame(frame: Frame, trend: TrendColumns | null, lines: readonly VitalLine[], atMs: number): Readout {
  return readoutAt({ session: frame.session, trend, lines, labelOf: markWord, noteWords: noteWord }, atMs);
}

interface CrosshairProps {
  readonly frame: Frame;
  readonly domains: Domains;
  readonly lines: readonly VitalLine[];
  readonly readout: Readout;
}

/** One line through every lane, dots where it meets the lines, and the right gutter as the readout. */
export function Crosshair({ frame, domains, lines, readout }: CrosshairProps): ReactElement {
  const { layout, scale, session } = frame;
  const x = xOf(scale, readout.atMs);
  const doseY = yIn(layout.lanes.dose, [0, doseDomains(session).ug], readout.dose.ug);
  return (
    <g>
      <line className={crosshairStyles.crosshair} x1={x} x2={x} y1={layout.plot.top - 2} y2={layout.plot.bottom + 2} />
      {lines.map(({ metric, band }) => {
        const value = readout.values[metric];
        const extent = bandExtent(layout, band);
        if (value === null || extent === null) return null;
        return (
          <circle
            key={metric}
            className={`${seriesClass[band] ?? ''} ${crosshairStyles.readDot ?? ''}`}
            cx={x}
            cy={yIn(extent, domains[band], value)}
            r={5}
          />
        );
      })}
      {readout.dose.state !== 'not-started' && <circle className={crosshairStyles.readDoseDot} cx={x} cy={doseY} r={5} />}
      <GutterReadout frame={frame} lines={lines} readout={readout} />
    </g>
  );
}

function GutterReadout({ frame, lines, readout }: Omit<CrosshairProps, 'domains'>): ReactElement {
  const { layout } = frame;
  const x = layout.plot.right + 8;
  const gutter = { x, widthPx: layout.width - x };
  const { lanes } = layout;
  return (
    <g>
      {readout.milestones.length > 0 && (
        <Words {...gutter} y={lanes.phases.top + lanes.phases.height - 12} lines={[readout.milestones.join(', ')]} strong />
      )}
      {lines.map((line) => (
        <VitalFigure key={line.metric} frame={frame} line={line} readout={readout} x={x} />
      ))}
      <CuffFigure frame={frame} readout={readout} x={x} />
      <DoseFigure frame={frame} readout={readout} x={x} />
      {ratingRows.map((row, index) => {
        const rating = readout.ratings[row];
        const y = lanes.ratings.top + (index + 0.5) * layout.ratingRowPx;
        return rating === null ? (
          <text key={row} className={wordStyles.words2} x={x} y={y + 5}>
            {timelineText.none}
          </text>
        ) : (
          <text key={row} x={x} y={y + 6}>
            <tspan className={`${crosshairStyles.readFigure ?? ''} ${seriesStyles.rating ?? ''}`}>
              {ratingFigure(rating, timelineText.notAssessable).figure}
            </tspan>
            <tspan className={crosshairStyles.readSecond}> {ratingSecond(rating, frame)}</tspan>
          </text>
        );
      })}
      <Words
        {...gutter}
        y={lanes.observations.top + (layout.noteRows === 1 ? 17 : 18)}
        lines={readout.notes.length === 0 ? [timelineText.none] : noteLines(readout.notes[0] ?? '', layout.noteRows)}
      />
    </g>
  );
}

interface VitalFigureProps {
  readonly frame: Frame;
  readonly line: VitalLine;
  readonly readout: Readout;
  readonly x: number;
}

/** In a lower lane the reason would stand on the next lane's figure and is left out; the dashes and the hatch stay. */
const reasonPxMin = 28;

/** The monitor's value; else the last typed one, with when; else why there is none. */
function VitalFigure({ frame, line, readout, x }: VitalFigureProps): ReactElement | null {
  const { metric, band } = line;
  const extent = bandExtent(frame.layout, band);
  if (extent === null) return null;
  const y = extent.top + extent.height / 2;
  const value = readout.values[metric];
  const typed = readout.entered[metric];
  const unit = timelineText.units[band];
  if (value !== null)
    return <Figure x={x} y={y} band={band} figure={String(value)} unit={unit} below={measuredWords(readout, line, frame)} />;
  if (typed !== undefined)
    return <Figure x={x} y={y} band={band} figure={String(typed.value)} unit={unit} below={typedWords(typed, line, frame)} />;
  const below = readout.gapCause === null || extent.height < reasonPxMin ? [] : [timelineText.gapShort[readout.gapCause]];
  return <Figure x={x} y={y} band={null} figure={timelineText.noValue} unit="" below={below} />;
}

/** A value of an earlier minute says when it was, and a marked one that it is an artefact. */
function measuredWords(readout: Readout, { metric }: VitalLine, frame: Frame): readonly string[] {
  const { artefact, at } = timelineText.reading;
  const measuredMs = readout.measuredMs[metric];
  return [
    ...(readout.artefacts.includes(metric) ? [artefact] : []),
    ...(measuredMs === undefined || readout.atMs - measuredMs < 60_000 ? [] : [at(whenWord(measuredMs, frame))]),
  ];
}

/** `+36 by hand`; in the heart rate's band a typed pulse also says that it is one. */
function typedWords(typed: EnteredVital, line: VitalLine, frame: Frame): readonly string[] {
  const when = whenWord(typed.atMs, frame);
  const { byHand } = timelineText.reading;
  return typed.metric === line.metric ? [`${when} ${byHand}`] : [`${timelineText.bands.pulse} ${when}`, byHand];
}

function ratingSecond(rating: RatingView, frame: Frame): string {
  const twoForms = rating.instrument === 'cadss-23' || rating.instrument === 'cadss-6';
  const when = whenWord(rating.atMs, frame);
  return twoForms && rating.state === 'finished' ? `/${rating.max}, ${when}` : when;
}

function whenWord(atMs: number, { session, clock }: Frame): string {
  return session.dose.startedMs === null ? clock.minute(atMs) : minutesFromStart(atMs, session.dose.startedMs);
}

interface FigureProps {
  readonly x: number;
  readonly y: number;
  readonly band: Band | 'dose' | null;
  readonly figure: string;
  readonly unit: string;
  /** Lines below the figure. */
  readonly below: readonly string[];
}

function Figure({ x, y, band, figure, unit, below }: FigureProps): ReactElement {
  const colour = band === null ? crosshairStyles.absent : band === 'dose' ? crosshairStyles.doseFigure : seriesClass[band];
  const first = y + 6 - below.length * 8.5;
  return (
    <g>
      <text className={`${crosshairStyles.readFigure ?? ''} ${colour ?? ''}`} x={x} y={first}>
        {figure}
        {unit !== '' && <tspan className={crosshairStyles.readUnit}> {unit}</tspan>}
      </text>
      {below.map((line, index) => (
        <text key={line} className={crosshairStyles.readSecond} x={x} y={first + 17 * (index + 1)}>
          {line}
        </text>
      ))}
    </g>
  );
}

function CuffFigure({ frame, readout, x }: { readonly frame: Frame; readonly readout: Readout; readonly x: number }): ReactElement | null {
  const extent = bandExtent(frame.layout, 'bp');
  if (extent === null) return null;
  const y = extent.top + extent.height / 2;
  const { cuff } = readout;
  if (cuff === null) return <Figure x={x} y={y} band={null} figure={timelineText.noValue} unit="" below={[]} />;
  const { artefact, byHand, mean: meanWord } = timelineText.reading;
  const mean = cuff.artefact === true ? artefact : cuff.mean === null ? (cuff.byHand ? byHand : '') : meanWord(cuff.mean);
  const sameMinute = Math.abs(cuff.atMs - readout.atMs) < 60_000;
  const below = [mean, sameMinute ? '' : timelineText.reading.at(whenWord(cuff.atMs, frame))].filter((line) => line !== '');
  return <Figure x={x} y={y} band="bp" figure={`${cuff.sys}/${cuff.dia}`} unit="" below={below} />;
}

function DoseFigure({ frame, readout, x }: { readonly frame: Frame; readonly readout: Readout; readonly x: number }): ReactElement {
  const { dose } = readout;
  const lane = frame.layout.lanes.dose;
  const state = timelineText.reading.doseState[dose.state];
  const second = state === '' ? timelineText.rate(showMilli(dose.rateUlPerHour)) : state;
  const none = dose.state === 'not-started' && dose.ug === 0;
  if (none) return <Figure x={x} y={lane.top + lane.height / 2} band={null} figure={timelineText.noValue} unit="" below={[state]} />;
  return (
    <Figure x={x} y={lane.top + lane.height / 2} band="dose" figure={mgGiven(dose.ug, frame.session.dose)} unit="mg" below={[second]} />
  );
}

interface WordsProps {
  readonly x: number;
  readonly y: number;
  readonly widthPx: number;
  readonly lines: readonly string[];
  readonly strong?: boolean;
}

const characterPx = 7.4;

function Words({ x, y, widthPx, lines, strong = false }: WordsProps): ReactElement {
  return (
    <text className={strong ? wordStyles.strong : wordStyles.words} y={y}>
      {lines.map((line, index) => (
        <tspan key={line} x={x} dy={index === 0 ? 0 : 17}>
          {shortened(line, Math.floor(widthPx / characterPx))}
        </tspan>
      ))}
    </text>
  );
}

/** A note's words over as many rows as the lane has. */
function noteLines(note: string, rows: number): readonly string[] {
  const first = shortened(note, 13);
  if (rows === 1 || first === note) return [first];
  const cut = first.replace(/…$/, '');
  return [cut, note.slice(cut.length).replace(/^[\s,.;:]+/, '')];
}

/** The same in one sentence, for those who hear the screen. */
export function spokenReadout(frame: Frame, lines: readonly VitalLine[], readout: Readout): string {
  const values = lines.map((line) => `${spokenNames[line.band]} ${spokenValue(frame, line, readout)}`);
  const { cuff, dose } = readout;
  const when = (atMs: number): string => `at ${whenWord(atMs, frame)}`;
  const ratings = ratingRows.flatMap((row) => {
    const rating = readout.ratings[row];
    if (rating === null) return [];
    const { figure, suffix } = ratingFigure(rating, timelineText.notAssessable);
    return [`${timelineText.ratings[row]} ${figure}${suffix.replace('/', ' of ')} ${when(rating.atMs)}`];
  });
  return [
    instantWords(frame, readout.atMs),
    ...values,
    cuff === null ? `${timelineText.bands.bp} ${timelineText.none}` : `${timelineText.bands.bp} ${cuff.sys}/${cuff.dia} ${when(cuff.atMs)}`,
    dose.state === 'not-started'
      ? timelineText.reading.doseState['not-started']
      : `${timelineText.dose} ${mgGiven(dose.ug, frame.session.dose)} mg`,
    ...ratings,
    ...readout.milestones,
    ...readout.notes,
  ].join('; ');
}

function spokenValue(frame: Frame, line: VitalLine, readout: Readout): string {
  const value = readout.values[line.metric];
  const typed = readout.entered[line.metric];
  const unit = timelineText.units[line.band];
  if (value !== null) return [value, unit, ...measuredWords(readout, line, frame)].join(' ');
  if (typed !== undefined) return `${typed.value} ${unit} ${typedWords(typed, line, frame).join(' ')}`;
  return readout.gapCause === null ? timelineText.noData : gapCauseWords[readout.gapCause];
}

const spokenNames: Readonly<Record<Band, string>> = {
  pulse: timelineText.bands.pulse,
  spo2: 'SpO2',
  bp: timelineText.bands.bp,
  resp: timelineText.bands.resp,
  co2: 'CO2',
};

/** `10:30 · +30` */
export function instantWords({ session, clock }: Frame, atMs: number): string {
  const minute = clock.minute(atMs);
  return session.dose.startedMs === null ? minute : `${minute} · ${minutesFromStart(atMs, session.dose.startedMs)}`;
}
