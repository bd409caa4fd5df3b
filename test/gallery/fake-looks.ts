import type { LookView } from '../../shared/contract/looks.ts';
import { at } from '../fixtures/boards/golden-times.ts';

const demo = { name: 'Demo Patient', recordNumber: 'DEMO-0042' };
const long = { name: 'Anneliese-Charlotte Wolfeschlegelsteinhausen', recordNumber: 'DEMO-0044' };

const kinds: readonly Pick<LookView, 'what' | 'name' | 'patient' | 'format' | 'from' | 'account'>[] = [
  { what: 'session-watched', name: 'Nurse', patient: demo, format: null, from: 'window', account: null },
  { what: 'patient-found', name: 'Nurse', patient: long, format: null, from: 'window', account: null },
  { what: 'record-opened', name: 'Therapist', patient: demo, format: null, from: 'browser', account: null },
  { what: 'record-saved', name: 'Prescriber', patient: long, format: 'pdf', from: 'browser', account: null },
  { what: 'record-printed', name: 'Nurse', patient: demo, format: null, from: 'window', account: null },
  { what: 'drug-log-opened', name: 'Nurse', patient: null, format: null, from: 'window', account: null },
  { what: 'record-saved', name: null, patient: demo, format: 'json', from: 'command', account: 'clinic-it' },
  { what: 'sessions-listed', name: 'Therapist', patient: null, format: null, from: 'window', account: null },
];

/** Two pages of looks of a fortnight. */
const looks: readonly LookView[] = Array.from({ length: 130 }, (_, index) => {
  const kind = kinds[index % kinds.length] ?? kinds[0];
  if (kind === undefined) throw new Error('no kinds');
  const sessionMs = kind.patient === null || kind.what === 'patient-found' ? null : at(-60 * 24 * (index + 1));
  return { seq: 1000 - index, atMs: at(-37 * index - 3), sessionMs, ...kind };
});

interface Page {
  readonly looks: readonly LookView[];
  readonly hasOlder: boolean;
}

/** `answer`: as the fake client answers a read. */
export function fakeLooks(answer: (full: Page, empty: Page) => Promise<Page>) {
  const file = { fileName: 'vigil-who-looked.csv', content: { as: 'text', text: '' } };
  return {
    list: ({ before }: { readonly before: number | null }) => {
      const asked = looks.filter(({ seq }) => before === null || seq < before);
      return answer({ looks: asked.slice(0, 100), hasOlder: asked.length > 100 }, { looks: [], hasOlder: false });
    },
    file: () => Promise.resolve(file),
  };
}
