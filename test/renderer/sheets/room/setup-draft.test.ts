import { describe, expect, test } from 'vitest';
import { formatsOfCountry } from '../../../../shared/values/formats.ts';
import { emptyDraft, problemsOfStep, type SetupDraft } from '../../../../renderer/sheets/room/setup-draft.ts';

const monitor = { key: 1, name: 'Monitor 1', protocol: 'masimo-ascii1', port: '/dev/ttyUSB0' } as const;
const good: SetupDraft = {
  roomName: 'Room 2',
  personName: 'Nurse',
  role: 'nurse',
  pin: '204816',
  pinAgain: '204816',
  monitors: [monitor],
  formats: formatsOfCountry.uk,
};
const fields = (draft: SetupDraft, step: number): string[] => problemsOfStep(draft, step).map((problem) => problem.field);

describe('setting up a room', () => {
  test('SCREEN-13 a complete draft has no problem in any step', () => {
    expect([0, 1, 2].flatMap((step) => problemsOfStep(good, step))).toEqual([]);
  });

  test('SCREEN-13 each step names the fields that keep it open', () => {
    expect(fields(emptyDraft, 0)).toEqual(['roomName']);
    expect(fields(emptyDraft, 1)).toEqual(['personName', 'pin']);
    expect(fields({ ...good, pin: '12345' }, 1)).toEqual(['pin']);
    expect(fields({ ...good, pin: '1234567890123' }, 1)).toEqual(['pin']);
    expect(fields({ ...good, pinAgain: '204817' }, 1)).toEqual(['pinAgain']);
  });

  test('SCREEN-13 a room without a monitor is a room; a monitor without a port is not a monitor', () => {
    expect(fields(emptyDraft, 2)).toEqual([]);
    expect(fields({ ...good, monitors: [{ ...monitor, port: ' ' }] }, 2)).toEqual(['port-1']);
    expect(fields({ ...good, monitors: [monitor, { ...monitor, key: 2 }] }, 2)).toEqual(['port-2']);
  });

  test('SCREEN-51 a monitor of which nobody said which one it is, is asked about before its port', () => {
    expect(fields({ ...good, monitors: [{ ...monitor, protocol: null, port: '' }] }, 2)).toEqual(['protocol-1', 'port-1']);
  });
});
