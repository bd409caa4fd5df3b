import { ratingRows } from '../../../shared/clinical/instrument.ts';
import type { Band, Extent } from './value-domains.ts';

export type LaneKey = 'phases' | 'vitals' | 'dose' | 'ratings' | 'observations';

export interface LaneLayout {
  readonly width: number;
  readonly height: number;
  readonly plot: { readonly left: number; readonly right: number; readonly width: number; readonly top: number; readonly bottom: number };
  readonly lanes: Readonly<Record<LaneKey, Extent>>;
  readonly bands: readonly { readonly band: Band; readonly extent: Extent }[];
  readonly ratingRowPx: number;
  readonly noteRows: number;
  readonly phaseBarPx: number;
  readonly overview: Extent | null;
  /** Little height: smaller marks, fewer rows. */
  readonly short: boolean;
  /** Little width: shorter words. */
  readonly narrow: boolean;
}

interface Sizes {
  readonly phases: number;
  readonly bands: Readonly<Record<Band, number>>;
  readonly dose: number;
  readonly ratingRow: number;
  readonly notes: number;
  readonly laneGap: number;
  readonly bandGap: number;
  readonly phaseBar: number;
}

/** Heights that may stretch or give way are the lanes with lines in them. */
const tall: Sizes = {
  phases: 98,
  bands: { pulse: 62, spo2: 52, bp: 120, resp: 46, co2: 46 },
  dose: 82,
  ratingRow: 25,
  notes: 46,
  laneGap: 10,
  bandGap: 6,
  phaseBar: 22,
};
const compact: Sizes = {
  phases: 64,
  bands: { pulse: 40, spo2: 34, bp: 78, resp: 30, co2: 30 },
  dose: 50,
  ratingRow: 20,
  notes: 24,
  laneGap: 6,
  bandGap: 3,
  phaseBar: 18,
};

export const axisPx = 26;
const overviewPx = 40;
/** Below this height (with its two axes, without the header) the compact sizes apply. */
const tallestCompactPx = 580;
const narrowestWidePx = 900;

export function isNarrow(width: number): boolean {
  return width < narrowestWidePx;
}

/**
 * Where every lane lies in a body of `width` × `height` px. The lanes with lines share what is left after the fixed
 * rows, in the proportions of their natural sizes; the overview goes first when room is short.
 */
export function layOut(width: number, height: number, bands: readonly Band[]): LaneLayout {
  const short = height < tallestCompactPx;
  const narrow = isNarrow(width);
  const sizes = short ? compact : tall;
  const wantsOverview = !short && !narrow;
  const fixed = fixedPx(sizes, bands.length);
  const natural = sizes.phases + sizes.dose + bands.reduce((sum, band) => sum + sizes.bands[band], 0);
  const overview = wantsOverview && height - fixed - overviewPx >= natural * 0.72;
  const stretch = Math.max(0.4, (height - fixed - (overview ? overviewPx : 0)) / natural);
  // The phases lane holds words, which do not grow with the window. Spare height goes to the lanes with lines.
  const phasesPx = Math.round(sizes.phases * Math.min(1, Math.max(stretch, 0.85)));
  const rest = (natural * stretch - phasesPx) / (natural - sizes.phases);

  const plotLeft = narrow ? 84 : 104;
  const plotRight = width - (narrow ? 96 : 104);
  let y = axisPx;
  const take = (px: number): Extent => {
    const extent = { top: y, height: px };
    y += px;
    return extent;
  };
  const phases = take(phasesPx);
  y += sizes.laneGap;
  const vitalsTop = y;
  const placed = bands.map((band, index) => {
    if (index > 0) y += sizes.bandGap;
    return { band, extent: take(sizes.bands[band] * rest) };
  });
  const vitals = { top: vitalsTop, height: y - vitalsTop };
  y += sizes.laneGap;
  const dose = take(sizes.dose * rest);
  y += sizes.laneGap;
  const ratings = take(sizes.ratingRow * ratingRows.length);
  y += sizes.laneGap;
  const observations = take(sizes.notes);
  const bottom = y;
  return {
    width,
    height,
    plot: { left: plotLeft, right: plotRight, width: Math.max(1, plotRight - plotLeft), top: axisPx, bottom },
    lanes: { phases, vitals, dose, ratings, observations },
    bands: placed,
    ratingRowPx: sizes.ratingRow,
    noteRows: short ? 1 : 2,
    phaseBarPx: sizes.phaseBar,
    overview: overview ? { top: bottom + axisPx, height: overviewPx } : null,
    short,
    narrow,
  };
}

function fixedPx(sizes: Sizes, bands: number): number {
  return 2 * axisPx + 4 * sizes.laneGap + Math.max(0, bands - 1) * sizes.bandGap + ratingRows.length * sizes.ratingRow + sizes.notes;
}

export function bandExtent(layout: LaneLayout, band: Band): Extent | null {
  return layout.bands.find((candidate) => candidate.band === band)?.extent ?? null;
}

/** Heights in rising order moved apart until neighbours are `leastPx` away, each as little as it takes. */
export function spreadApart(ys: readonly number[], leastPx: number): readonly number[] {
  const spread = [...ys];
  for (let round = 0; round < 8; round += 1) {
    for (let index = 1; index < spread.length; index += 1) {
      const above = spread[index - 1] ?? 0;
      const below = spread[index] ?? 0;
      const lack = leastPx - (below - above);
      if (lack <= 0) continue;
      spread[index - 1] = above - lack / 2;
      spread[index] = below + lack / 2;
    }
  }
  return spread;
}
