import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ObservationDetails } from '../../../../../shared/clinical/observation.ts';
import {
  changeInput,
  changeInputs,
  countBehindMore,
  inputFromJson,
  emptyInput,
  excessOf,
  isBlank,
  isEmpty,
  signedIn,
  type InputChange,
  type ObservationInput,
} from '../../../../../renderer/screens/session/line/observation-draft.ts';

const grief = { group: 'affect', chip: 'grief' } as const;
const ids = ['018f0000-0000-7000-8000-000000000001', '018f0000-0000-7000-8000-000000000002'] as const;
const after = (...changes: readonly InputChange[]): ObservationInput => changes.reduce(changeInput, emptyInput);

test('PAGE-10 the time of a note is that of its first key or chip', () => {
  const typed = after(
    { type: 'text', text: 'B', nowMs: 1000 },
    { type: 'text', text: 'Br', nowMs: 5000 },
    { type: 'chip', chip: grief, nowMs: 9000 },
  );
  expect(typed.draft.begunAtMs).toBe(1000);
  expect(after({ type: 'chip', chip: grief, nowMs: 700 }, { type: 'text', text: 'x', nowMs: 800 }).draft.begunAtMs).toBe(700);
});

test('PAGE-10 a line emptied again has not begun', () => {
  const emptied = after({ type: 'text', text: 'x', nowMs: 1000 }, { type: 'text', text: '', nowMs: 2000 });
  expect(emptied.draft.begunAtMs).toBeNull();
  expect(changeInput(emptied, { type: 'text', text: 'y', nowMs: 3000 }).draft.begunAtMs).toBe(3000);
});

test('PAGE-11 a note leaves the line only when it is recorded', () => {
  const sent = after({ type: 'text', text: 'Tears', nowMs: 1 }, { type: 'send', commandId: ids[0] });
  expect(isBlank(sent.draft)).toBe(true);
  expect(sent.sent).toHaveLength(1);
  const refused = changeInput(sent, { type: 'problem', commandId: ids[0], problem: 'no answer' });
  expect(refused.sent[0]?.problem).toBe('no answer');
  expect(changeInput(refused, { type: 'recorded', commandId: ids[0] })).toEqual(emptyInput);
});

test('PAGE-11 a note put back joins what was typed meanwhile, with the older time', () => {
  const input = after(
    { type: 'text', text: 'first', nowMs: 10 },
    { type: 'chip', chip: grief, nowMs: 11 },
    { type: 'send', commandId: ids[0] },
    { type: 'text', text: 'second', nowMs: 20 },
    { type: 'put-back', commandId: ids[0] },
  );
  expect(input).toEqual({ draft: { text: 'first second', chips: [grief], details: {}, begunAtMs: 10 }, sent: [] });
});

test('PAGE-11 nothing is sent of an empty line', () => {
  expect(after({ type: 'text', text: '   ', nowMs: 1 }, { type: 'send', commandId: ids[0] }).sent).toEqual([]);
});

test('PAGE-11 a reload finds the line as it was, and an unreadable one is empty', () => {
  const change: fc.Arbitrary<InputChange> = fc.oneof(
    fc.record({ type: fc.constant('text' as const), text: fc.string({ maxLength: 40 }), nowMs: fc.nat() }),
    fc.record({
      type: fc.constant('chip' as const),
      chip: fc.constantFrom(grief, { group: 'theme', chip: 'loss' } as const),
      nowMs: fc.nat(),
    }),
    fc.record({
      type: fc.constant('details' as const),
      details: fc.constantFrom<ObservationDetails>({}, { distress: 0 }, { tears: false, safety: ['trauma-flooding'] }),
      nowMs: fc.nat(),
    }),
    fc.record({ type: fc.constant('send' as const), commandId: fc.constantFrom(...ids) }),
    fc.record({ type: fc.constant('put-back' as const), commandId: fc.constantFrom(...ids) }),
  );
  fc.assert(
    fc.property(fc.array(change, { maxLength: 20 }), (changes) => {
      const input = after(...changes);
      expect(inputFromJson(JSON.stringify(input))).toEqual(input);
    }),
    { seed: 11 },
  );
  for (const bad of [null, '', '{', '{"draft":1}', '[]']) expect(inputFromJson(bad)).toEqual(emptyInput);
});

