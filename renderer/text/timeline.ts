import { gapCauseWords, type GapCause } from '../../shared/clinical/gap-cause.ts';
import type { RoomBoard } from '../../shared/contract/board/room-board.ts';
import type { SessionView } from '../../shared/contract/session-view/session-view.ts';
import { milestones } from '../../shared/clinical/milestone.ts';
import { detailLines } from '../../shared/clinical/observation-words.ts';

type Mark = SessionView['marks'][number];
type Phase = SessionView['phase'];
type Vital = RoomBoard['vitals'][keyof RoomBoard['vitals']];

/** Words of the timeline. */
export const timelineText = {
  name: 'Session timeline',
  rangesName: 'Stretch of time shown',
  ranges: { all: 'all', dose: 'dose window', 'last-15': 'last 15 min' },
  rangesShort: { all: 'all', dose: 'dose', 'last-15': '15 min' },
  wallClock: 'wall clock',
  wallClockShort: 'clock',
  minutes: 'min from start',
  minutesShort: 'min',
  notStarted: 'not started',
  phases: 'phases',
  milestones: 'milestones',
  bands: { pulse: 'pulse', heart: 'heart', bp: 'BP', resp: 'resp' },
  units: { pulse: '/min', spo2: '%', bp: 'mmHg', resp: '/min', co2: 'mmHg' },
  dose: 'dose',
  doseUnits: 'mL/h, mg',
  doseUnitsWithoutRate: 'mg',
  ratings: { cadss: 'CADSS', sedation: 'sedation', suds: 'SUDS' },
  scales: { cadss: 'of 24 or 92', sedation: 'MOAA/S 5–0', suds: 'of 100' },
  scalesShort: { cadss: 'of 24, 92', sedation: 'MOAA/S', suds: 'of 100' },
  observations: 'observations',
  notesShort: 'notes',
  wholeSession: 'whole session',
  dragToMove: 'drag to move',
  paused: 'paused',
  standstill: { paused: 'PAUSED', 'bag-empty': 'BAG EMPTY' },
  notAssessable: 'n/a',
  due: 'due',
  amended: 'amended',
  none: 'none',
  noValue: '– –',
  noData: 'no data',
  noVitals: 'no vitals recorded yet',
  noDose: 'no dose ordered yet',
  phaseNames: {
    prepare: 'prepare',
    baseline: 'baseline',
    infusing: 'infusing',
    recovery: 'recovery',
    discharge: 'discharge',
  } satisfies Record<Phase, string>,
  plannedTo: (clock: string) => `planned to ${clock}`,
  completeAbout: (clock: string) => `complete about ${clock}`,
  about: (clock: string) => `about ${clock}`,
  mg: (mg: string) => `${mg} mg`,
  rate: (rate: string) => `${rate} mL/h`,
  noDataFor: (length: string) => `no data ${length}`,
  /** In the gutter, under the dashes of a lane: one line of its width. */
  gapShort: {
    'cable-out': 'cable out',
    silent: 'silent',
    'port-busy': 'port busy',
    'port-forbidden': 'no permission',
    'wrong-device': 'wrong device',
    sleep: 'PC asleep',
    restart: 'Vigil was off',
    storage: 'not written',
    restored: 'not in backup',
    salvaged: 'not saved',
  } satisfies Record<GapCause, string>,
  trendFull: { first: 'lines end after seven days', second: 'what is measured later is recorded, and not drawn' },
  gapSince: (cause: GapCause, clock: string) => `${gapCauseWords[cause]} ${clock}`,
  legend: {
    bp: 'BP, mean tick',
    protocolLine: 'protocol line',
    due: 'due',
    pastDue: 'past due',
    undone: 'not done',
    privateNote: 'private note',
    touch: 'touch to read an instant',
  },
  reading: {
    everyLaneAt: 'every lane at',
    values: 'values at the right edge',
    done: 'Done reading',
    mean: (mean: number) => `mean ${mean}`,
    byHand: 'by hand',
    artefact: 'artefact',
    at: (when: string) => `at ${when}`,
    doseState: { 'not-started': 'not started', running: '', paused: 'paused', ended: 'ended' },
  },
  help: 'Left and right arrow move 10 seconds, with Shift 1 minute, Page Up and Page Down 5 minutes. Escape stops reading.',
  instant: 'Instant to read',
  overview: {
    name: 'Part of the session shown',
    start: 'Begin of the part shown',
    end: 'End of the part shown',
  },
} as const;

/** A mark's word on its lane: `Paused`, `Rate 45 mL/h`, `Baseline CADSS`. What changes the dose is short by itself. */
export function markWord({ kind, milestone, label }: Mark): string {
  return kind === 'milestone' && milestone !== null ? (milestones[milestone].short ?? label) : label;
}

/** A note's words on its lane: what was written, or the chips. */
export function noteWord(note: SessionView['observations'][number]): string {
  return note.text === '' ? [...note.chips.map((chip) => chip.chip), ...detailLines(note.details)].join(', ') : note.text;
}

/** Cut at a word, with an ellipsis. */
export function shortened(words: string, most: number): string {
  if (words.length <= most) return words;
  const cut = words.slice(0, most - 1);
  const space = cut.lastIndexOf(' ');
  return `${(space > most / 2 ? cut.slice(0, space) : cut).replace(/[\s,.;:]+$/, '')}…`;
}

/** Protocol lines say their value: `160 sys`, `94 review`. */
export function referenceWord(line: { readonly value: number; readonly label: string }): string {
  return line.label.startsWith(String(line.value)) ? line.label : `${line.value} ${line.label}`;
}

export function isConnected(vital: Vital | undefined): boolean {
  return vital !== undefined && vital.state !== 'not-connected';
}
