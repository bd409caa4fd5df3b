import { scoredRatings } from '../../session/questions/scored-ratings.ts';
import type { SessionSource } from '../record/session-source.ts';
import { margin, plot } from './page-places.ts';
import type { PageTime } from './page-time.ts';
import { ink, type Sheet } from './sheet.ts';

const ratingRows = [
  { name: 'CADSS', ids: ['cadss-23', 'cadss-6'], y: 611, right: 'of 24 or 92' },
  { name: 'sedation', ids: ['moaa-s'], y: 631, right: 'MOAA/S 5–0' },
  { name: 'SUDS', ids: ['suds'], y: 650, right: 'of 100' },
] as const;
const gauge = { width: 4.6, height: 14 } as const;

/** The three scales of the room by their totals; every other rating is in the full record. */
export function drawRatings(sheet: Sheet, { state, protocol }: SessionSource, time: PageTime): void {
  const ratings = scoredRatings(state, protocol);
  for (const { name, ids, y, right } of ratingRows) {
    sheet.text(margin.left, y + 4, 10.8, name, { bold: true });
    sheet.text(plot.right + 6, y + 4, 10.2, right, { gray: ink.lesser });
    let lastEnd = Number.NEGATIVE_INFINITY;
    for (const rating of ratings) {
      if (!(ids as readonly string[]).includes(rating.instrument)) continue;
      const x = time.x(rating.atMs);
      if (x < lastEnd) continue;
      const { total, max, score } = rating;
      sheet.rect(x - gauge.width / 2, y - gauge.height / 2, gauge.width, gauge.height, 1, { width: 1, gray: 0 });
      if (total !== null && max > 0) {
        const height = Math.max(0, Math.min(1, total / max)) * gauge.height;
        sheet.rect(x - gauge.width / 2, y + gauge.height / 2 - height, gauge.width, height, 0);
      }
      const figure = total !== null ? String(total) : rating.notAssessable !== null ? 'n/a' : '–';
      const width = sheet.text(x + 7, y + 4, 10.8, figure, { bold: true });
      const more = total !== null && score.of > 1 ? sheet.text(x + 8 + width, y + 4, 10.8, `/${max}`) : 0;
      lastEnd = x + 14 + width + more;
    }
  }
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