test('PAGE-10 a detail begins a note too, and one of zero is a note', () => {
  const input = after({ type: 'details', details: { distress: 0 }, nowMs: 500 });
  expect(input.draft.begunAtMs).toBe(500);
  expect(isBlank(input.draft)).toBe(false);
});

test('OBSERVE-9 of a phase one word is chosen, of the other groups any number, and what is behind "more" is counted', () => {
  const onset = { group: 'phase', chip: 'onset' } as const;
  const peak = { group: 'phase', chip: 'peak' } as const;
  const { draft } = after(
    { type: 'chip', chip: onset, nowMs: 1 },
    { type: 'chip', chip: grief, nowMs: 2 },
    { type: 'chip', chip: peak, nowMs: 3 },
    { type: 'details', details: { openness: 4 }, nowMs: 4 },
  );
  expect(draft.chips).toEqual([grief, peak]);
  expect(countBehindMore(draft, [grief])).toBe(2);
});

test('PAGE-11 words that leave for the private side take nothing else along, and words that come keep their time', () => {
  const input = after({ type: 'text', text: 'said', nowMs: 10 }, { type: 'chip', chip: grief, nowMs: 11 }, { type: 'text-left' });
  expect(input.draft).toMatchObject({ text: '', chips: [grief], begunAtMs: 10 });
  expect(changeInput(input, { type: 'text-came', text: 'back', begunAtMs: 4 }).draft).toMatchObject({
    text: 'back',
    chips: [grief],
    begunAtMs: 4,
  });
});

test('OBSERVE-12 more than a note takes stays in the line whole, over a reload too, and is sent nowhere until it fits', () => {
  const pasted = 'a long dictation '.repeat(300).trim();
  const input = after({ type: 'text', text: pasted, nowMs: 1 });
  expect(excessOf(input.draft)).toContain('5099 characters, 4000 fit: take out 1099');
  expect(changeInput(input, { type: 'send', commandId: ids[0] })).toEqual(input);
  expect(inputFromJson(JSON.stringify(input))).toEqual(input);
  const shortened = changeInput(input, { type: 'text', text: ` ${pasted.slice(0, 4000)}`, nowMs: 2 });
  expect(changeInput(shortened, { type: 'send', commandId: ids[0] }).sent).toHaveLength(1);
  const beside = after({ type: 'details', details: { response: 'slower '.repeat(60) }, nowMs: 1 });
  expect(changeInput(beside, { type: 'send', commandId: ids[0] })).toEqual(beside);
  expect(inputFromJson(JSON.stringify(beside))).toEqual(beside);
});

test('OBSERVE-14 what one person types is no other’s, and what was typed before a sign-in is theirs who sign in next', () => {
  const typed = (text: string): InputChange => ({ type: 'text', text, nowMs: 1 });
  const byNobody = changeInputs(new Map(), { author: null, change: typed('quiet') });
  const byNurse = signedIn(byNobody, 'nurse');
  expect(byNurse.get('nurse')?.draft).toMatchObject({ text: 'quiet', begunAtMs: 1 });
  expect(byNurse.has(null)).toBe(false);
  const both = changeInputs(signedIn(byNurse, 'therapist'), { author: 'therapist', change: typed('tears') });
  expect([both.get('nurse')?.draft.text, both.get('therapist')?.draft.text]).toEqual(['quiet', 'tears']);
  expect(isEmpty(changeInputs(both, { author: 'nurse', change: typed('') }).get('nurse') ?? after(typed('x')))).toBe(true);
});

test('OBSERVE-14 what was kept comes before what was typed meanwhile, and a note on its way comes once', () => {
  const sent = after({ type: 'text', text: 'first', nowMs: 1 }, { type: 'send', commandId: ids[0] });
  const kept = changeInput(sent, { type: 'text', text: 'kept', nowMs: 2 });
  const now = changeInput(sent, { type: 'text', text: 'typed', nowMs: 9 });
  const joined = changeInput(now, { type: 'came', input: kept });
  expect(joined.draft).toMatchObject({ text: 'kept typed', begunAtMs: 2 });
  expect(joined.sent.map(({ commandId }) => commandId)).toEqual([ids[0]]);
});
