import { describe, expect, test } from 'vitest';
import { pinKeyOf } from '../../../../renderer/components/fields/pin-pad.tsx';
import { emptyPerson, freeMonitorName, personProblems } from '../../../../renderer/sheets/room/setup-draft.ts';

const key = (name: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {}) =>
  pinKeyOf({ key: name, ctrlKey: false, metaKey: false, altKey: false, ...held });

describe('keys of a PIN', () => {
  test('SCREEN-23 digits, Backspace and Enter are the PIN’s, and every other key is not', () => {
    expect(['0', '9', 'Backspace', 'Enter'].map((name) => key(name))).toEqual(['0', '9', 'erase', 'enter']);
    expect(['Tab', 'Escape', ' ', 'a', 'F1', 'ArrowLeft', '٣'].map((name) => key(name))).toEqual(Array(7).fill(null));
  });

  test('SCREEN-23 a digit held with Ctrl, Alt or the command key is the browser’s', () => {
    expect([key('1', { ctrlKey: true }), key('1', { altKey: true }), key('1', { metaKey: true })]).toEqual([null, null, null]);
  });
});

describe('adding to a room that is set up', () => {
  test('SCREEN-24 a person is asked for by name, role and the same PIN twice; no role is chosen beforehand', () => {
    const fields = (draft: Parameters<typeof personProblems>[0]): string[] => personProblems(draft).map(({ field }) => field);
    const complete = { personName: 'Therapist', role: 'therapist', pin: '204816', pinAgain: '204816' } as const;
    expect(fields(emptyPerson)).toEqual(['personName', 'role', 'pin']);
    expect(fields({ ...complete, role: null })).toEqual(['role']);
    expect(fields({ ...complete, personName: '  ' })).toEqual(['personName']);
    expect(fields({ ...complete, pinAgain: '204817' })).toEqual(['pinAgain']);
    expect(fields(complete)).toEqual([]);
  });

  test('SCREEN-26 one more monitor is proposed a name that none has', () => {
    expect(freeMonitorName([])).toBe('Monitor 1');
    expect(freeMonitorName(['Oximeter'])).toBe('Monitor 1');
    expect(freeMonitorName(['Monitor 1', 'Monitor 3'])).toBe('Monitor 2');
    expect(freeMonitorName(['Monitor 2', 'Monitor 1'])).toBe('Monitor 3');
  });
});
