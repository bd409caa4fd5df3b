import { gaugeShare, ratingRows, type RatingRow } from '../../../../shared/clinical/instrument.ts';
import type { InstrumentId } from '../../../../shared/clinical/instrument-id.ts';
import { instruments } from '../../../../shared/clinical/instruments/instrument-directory.ts';
import { scoredRatings, type ScoredRating } from '../../session/questions/scored-ratings.ts';
import type { SessionSource } from '../record/session-source.ts';
import { margin, plot } from './page-places.ts';
import type { PageTime } from './page-time.ts';
import { ink, type Sheet } from './sheet.ts';

/** Where a row lies and what it is called; its figures are of the instruments that its scale is said for, any other is named. */
interface RowPlace {
  readonly name: string;
  readonly y: number;
  readonly scale: string;
  readonly of: readonly InstrumentId[];
}

const rowPlaces: Readonly<Record<RatingRow, RowPlace>> = {
  cadss: { name: 'CADSS', y: 611, scale: 'of 24 or 92', of: ['cadss-23', 'cadss-6'] },
  sedation: { name: 'sedation', y: 631, scale: 'MOAA/S 5–0', of: ['moaa-s'] },
  suds: { name: 'SUDS', y: 650, scale: 'of 100', of: ['suds'] },
};
const gauge = { width: 4.6, height: 14 } as const;

/** What is rated again and again while the drug acts, by its totals; every other rating is in the full record. */
export function drawRatings(sheet: Sheet, { state, protocol }: SessionSource, time: PageTime): void {
  const ratings = scoredRatings(state, protocol);
  for (const row of ratingRows) {
    const { name, y, scale } = rowPlaces[row];
    sheet.text(margin.left, y + 4, 10.8, name, { bold: true });
    sheet.text(plot.right + 6, y + 4, 10.2, scale, { gray: ink.lesser });
    drawRow(
      sheet,
      rowPlaces[row],
      ratings.filter(({ instrument }) => instruments[instrument].timeline.row === row),
      time,
    );
  }
}

function drawRow(sheet: Sheet, { y, of }: RowPlace, ratings: readonly ScoredRating[], time: PageTime): void {
  let lastEnd = Number.NEGATIVE_INFINITY;
  let last: InstrumentId | null = null;
  for (const rating of ratings) {
    const { instrument, total, max, score } = rating;
    const x = time.x(rating.atMs);
    const { shortName } = instruments[instrument].timeline;
    const name = of.includes(instrument) ? '' : `${shortName} `;
    const figure = total !== null ? String(total).replace('-', '−') : rating.notAssessable !== null ? 'n/a' : '–';
    if (x < lastEnd) {
      // Beside a mark of its own scale there is no room; what another scale said at that time is added to the words.
      if (instrument === last) continue;
      lastEnd += sheet.text(lastEnd - 10, y + 4, 10.8, `· ${shortName} ${figure}`, { bold: true }) + 4;
    } else {
      drawGauge(sheet, x, y, total === null ? null : gaugeShare(instruments[instrument], total));
      const width = sheet.text(x + 7, y + 4, 10.8, `${name}${figure}`, { bold: true });
      const more = total !== null && score.of > 1 ? sheet.text(x + 8 + width, y + 4, 10.8, `/${max}`) : 0;
      lastEnd = x + 14 + width + more;
    }
    last = instrument;
  }
}

function drawGauge(sheet: Sheet, x: number, y: number, share: number | null): void {
  sheet.rect(x - gauge.width / 2, y - gauge.height / 2, gauge.width, gauge.height, 1, { width: 1, gray: 0 });
  if (share === null) return;
  const height = share * gauge.height;
  sheet.rect(x - gauge.width / 2, y + gauge.height / 2 - height, gauge.width, height, 0);
}

const noteRows = [679, 694, 709];
const noteWidth = 92;

/** A square at its time, with the chips or the first words beside it where the row has room. */
export function drawObservations(sheet: Sheet, { state }: SessionSource, time: PageTime): void {
  sheet.text(margin.left, 679, 10.8, 'observations', { bold: true });
  const ends = noteRows.map(() => Number.NEGATIVE_INFINITY);
  for (const { atMs, chips, text } of state.observations) {
    const x = time.x(atMs);
    const row = ends.findIndex((end) => x > end);
    const y = noteRows[row === -1 ? noteRows.length - 1 : row] ?? 679;
    sheet.rect(x - 2.4, y - 7, 5, 5.6, 0.15);
    if (row === -1) continue;
    const affect = chips.filter(({ group }) => group === 'affect' || group === 'stance').map(({ chip }) => chip);
    const words = (affect.length > 0 ? affect : chips.map(({ chip }) => chip)).join(', ');
    const shown = sheet.clipped(words === '' ? text : words, 10.4, Math.min(noteWidth, plot.right + 60 - x));
    ends[row] = x + 14 + sheet.text(x + 6, y, 10.4, shown);
  }
}
