import { describe, expect, test } from 'vitest';
import {
  changePrivateSide,
  closedSide,
  type PrivateChange,
  type PrivateSide,
} from '../../../../../renderer/screens/session/line/private-side.ts';

const personId = 'therapist';
const opened = (draft: { draftId: string; text: string; begunAtMs: number } | null = null): PrivateChange => ({
  type: 'opened',
  personId,
  notes: [],
  draft,
  sealedBefore: 0,
  newId: 'new',
});
const closed: PrivateChange = { type: 'closed', personId, newId: 'after' };
const typed = (text: string, nowMs = 1000): PrivateChange => ({ type: 'text', text, nowMs });
const note = (noteId: string, text: string) => ({ noteId, text, atMs: 1, recordedMs: 1, movedMs: null });

function after(...changes: readonly PrivateChange[]): PrivateSide {
  return changes.reduce(changePrivateSide, closedSide('first'));
}

describe('the private side of a page', () => {
  test('PRIVATE-20 its time is that of the first key, and a line emptied again has not begun', () => {
    expect(after(opened(), typed('a', 10), typed('ab', 20)).line).toMatchObject({ text: 'ab', begunAtMs: 10 });
    expect(after(opened(), typed('a', 10), typed(' ', 20), typed('b', 30)).line.begunAtMs).toBe(30);
  });

  test('PRIVATE-21 closed, nothing of it is in sight: no line, no notes, nothing under way', () => {
    const side = after(opened(), typed('half'), { type: 'notes', notes: [note('n', 'x')], sealedBefore: 2 }, closed);
    expect(side).toMatchObject({ open: false, notes: [], sealedBefore: 0, sent: [], line: { text: '' } });
  });

  test('PRIVATE-20 what was sealed comes back from the disk, what was not from this page, and only to its author', () => {
    const unkept = after(opened(), typed('half a sen'), { type: 'kept', text: 'half a sen' }, typed('half a sentence'), closed);
    const other = changePrivateSide(unkept, { ...opened(), personId: 'other' } as PrivateChange);
    expect(other.line.text).toBe('');
    const back = changePrivateSide(unkept, opened({ draftId: 'first', text: 'half a sen', begunAtMs: 5 }));
    expect(back.line).toMatchObject({ draftId: 'first', text: 'half a sentence', begunAtMs: 5 });
    const kept = after(opened(), typed('whole'), { type: 'kept', text: 'whole' }, closed);
    expect(kept.held.size).toBe(0);
  });

  test('PRIVATE-20 a note that was under way when it closed is sent again under its own id, unless it arrived after all', () => {
    const underway = after(opened(), typed('one'), { type: 'send', noteId: 'n1', newId: 'next' }, closed);
    expect(changePrivateSide(underway, opened()).sent).toMatchObject([{ noteId: 'n1', line: { text: 'one' }, problem: null }]);
    const arrived = changePrivateSide(underway, { type: 'recorded', noteId: 'n1', note: note('n1', 'one') });
    expect(arrived.notes).toEqual([]);
    expect(changePrivateSide(arrived, opened()).sent).toEqual([]);
  });

  test('PRIVATE-20 a refused note stays until it is tried again and recorded', () => {
    const sent = after(opened(), typed('one'), { type: 'send', noteId: 'n1', newId: 'next' });
    const refused = changePrivateSide(sent, { type: 'problem', noteId: 'n1', problem: 'The disk is full.' });
    expect(refused.sent).toMatchObject([{ problem: 'The disk is full.' }]);
    const done = changePrivateSide(refused, { type: 'recorded', noteId: 'n1', note: note('n1', 'one') });
    expect(done).toMatchObject({ sent: [], notes: [{ text: 'one' }], line: { draftId: 'next', text: '' } });
  });

  test('PRIVATE-20 words that come across stand before what is being typed, with their own time', () => {
    const side = after(opened(), typed('later', 50), { type: 'text-came', text: 'first', begunAtMs: 20 });
    expect(side.line).toMatchObject({ text: 'first later', begunAtMs: 20 });
    expect(changePrivateSide(side, { type: 'text-left' }).line).toMatchObject({ text: '', begunAtMs: null });
  });
});
