import type { Stock } from '../../../shared/clinical/controlled-drug.ts';
import type { InstrumentId } from '../../../shared/clinical/instrument-id.ts';
import type { ObservationDetails } from '../../../shared/clinical/observation.ts';
import type { SessionCommandInput } from '../../../shared/contract/session-commands.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import type { SessionState } from '../session/state/session-state.ts';

/** Whose hand it is in the demo. */
export type DemoPerson = 'nurse' | 'therapist' | 'checker' | 'prescriber';

/** What somebody at the screen would see and go by. */
export interface DemoSight {
  readonly state: SessionState;
  /** Minutes from the start of the infusion, as an instant. */
  readonly atMs: (minute: number) => UtcMs;
  readonly recordHash: () => string;
}

/** Stated outright, or drawn from what stands on the screen then. */
export type DemoCommand = SessionCommandInput | ((sight: DemoSight) => SessionCommandInput);

/** As the wristband of the demo's patient says. */
export const demoIdentifiers = { birthDate: '1984-03-14', recordNumber: 'DEMO-0042' } as const;

export interface DemoStep {
  /** Minutes from the start of the infusion. */
  readonly atMin: number;
  readonly by: DemoPerson;
  /** The second person, where the step needs one. */
  readonly witness?: DemoPerson;
  /** Whoever signs types their PIN again. */
  readonly ownPin?: true;
  readonly command: DemoCommand;
}

/** A rating is opened, answered item by item and finished. */
export interface DemoRating {
  readonly atMin: number;
  readonly by: DemoPerson;
  readonly instrument: InstrumentId;
  readonly items: readonly number[];
}

/** The session is opened here; the monitors are switched on with the baseline. */
export const demoOpensMin = -41;
/** The script ends here and the person at the screen takes over. */
export const demoHandsOverMin = 38;

export const milestone = (
  atMin: number,
  by: DemoPerson,
  key: Extract<SessionCommandInput, { type: 'reach-milestone' }>['milestone'],
  detail?: string,
): DemoStep => ({ atMin, by, command: { type: 'reach-milestone', milestone: key, ...(detail === undefined ? {} : { detail }) } });

type Chips = Extract<SessionCommandInput, { type: 'record-observation' }>['chips'];
export const note = (atMin: number, text: string, ...chips: Chips): DemoStep => ({
  atMin,
  by: 'therapist',
  // The time is filled in by the player: the moment at which the step is due.
  command: { type: 'record-observation', text, chips, begunAt: 0 },
});
/** A note with the rest of what a sheet can say. */
export const fullNote = (atMin: number, text: string, details: ObservationDetails, ...chips: Chips): DemoStep => ({
  atMin,
  by: 'therapist',
  command: { type: 'record-observation', text, chips, details, begunAt: 0 },
});
export const affect = (chip: string): Chips[number] => ({ group: 'affect', chip });
export const stance = (chip: string): Chips[number] => ({ group: 'stance', chip });

/** Vital Masimo and DINAMAP do not give respiration: the nurse counts and types it. */
export const respiration = (atMin: number, rate: number, by: DemoPerson = 'nurse'): DemoStep => ({
  atMin,
  by,
  command: { type: 'enter-vitals', values: { 'resp-rate': rate } },
});

/** What the cabinet of the demo's room holds. */
export const demoStock: Stock = { drug: 'ketamine', unit: 'vial', unitUg: 500_000, ugPerMl: 50_000 };

