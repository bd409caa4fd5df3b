/** Words of the sheet that marks a monitor's value as none of the patient. */
export const artefactText = {
  open: 'Mark an artefact…',
  title: 'Artefact of the monitor',
  words: 'What the monitor said stays in the record, struck through with your name. It counts as no highest, lowest or baseline value.',
  metric: 'Which value',
  which: 'Which reading',
  noPressure: 'The monitor gave no pressure that is not marked already. What a person typed is corrected under Recorded.',
  from: 'From',
  to: 'To, ten minutes at most',
  timeHint: 'for example 10:36 or 10:36:20',
  reason: 'Why',
  reasonHint: 'may be left empty',
  record: 'Mark as an artefact',
  saving: 'saving…',
  back: 'Back',
  waits: {
    pressure: 'choose the reading',
    times: 'type when it was',
    order: 'it ends before it begins',
    words: 'write why in words',
  },
} as const;
