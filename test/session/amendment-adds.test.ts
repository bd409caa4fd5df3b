import { expect, test } from 'vitest';
import { recordHistory } from '../../electron/service/projection/record-history.ts';
import { recordFigures } from '../../electron/service/export/record/record-figures.ts';
import { recordPages } from '../../electron/service/export/record-print.ts';
import { addedCommand, answersTyped, nothingAdded, type AddedDraft } from '../../renderer/screens/record/added-command.ts';
import { wholeRecord } from '../../renderer/screens/record/entry-history.ts';
import type { SessionCommandInput, SessionCommandType } from '../../shared/contract/session-commands.ts';
import { materialOf, sectionOf } from '../export/golden-material.ts';
import { dosing, startMs, type PlayedSession } from './played-session.ts';
import { takenCommand } from './taken-commands.ts';

/** Signed as version 1 at two hours, and being amended a day later. */
function amended(): PlayedSession {
  const session = dosing().at(40);
  session.do({ type: 'complete-dose' });
  session.at(110).do({ type: 'end-session', reason: 'screening is on paper' });
  const { recordHash, ...seal } = session.seal;
  const signer = { personId: 'b0000000-0000-7000-8000-000000000001', name: 'First', role: 'nurse', meaning: 'authored' } as const;
  session.append([{ kind: 'session-signed', body: { ...signer, version: 1, recordHash, seal } }]);
  session.at(26 * 60).do({ type: 'begin-amendment', reason: 'found on paper' });
  return session;
}

const at = { utcMs: startMs + 20 * 60_000, reason: 'was on paper' };
const ratingId = '50000000-0000-7000-8000-000000000005';
const commandOf = (draft: Partial<AddedDraft>): SessionCommandInput => {
  const command = addedCommand({ ...nothingAdded, ...draft }, at, { ratingId, unit: 'kg' });
  if ('waitsFor' in command) throw new Error(command.waitsFor);
  return command;
};

test.each<[string, Partial<AddedDraft>, string]>([
  ['an event', { kind: 'milestone', milestone: 'onset', text: 'warm hands' }, 'Onset of effect: warm hands'],
  ['a note', { kind: 'note', text: 'humming' }, 'humming'],
  ['a rating', { kind: 'rating', instrument: 'cadss-6', answers: '1 0 2 0 1 0' }, 'CADSS-6'],
  ['a weight', { kind: 'weight', weight: '81', again: '81' }, 'Weight 81 kg'],
])('AMEND-1 an amendment adds %s at its own time, and screen and print say that it was added', (_what, draft, words) => {
  const session = amended();
  session.do(commandOf(draft));
  if (draft.kind === 'rating') session.do({ type: 'finish-rating', ratingId });
  const material = materialOf(session);
  const entries = wholeRecord(sectionOf(material), { history: recordHistory(session.open, material.nameOf), signing: { items: [] } });
  const added = entries.filter(({ addedIn }) => addedIn === 2);
  expect(added.map(({ atMs }) => atMs)).toEqual([at.utcMs]);
  expect([added[0]?.title, added[0]?.detail].join(': ')).toContain(words.split(':')[0]);
  expect(added[0]?.lateEnteredMs).not.toBeNull();
  const recorded = recordHistory(session.open, material.nameOf).find(({ addedIn }) => addedIn === 2);
  expect(recorded?.reasons).toEqual(['entered late: was on paper']);
  const print = recordPages(material, 'full')
    .flatMap(({ marks }) => marks.map((mark) => (mark.mark === 'text' ? mark.text : '')))
    .join(' ');
  expect(print).toContain('added in version 2');
});

test('AMEND-1 vitals are added at their own time; without one they are refused, because the patient had left', () => {
  const session = amended();
  expect(session.try({ type: 'enter-vitals', values: { spo2: 96 } }).refusal?.code).toBe('SESSION_TIME_IMPOSSIBLE');
  expect(session.try({ type: 'record-weight', value: 81, unit: 'kg', again: { value: 81, unit: 'kg' } }).refusal?.code).toBe(
    'SESSION_TIME_IMPOSSIBLE',
  );
  session.do({ type: 'enter-vitals', values: { spo2: 96 }, at });
  const entry = recordHistory(session.open, () => 'First').at(-1);
  expect([entry?.addedIn, entry?.atMs, entry?.reasons]).toEqual([2, at.utcMs, ['entered late: was on paper']]);
});

test('AMEND-1 what stood in the first version is not said to be added', () => {
  const history = recordHistory(amended().open, () => 'First');
  expect(history.length).toBeGreaterThan(10);
  expect(history.filter(({ addedIn }) => addedIn !== null)).toEqual([]);
});

test('AMEND-2 answers are taken as they stand on paper: one for each item, a dash for one left out, none out of range', () => {
  // By the numbers of the whole form, of which these six are items.
  const answers = answersTyped('cadss-6', '1 0 2 – 1 0');
  expect(answers?.map(({ value }) => value)).toEqual([1, 0, 2, 1, 0]);
  expect(answers?.map(({ item }) => item).filter((item) => [1, 6, 15, 22].includes(item))).toEqual([1, 6, 15, 22]);
  for (const typed of ['1 0 2 0 1', '1 0 2 0 1 0 0', '1 0 5 0 1 0', '1 0 x 0 1 0', '', '– – – – – –']) {
    expect(answersTyped('cadss-6', typed), typed).toBeNull();
  }
});

test.each<[string, SessionCommandType, number]>([
  ['an injection', 'give-injection', 1],
  ['a lozenge', 'place-lozenge', 1.471],
])(
  'AMEND-3 a weight added after the end does not move the mg/kg of %s, which was ordered for the weight of then',
  (_what, give, mgPerKg) => {
    const { session, input } = takenCommand(give);
    session.do(input);
    if (give === 'place-lozenge') session.at(10).do({ type: 'expel-lozenge' });
    session.at(110).do({ type: 'end-session', reason: 'screening is on paper' });
    const perKg = () => recordFigures(materialOf(session))['delivered-per-kg'].value;
    expect(perKg()).toBe(mgPerKg);
    session.at(120).do({ type: 'record-weight', value: 81, unit: 'kg', again: { value: 81, unit: 'kg' }, at });
    expect([session.open.weight?.grams, perKg()]).toEqual([81_000, mgPerKg]);
  },
);