/** The golden session as its nurse and therapist recorded it, up to the moment of handing over to whoever looks on. */
export const arrivalToPeak: readonly DemoStep[] = [
  milestone(-40, 'nurse', 'arrived'),
  { atMin: -38, by: 'nurse', command: { type: 'check-identity', ...demoIdentifiers } },
  milestone(-35, 'nurse', 'escort_confirmed', 'adult driver, phone on file'),
  { atMin: -33, by: 'nurse', command: { type: 'record-weight', value: 80, unit: 'kg', again: { value: 80, unit: 'kg' } } },
  milestone(-31, 'nurse', 'med_review'),
  milestone(-30, 'nurse', 'questionnaires_done'),
  milestone(-28, 'nurse', 'suicide_screen'),
  milestone(-25, 'nurse', 'consent'),
  milestone(-22, 'nurse', 'iv_placed', 'L forearm 22 G'),
  respiration(-15, 14),
  milestone(-14.55, 'nurse', 'baseline_vitals'),
  { atMin: -9, by: 'nurse', command: { type: 'order-dose', mgPerKg: 0.5, minutes: 40, mgPerMl: 1, standingOrder: true } },
  milestone(-8, 'therapist', 'intention'),
  note(-7.5, '', affect('calm')),
  { atMin: -7, by: 'nurse', witness: 'checker', command: { type: 'draw-controlled-drug', stock: demoStock, mg: 50, lot: 'DEMO-118' } },
  {
    atMin: -5,
    by: 'nurse',
    witness: 'checker',
    command: { type: 'confirm-double-check', readBack: 'ketamine, 1 mg/mL, 40 mg in 40 mL, 60 mL/h' },
  },
  milestone(-3, 'nurse', 'bedside_alarms_on'),
  milestone(-2, 'nurse', 'timeout'),
  { atMin: 0, by: 'nurse', command: { type: 'start-dose' } },
  respiration(0.5, 14),
  note(3.2, '', stance('silent presence')),
  respiration(5.2, 14),
  milestone(6, 'therapist', 'onset'),
  note(8.6, '', affect('fear'), stance('grounding')),
  {
    atMin: 9.6,
    by: 'therapist',
    command: { type: 'record-adverse-event', category: 'anxiety', severity: 'moderate', detail: 'sat up, breathing fast' },
  },
  { atMin: 10, by: 'nurse', command: { type: 'pause-dose', reason: 'patient-anxious' } },
  respiration(10.3, 16),
  note(14.2, 'calmer, hands open'),
  { atMin: 15, by: 'nurse', command: { type: 'resume-dose' } },
  respiration(15.2, 15),
  {
    atMin: 15.6,
    by: 'nurse',
    command: ({ state, atMs }) => ({
      type: 'update-adverse-event',
      adverseEventId: state.adverseEvents[0]?.adverseEventId ?? '',
      changes: {
        actions: ['reassured', 'dose-paused'],
        serious: [],
        relatedness: 'probable',
        outcome: 'recovered',
        endedMs: atMs(14.5),
      },
    }),
  },
  note(19.6, '', affect('awe')),
  respiration(20.2, 14),
  { atMin: 23, by: 'nurse', command: { type: 'change-rate', rateMlPerHour: 45 } },
  respiration(25.2, 14),
  note(26.8, 'tears, grief; stays with it', affect('grief')),
  {
    atMin: 30.4,
    by: 'nurse',
    command: { type: 'reach-milestone', milestone: 'bp_review', told: 'Dr Demo', detail: '162/98, no symptoms; repeat ordered' },
  },
  respiration(30.6, 13),
  note(33.4, '', stance('silent presence')),
  respiration(35.2, 13),
  milestone(36, 'therapist', 'peak'),
];

const cadss6AtTwenty = [3, 2, 1, 1, 2, 1];

export const ratingsToPeak: readonly DemoRating[] = [
  { atMin: -15.4, by: 'nurse', instrument: 'moaa-s', items: [5] },
  { atMin: -15.2, by: 'nurse', instrument: 'suds', items: [20] },
  { atMin: -14, by: 'therapist', instrument: 'cadss-23', items: Array<number>(23).fill(0) },
  { atMin: 1, by: 'nurse', instrument: 'moaa-s', items: [5] },
  { atMin: 10.4, by: 'nurse', instrument: 'moaa-s', items: [5] },
  { atMin: 11, by: 'therapist', instrument: 'suds', items: [60] },
  { atMin: 15.4, by: 'therapist', instrument: 'suds', items: [40] },
  { atMin: 20, by: 'therapist', instrument: 'cadss-6', items: cadss6AtTwenty },
  { atMin: 20.4, by: 'nurse', instrument: 'moaa-s', items: [4] },
  { atMin: 20.6, by: 'therapist', instrument: 'suds', items: [30] },
];
