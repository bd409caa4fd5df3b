import { expect, test } from 'vitest';
import { leftCommand } from '../../../../../renderer/screens/session/discharge/left-sheet.tsx';

const now = { utcMs: Date.parse('2026-11-23T10:50:00-05:00'), offsetMin: -300, hours: 24 } as Parameters<typeof leftCommand>[1];
const draft = {
  reached: 'told',
  prescriber: 'Dr Demo',
  toldAt: '',
  risks: 'explained',
  company: 'alone',
  escort: '',
  condition: 'awake, steady',
} as const;

test('STEP-33 the sheet takes neither the risks nor the company for granted, and sends who was told and when', () => {
  expect(leftCommand({ ...draft, risks: null }, now)).toEqual({ waitsFor: 'whether the risks were explained' });
  expect(leftCommand({ ...draft, company: null }, now)).toEqual({ waitsFor: 'who went along' });
  expect(leftCommand({ ...draft, company: 'with' }, now)).toEqual({ waitsFor: 'who went along' });
  expect(leftCommand({ ...draft, prescriber: '' }, now)).toEqual({ waitsFor: 'who was told' });
  expect(leftCommand({ ...draft, condition: '…' }, now)).toEqual({ waitsFor: 'how the patient was' });
  expect(leftCommand(draft, now)).toMatchObject({ prescriber: { told: 'Dr Demo', atMs: now.utcMs }, escort: null, risksExplained: true });
  expect(leftCommand({ ...draft, toldAt: '10:40' }, now)).toMatchObject({ prescriber: { atMs: now.utcMs - 600_000 } });
  expect(leftCommand({ ...draft, reached: 'not-reached', prescriber: 'x' }, now)).toEqual({ waitsFor: 'how you tried' });
  expect(leftCommand({ ...draft, reached: 'not-reached', prescriber: 'called twice' }, now)).toMatchObject({
    prescriber: { notReached: 'called twice' },
  });
});
