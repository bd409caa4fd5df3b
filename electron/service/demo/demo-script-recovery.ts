import {
  milestone,
  note,
  fullNote,
  respiration,
  stance,
  demoStock,
  type DemoRating,
  type DemoSight,
  type DemoStep,
} from './demo-script.ts';

/** The therapist's note for nobody else, in the file that only their PIN opens; the record has its time. */
export const privateNote = { atMin: 41, text: 'thought of my own father here; stay with the patient’s pace' } as const;

/** Entered too late by the nurse, and set right in the amendment after the signature. */
const lineOutSeenMin = 116;

const entryOf = ({ state }: DemoSight, key: string): string => state.milestones.find((entry) => entry.milestone === key)?.eventId ?? '';

/** The rest of the golden session: the end of the infusion, the handover, and going home. */
export const peakToDeparture: readonly DemoStep[] = [
  {
    atMin: 38.6,
    by: 'nurse',
    command: {
      type: 'mark-slot-missed',
      slotKeys: ['sedation-during:3'],
      reason: 'grief at its height, breathing seen; not to be disturbed',
    },
  },
  respiration(40.4, 13),
  fullNote(43, 'wide and quiet; breath slow, jaw soft', { affectIntensity: 7, tears: false }, { group: 'phase', chip: 'peak' }),
  respiration(45.3, 14),
  note(48.5, '', stance('silent presence'), { group: 'theme', chip: 'loss' }),
  respiration(50.6, 14),
  { atMin: 52 + 1 / 3, by: 'nurse', command: { type: 'complete-dose' } },
  milestone(53, 'nurse', 'flush'),
  respiration(55.3, 14),
  {
    atMin: 56,
    by: 'nurse',
    witness: 'checker',
    command: { type: 'waste-controlled-drug', stock: demoStock, parts: [{ from: 'syringe', mg: 10 }] },
  },
  { atMin: 58, by: 'nurse', witness: 'checker', command: { type: 'hand-over', note: 'anxious at 10 min, settled by grounding' } },
  respiration(67.3, 14, 'checker'),
  fullNote(
    72,
    'wants to call his sister',
    { openness: 7, valuesAction: 'call his sister this week', intervention: 'asked what matters now', response: 'answers at once' },
    { group: 'phase', chip: 'dialogue' },
    { group: 'modality', chip: 'ACT' },
    { group: 'act', chip: 'values' },
  ),
  respiration(82.3, 14, 'checker'),
  milestone(84, 'therapist', 'emerging', 'talks in whole sentences'),
  {
    atMin: 84.5,
    by: 'therapist',
    command: (sight) => ({
      type: 'correct-time',
      eventId: entryOf(sight, 'emerging'),
      utcMs: sight.atMs(80),
      reason: 'seen at 80 min, tapped when the patient had finished',
    }),
  },
  milestone(90, 'checker', 'oral_intake', 'water, 200 mL'),
  respiration(97.3, 14, 'checker'),
  { atMin: 109, by: 'checker', command: { type: 'confirm-criterion', criterion: 'orientation', met: true, detail: 'all four' } },
  milestone(110, 'checker', 'return_to_baseline'),
  respiration(112.1, 14, 'checker'),
  milestone(112.2, 'checker', 'final_vitals'),
  { atMin: 112.4, by: 'checker', command: { type: 'confirm-criterion', criterion: 'gait', met: true, detail: 'walked to the window' } },
  milestone(112.5, 'checker', 'ambulated'),
  { atMin: 113, by: 'checker', command: { type: 'confirm-criterion', criterion: 'suicidal-ideation', met: true, detail: 'asked, none' } },
  {
    atMin: 113.5,
    by: 'checker',
    command: { type: 'record-escort', name: 'Demo Escort', phone: '555 0142', present: true },
  },
  { atMin: 114, by: 'checker', command: { type: 'assess-discharge' } },
  milestone(118, 'checker', 'instructions', 'in writing, no driving until tomorrow'),
  { atMin: 119, by: 'checker', command: { type: 'reach-milestone', milestone: 'iv_removed' } },
  milestone(125, 'checker', 'discharged'),
  { atMin: 126, by: 'checker', command: { type: 'end-session' } },
];

/** The signature, the second one, and what was set right afterwards. */
export const signatures: readonly DemoStep[] = [
  { atMin: 128, by: 'checker', ownPin: true, command: ({ recordHash }) => ({ type: 'sign-session', recordHash: recordHash() }) },
  {
    atMin: 131,
    by: 'therapist',
    ownPin: true,
    command: ({ state }) => ({
      type: 'cosign-session',
      meaning: 'reviewed',
      recordHash: state.signing.versions.at(-1)?.recordHash ?? '',
    }),
  },
  { atMin: 135, by: 'checker', command: { type: 'begin-amendment', reason: 'the line came out before the instructions, not after' } },
  {
    atMin: 136,
    by: 'checker',
    command: (sight) => ({
      type: 'correct-time',
      eventId: entryOf(sight, 'iv_removed'),
      utcMs: sight.atMs(lineOutSeenMin),
      reason: 'the line came out before the instructions, not after',
    }),
  },
  { atMin: 137, by: 'checker', ownPin: true, command: ({ recordHash }) => ({ type: 'sign-session', recordHash: recordHash() }) },
];

/** By then everything above has happened. */
export const demoSignedMin = 138;

const cadss23AtForty = [2, 2, 1, 2, 1, 1, 2, 1, 2, 1, 1, 2, 1, 1, 2, 1, 1, 2, 1, 1, 1, 1, 1];

export const ratingsToDeparture: readonly DemoRating[] = [
  { atMin: 40, by: 'therapist', instrument: 'cadss-23', items: cadss23AtForty },
  { atMin: 40.6, by: 'nurse', instrument: 'moaa-s', items: [4] },
  { atMin: 41.4, by: 'therapist', instrument: 'suds', items: [30] },
  { atMin: 50.4, by: 'nurse', instrument: 'moaa-s', items: [5] },
  { atMin: 60, by: 'therapist', instrument: 'suds', items: [20] },
  { atMin: 60.4, by: 'checker', instrument: 'moaa-s', items: [5] },
  { atMin: 67.4, by: 'checker', instrument: 'moaa-s', items: [5] },
  { atMin: 82, by: 'therapist', instrument: 'cadss-6', items: [1, 0, 1, 0, 1, 0] },
  { atMin: 82.5, by: 'checker', instrument: 'moaa-s', items: [5] },
  { atMin: 97.5, by: 'checker', instrument: 'moaa-s', items: [5] },
  { atMin: 110, by: 'therapist', instrument: 'cadss-6', items: [0, 0, 0, 0, 0, 0] },
  { atMin: 111, by: 'checker', instrument: 'aldrete', items: [2, 2, 2, 2, 2] },
  { atMin: 112.3, by: 'checker', instrument: 'moaa-s', items: [5] },
  { atMin: 112.6, by: 'checker', instrument: 'padss', items: [2, 2, 2, 2, 2] },
  { atMin: 112.8, by: 'checker', instrument: 'nrs-nausea', items: [1] },
];
