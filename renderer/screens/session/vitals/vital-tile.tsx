import { memo } from 'react';
import { classNames } from '../../../components/class-names.ts';
import { Icon } from '../../../components/icon.tsx';
import { SeriesGlyph } from './series-glyph.tsx';
import { Subscript } from '../../../components/subscript.tsx';
import { remoteText } from '../../../text/remote.ts';
import { vitalsText } from '../../../text/vitals.ts';
import type { EnteredKey } from '../../../sheets/vitals/entered-vitals.ts';
import { spokenFigure, type VitalView } from './vital-view.ts';
import styles from './vital-tile.module.css';

interface VitalTileProps {
  readonly view: VitalView;
  /** Short names, where the column is narrow. */
  readonly compact: boolean;
  /** The patient is at home: no monitor is missing. */
  readonly remote: boolean;
  /** Has the room of a figure, also while there is none. */
  readonly large?: boolean;
  /** Types what no monitor gives. */
  readonly onByHand?: ((field: EnteredKey) => void) | undefined;
}

/** One vital sign: whose figure it is, the figure, and how old it is. */
export const VitalTile = memo(function VitalTile({ view, compact, remote, large = false, onByHand }: VitalTileProps) {
  const context = compact ? (view.contextShort ?? view.context) : view.context;
  const connected = view.state !== 'not-connected';
  const typed = onByHand === undefined ? null : view.typedAs;
  const absent = remote ? (compact ? remoteText.noMonitorShort : remoteText.noMonitor) : vitalsText.notConnected;
  return (
    <article
      className={classNames(styles.tile, !connected && !large && styles.bare, typed !== null && styles.typed)}
      data-series={view.series}
      data-state={view.state}
      aria-label={`${view.name} ${connected ? spokenFigure(view) : absent} ${view.unit}, ${view.note ?? ''}`}
    >
      <header className={styles.head}>
        <SeriesGlyph name={view.series} />
        <h2 className={styles.name}>
          <Subscript>{nameOf(view, compact)}</Subscript>
        </h2>
        <span className={styles.unit}>{connected || !compact || large ? view.unit : absent}</span>
        {typed === null ? null : <Icon name="pencil" size={20} className={styles.pencil} />}
      </header>
      {connected ? (
        <>
          <Figure view={view} />
          <p className={styles.foot}>
            <span className={classNames(styles.note, view.noteStrong && styles.strong)}>
              {view.icon === null ? null : <Icon name={view.icon} size={20} className={styles.icon} />}
              {view.note}
            </span>
            {context === null ? null : <span className={styles.context}>{context}</span>}
          </p>
        </>
      ) : large ? (
        <>
          <Figure view={view} />
          <p className={styles.foot}>
            <span className={styles.note}>{absent}</span>
            {typed === null || compact ? null : <span className={styles.context}>{vitalsText.touchToEnter}</span>}
          </p>
        </>
      ) : compact ? null : (
        <p className={styles.absent}>{absent}</p>
      )}
      {typed === null || onByHand === undefined ? null : (
        <button type="button" className={styles.enter} aria-label={vitalsText.enter(view.name)} onClick={() => onByHand(typed)} />
      )}
    </article>
  );
}, sameTile);

/** Where the column is narrow, and further where the words for its absence stand beside it. */
function nameOf({ series, state, name }: VitalView, compact: boolean): string {
  if (!compact) return name;
  if (series === 'bp') return vitalsText.bpShort;
  return series === 'resp' && state === 'not-connected' ? vitalsText.respShort : name;
}

function Figure({ view: { figure } }: { readonly view: VitalView }) {
  if (figure === null) {
    return (
      <p className={styles.figure} aria-hidden="true">
        <span className={styles.lost}>{vitalsText.noValue}</span>
      </p>
    );
  }
  const [first, second] = figure;
  const wide = second !== undefined && first.length > 2 && second.length > 2;
  return (
    <p className={classNames(styles.figure, second !== undefined && styles.pair, wide && styles.wide)} aria-hidden="true">
      <span className={styles.digits}>
        {first}
        {second === undefined ? null : (
          <>
            <span className={styles.slash}>/</span>
            {second}
          </>
        )}
      </span>
    </p>
  );
}

/** A view is made anew each second; the tile is drawn anew only where something in it changed. */
function sameTile(a: VitalTileProps, b: VitalTileProps): boolean {
  return a.compact === b.compact && a.remote === b.remote && a.large === b.large && JSON.stringify(a.view) === JSON.stringify(b.view);
}
