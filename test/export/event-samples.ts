import type { EventBody, SessionEventKind } from '../../electron/service/session/events/session-event.ts';

/** One event of a kind, as a person or the service could have made it, and what a reader must find of it. */
export interface EventSample<K extends SessionEventKind> {
  /** With every field that the kind has, those that may be left out too. */
  readonly body: EventBody<K>;
  /** In the words of a reader; what was typed is looked for without being named here. */
  readonly finds: readonly string[];
}

/** A kind without a sample does not compile; a field that a sample leaves out fails the test that reads it. */
type EventSamples = { readonly [K in SessionEventKind]: EventSample<K> };

const id = (letter: string, number: number): string => `${letter}0000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const hash = 'ab12'.repeat(16);
const person = (name: string, role: 'nurse' | 'prescriber') => ({ personId: id('b', 9), name, role });
const witness = { personId: id('b', 9), name: 'Wanda Witness' };
const bag = { ug: 41_000, ul: 42_000 };
const stock = { drug: 'ketamine', unit: 'vial', unitUg: 500_000, ugPerMl: 50_000 } as const;
const vial = { ug: 500_000, ul: 10_000 };
const lateReason = 'typed quokka';
const overrideReason = 'typed narwhal';
const orderedBy = { kind: 'prescriber', personId: id('b', 9), name: 'Dr. Ordered' } as const;
const standing = { kind: 'standing-order', protocol: 'typed protocol', version: 7 } as const;

export const ratingId = id('5', 1);
export const adverseEventId = id('6', 1);
/** Of the entry that undos, corrections and other words are about: an observation that is there before them. */
export const aboutId = id('7', 1);

export const eventSamples: EventSamples = {
  'session-opened': {
    body: {
      patientId: id('c', 1),
      patientName: 'Olga Opossum',
      birthDate: '1984-03-14',
      recordNumber: 'DEMO-0042',
      protocolId: 'iv-ketamine-0.5-40',
      protocolVersion: 1,
      course: { number: 3, of: 6 },
      sex: 'female',
    },
    finds: ['1984-03-14', 'DEMO-0042', 'session 3 of 6', 'sex for clinical use: female'],
  },
  'weight-recorded': {
    body: {
      grams: 81_300,
      entered: { value: 81.3, unit: 'kg' },
      again: { value: 179.2, unit: 'lb' },
      heightCm: 178.5,
      overrideReason,
      lateReason,
    },
    finds: ['81.3 kg', '179.2 lb', '178.5 cm'],
  },
  'dose-ordered': {
    body: {
      ugPerKg: 510,
      weightGrams: 81_300,
      doseUg: 41_000,
      bag,
      minutes: 43,
      rateUlPerHour: 58_600,
      exact: { doseUg: 41_463, volumeUl: 41_463, rateUlPerHour: 57_855 },
      steps: { doseUg: 1000, drawUl: 20, bagUl: 1000, rateUlPerHour: 100 },
      orderedBy,
      overrideReason,
    },
    finds: ['41.463 mg drawn as 41 mg (0.504 mg/kg)', 'Dr. Ordered', '0.51 mg/kg', '41 mg in 42 mL', '43 min', '58.6 mL/h'],
  },
  'milestone-reached': {
    body: { milestone: 'iv_placed', detail: 'typed wombat', told: 'typed quokka', go: true, figures: 'typed okapi', lateReason },
    finds: ['IV placed'],
  },
  'dose-started': {
    body: { rateUlPerHour: 58_600, bag, overrideReason, lateReason },
    finds: ['Infusion started', '58.6 mL/h', '41 mg in 42 mL'],
  },
  'rate-changed': { body: { rateUlPerHour: 45_500, overrideReason, lateReason }, finds: ['Rate 45.5 mL/h'] },
  'dose-paused': { body: { reason: 'patient-anxious', detail: 'typed gecko', lateReason }, finds: ['Paused', 'patient anxious'] },
  'dose-resumed': { body: { rateUlPerHour: 45_500, overrideReason, lateReason }, finds: ['Resumed', '45.5 mL/h'] },
  'bolus-given': { body: { ug: 7300, overrideReason, lateReason }, finds: ['Bolus 7.3 mg'] },
  'dose-completed': { body: { deliveredUg: 39_700, volumeLeftUl: 1200, lateReason }, finds: ['Infusion complete', '1.2 mL read'] },
  'dose-stopped-early': {
    body: {
      reason: 'prescriber-order',
      detail: 'typed ocelot',
      deliveredUg: 5740,
      wasteUg: 34_180,
      wasteUl: 34_260,
      volumeLeftUl: 34_600,
      lateReason,
    },
    finds: ['Stopped early', 'prescriber order', '34.6 mL read'],
  },
  'rating-opened': {
    body: { ratingId, instrument: 'cadss-6', instrumentVersion: 'v-xerus', mode: 'observer', textPackHash: hash, lateReason },
    finds: ['CADSS-6', 'observer'],
  },
  'item-answered': { body: { ratingId, item: 4, value: 3 }, finds: ['Item 4: 3'] },
  'rating-finished': { body: { ratingId }, finds: ['Rating finished'] },
  'rating-not-assessable': {
    body: { ratingId, instrument: 'cadss-6', reason: 'overwhelmed', detail: 'typed tapir', lateReason },
    finds: ['CADSS-6', 'not assessable: overwhelmed'],
  },
  'observation-recorded': {
    body: {
      lateReason,
      text: 'typed ibex',
      chips: [{ group: 'affect', chip: 'grief' }],
      details: {
        affectIntensity: 7,
        tears: true,
        openness: 6,
        distress: 35,
        intervention: 'typed lemur',
        response: 'typed otter',
        valuesAction: 'typed puffin',
        utterance: { words: 'typed heron', consent: true, spoken: 'in-answer' },
        safety: ['trauma-flooding'],
        adverseEventId,
      },
    },
    finds: [
      'grief',
      'intensity 7/10',
      'tears',
      'openness 6/10',
      'distress 35/100',
      'in answer',
      'trauma flooding',
      'about an adverse event',
    ],
  },
  'observation-amended': {
    body: {
      eventId: aboutId,
      text: 'typed jackal',
      chips: [{ group: 'stance', chip: 'grounding' }],
      details: { tears: false },
      reason: 'typed stork',
    },
    finds: ['Observation amended', 'grounding', 'no tears'],
  },
  'private-note-marked': { body: { noteId: id('8', 1) }, finds: [] },
  'text-moved-across': { body: { direction: 'to-shared', from: 'line', noteId: id('8', 1) }, finds: [] },
  'adverse-event-recorded': {
    body: { adverseEventId, category: 'vomiting', severity: 'moderate', detail: 'typed bison', lateReason },
    finds: ['Vomiting', 'moderate'],
  },
  'adverse-event-updated': {
    body: {
      adverseEventId,
      changes: {
        category: 'headache',
        severity: 'severe',
        serious: ['hospitalization'],
        actions: ['oxygen', 'prescriber-called'],
        outcome: 'recovered-with-sequelae',
        relatedness: 'probable',
        detail: 'typed marmot',
        endedMs: Date.parse('2026-11-23T10:47:00-05:00'),
      },
    },
    finds: ['Headache', 'severe', 'Hospitalization', 'Oxygen given', 'Prescriber called', 'Recovered with sequelae', 'Probable', '10:47'],
  },
  'drug-given': {
    body: { drug: 'ondansetron', dose: '4 mg', route: 'odt', reason: 'typed badger', adverseEventId, lateReason },
    finds: ['ondansetron 4 mg', 'ODT'],
  },
  'controlled-drug-drawn': {
    body: { stock, ug: 450_000, forDose: true, lot: 'typed LOT-7', witness, lateReason },
    finds: ['Drawn 450 mg', 'vial of 500 mg', 'for the dose'],
  },
  'controlled-drug-wasted': {
    body: {
      stock,
      forDose: true,
      parts: [
        { from: 'bag', ug: 12_300 },
        { from: 'syringe', ug: 4500 },
      ],
      ug: 16_800,
      openUg: 17_900,
      givenUg: 2100,
      difference: { ug: 1100, reason: 'typed ferret' },
      witness,
      lateReason,
    },
    finds: ['Wasted 16.8 mg', '12.3 mg from the bag', '4.5 mg from the syringe', '17.9 mg open', '2.1 mg given', 'difference 1.1 mg'],
  },
  'vitals-entered': {
    body: { values: { 'pulse-rate': 73, spo2: 97, 'nibp-sys': 131, 'nibp-dia': 79, 'resp-rate': 13, temp: 36.4 }, lateReason },
    finds: ['131/79', 'pulse 73', 'SpO₂ 97', 'resp 13', '36.4 °C'],
  },
  'slot-missed': {
    body: { slotKey: 'bp:3', label: 'Blood pressure', reason: 'typed weasel', notApplicable: true },
    finds: ['Blood pressure not applicable'],
  },
  'surroundings-changed': { body: { what: 'lights', lateReason }, finds: ['Lights changed'] },
  'stop-requested': { body: {}, finds: ['Wants to stop'] },
  'pump-confirmed': { body: { running: false }, finds: ['Pump confirmed not running'] },
  'event-undone': { body: { eventId: aboutId, reason: 'typed lynx' }, finds: ['Undo'] },
  'time-corrected': {
    body: { eventId: aboutId, to: { utcMs: Date.parse('2026-11-23T09:53:00-05:00'), offsetMin: -300 }, reason: 'typed hyena' },
    finds: ['Time correction', '09:53'],
  },
  'gift-corrected': {
    body: {
      eventId: aboutId,
      ug: 41_300,
      ul: 826,
      halves: 3,
      site: 'ventrogluteal',
      side: 'right',
      lot: 'typed marmot',
      reason: 'typed jackal',
    },
    finds: ['Correction', '41.3 mg', '0.826 mL', '1.5 lozenges', 'right', 'ventrogluteal'],
  },
  'artefact-marked': {
    body: {
      metric: 'spo2',
      fromMs: Date.parse('2026-11-23T09:53:00-05:00'),
      toMs: Date.parse('2026-11-23T09:56:00-05:00'),
      said: '71 to 84',
      reason: 'typed jackal',
    },
    finds: ['SpO₂ 71 to 84 %: artefact', '09:53', '09:56'],
  },
  'vitals-corrected': {
    body: {
      eventId: aboutId,
      values: { 'pulse-rate': 73, spo2: 96, 'nibp-sys': 131, 'nibp-dia': 87, 'resp-rate': 15, temp: 37.3 },
      reason: 'typed jackal',
    },
    finds: ['Correction', 'blood pressure 131/87', 'pulse 73', 'SpO₂ 96', 'resp 15', '37.3 °C'],
  },
  'volume-left-corrected': {
    body: { eventId: aboutId, volumeLeftUl: 8400, reason: 'typed jackal' },
    finds: ['Correction', '8.4 mL read at the pump'],
  },
  'monitor-lost': {
    body: { monitorId: id('9', 1), monitorName: 'Oximeter Kiwi', sinceMs: Date.parse('2026-11-23T09:57:00-05:00'), cause: 'cable-out' },
    finds: ['Oximeter Kiwi lost', 'cable out', '09:57'],
  },
  'monitor-live': { body: { monitorId: id('9', 1), monitorName: 'Oximeter Kiwi', afterMs: 17_000 }, finds: ['Oximeter Kiwi live', '17 s'] },
  'device-clock-noted': {
    body: { monitorId: id('9', 1), monitorName: 'Oximeter Kiwi', offsetMs: 93_000, jumpMs: 61_000 },
    finds: ['Clock of Oximeter Kiwi', '93 s', '61 s'],
  },
  'recording-gap': {
    body: { fromMs: Date.parse('2026-11-23T09:51:00-05:00'), toMs: Date.parse('2026-11-23T09:56:00-05:00'), cause: 'restart' },
    finds: ['Not recorded', '09:51', '09:56'],
  },
  'clock-stepped': {
    body: { byMs: 3_600_000, aheadMs: 3_600_000 },
    finds: ['Computer’s clock set', 'it was 09:20 and the computer said 10:20'],
  },
  'session-ended': { body: { reason: 'typed panda', answersNothing: true }, finds: ['Session ended'] },
  'identity-checked': {
    body: { identifiers: ['birth-date', 'record-number'], lateReason },
    finds: ['Identity confirmed', 'birth date and record number agree'],
  },
  'double-check-confirmed': {
    body: { readBack: 'typed 41 mg in 42 mL', orderEventId: null, witness, lateReason },
    finds: ['Medication double-check'],
  },
  'injection-ordered': {
    body: {
      ugPerKg: 510,
      weightGrams: 81_300,
      doseUg: 41_000,
      volumeUl: 820,
      vial,
      second: { ugPerKg: 260, doseUg: 21_500, volumeUl: 430, exact: { doseUg: 21_138, volumeUl: 423 } },
      exact: { doseUg: 41_463, volumeUl: 829 },
      steps: { doseUg: 500, drawUl: 10 },
      orderedBy,
      overrideReason,
    },
    finds: [
      'Order 41 mg',
      'Dr. Ordered',
      '0.51 mg/kg',
      '41.463 mg drawn as 41 mg',
      '0.82 mL',
      '50 mg/mL',
      '0.26 mg/kg',
      '21.138 mg drawn as 21.5 mg',
      '0.43 mL',
    ],
  },
  'devices-ordered': {
    body: { doseUg: 84_000, deviceUg: 28_000, devices: 3, orderedBy: standing, overrideReason },
    finds: ['Order 84 mg', 'typed protocol', 'v7', '3 devices of 28 mg'],
  },
  'lozenges-ordered': {
    body: { doseUg: 150_000, lozengeUg: 100_000, halves: 3, weightGrams: 81_300, orderedBy, overrideReason },
    finds: ['Order 150 mg', 'Dr. Ordered', '1.5 lozenges of 100 mg'],
  },
  'injection-given': {
    body: { number: 1, ug: 41_463, ul: 829, vial, site: 'vastus-lateralis', side: 'left', lot: 'typed LOT-8', overrideReason, lateReason },
    finds: ['Injection 41.463 mg', '0.829 mL', 'left vastus lateralis'],
  },
  'device-given': {
    body: { number: 2, of: 3, ug: 28_000, lot: 'typed LOT-9', overrideReason, lateReason },
    finds: ['Device 2 of 3', '28 mg'],
  },
  'lozenge-placed': {
    body: { halves: 3, ug: 150_000, lot: 'typed LOT-10', overrideReason, lateReason },
    finds: ['Lozenge placed 150 mg', '1.5 lozenges'],
  },
  'lozenge-expelled': { body: { lateReason }, finds: ['Lozenge taken out'] },
  'bag-changed': {
    body: { bag, rateUlPerHour: 45_500, oldLeftUg: 3300, oldLeftUl: 3400, volumeLeftUl: 3600, overrideReason, lateReason },
    finds: ['New bag 41 mg in 42 mL', '45.5 mL/h', '3.6 mL read'],
  },
  'remote-facts-recorded': {
    body: {
      locationAddress: 'typed 12 Elm Street',
      emergencyContact: 'typed Emil 555 0112',
      sitterName: 'typed Sara Sitter',
      callBackNumber: 'typed 555 0199',
      videoOn: false,
    },
    finds: ['video off'],
  },
  'criterion-confirmed': {
    body: { criterion: 'orientation', met: false, detail: 'typed koala', lateReason },
    finds: ['Criterion found not met', 'orientation'],
  },
  'escort-recorded': {
    body: { name: 'Esther Escort', phone: '555 0142', present: true, lateReason },
    finds: ['Escort', 'is here'],
  },
  'criterion-overridden': {
    body: { criterion: 'orientation', reason: 'typed zebra', prescriber: person('Petra Prescriber', 'prescriber') },
    finds: ['overridden by Petra Prescriber', 'orientation'],
  },
  'discharge-assessed': {
    body: {
      lines: [
        { criterion: 'orientation', label: 'Oriented to place', verdict: 'not-met', evidence: 'typed emu', atMs: null, by: 'Nora Nurse' },
        { criterion: 'walk', label: 'Walks unaided', verdict: 'met', evidence: 'typed rhea', atMs: null, by: null },
      ],
      overridden: ['orientation'],
    },
    finds: [
      'Discharge criteria recorded as met',
      'Oriented to place',
      'not met',
      'Walks unaided',
      '1 of 2 criteria met',
      'overridden: orientation',
    ],
  },
  'left-against-advice': {
    body: {
      prescriber: { told: 'typed Petra', atMs: Date.parse('2026-11-23T09:53:00-05:00') },
      risksExplained: true,
      escort: 'typed Emil Escort',
      condition: 'typed wombat',
      short: ['Leaving without typed numbat'],
      lateReason,
    },
    finds: ['Left against advice', 'at 09:53', 'risks explained'],
  },
  'rems-answered': {
    body: { field: 'benzodiazepines', answer: 'yes', detail: 'typed pangolin' },
    finds: ['REMS form: Benzodiazepines', 'yes'],
  },
  'sex-recorded': { body: { sex: 'female' }, finds: ['Sex for clinical use: female'] },
  'handover-recorded': {
    body: {
      from: person('Fay First', 'nurse'),
      to: person('Tina Taker', 'nurse'),
      card: [{ heading: 'Dose', lines: ['typed 20 mg given'] }],
      note: 'typed walrus',
    },
    finds: ['Handover to Tina Taker', 'from Fay First'],
  },
  'item-closed': {
    body: { keys: ['milestone:consent'], reason: 'typed falcon', about: ['typed grouse'] },
    finds: ['Reason before signing'],
  },
  'session-signed': {
    body: {
      ...person('Simone Signer', 'prescriber'),
      version: 1,
      meaning: 'authored',
      recordHash: hash,
      seal: { throughSeq: 1, eventHash: hash, readingRows: 0, readingsHash: hash },
    },
    finds: ['Signed as version 1', 'authored', 'prescriber'],
  },
  'session-cosigned': {
    body: { ...person('Conrad Cosigner', 'nurse'), version: 1, meaning: 'reviewed', recordHash: hash },
    finds: ['Version 1 co-signed', 'reviewed'],
  },
  'amendment-begun': { body: { ofVersion: 1, reason: 'typed gibbon' }, finds: ['Amendment begun', 'version 1'] },
  'amendment-closed': { body: { reason: 'typed donkey' }, finds: ['Amendment closed'] },
};
