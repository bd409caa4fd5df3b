import { describe, expect, test } from 'vitest';
import {
  emptyAdministration,
  administrationEffect,
  administrationOf,
  administrationRequest,
  nextUg,
} from '../../../../renderer/sheets/dose/administration-input.ts';
import { workedDevices, workedInjection, workedLozenges } from '../../../../renderer/screens/start/route-figures.ts';
import { orderedUg } from '../../../../renderer/components/ordered-dose.ts';
import { doseProgress } from '../../../../renderer/screens/session/header/dose-progress.ts';
import { equationText } from '../../../../shared/clinical/dose-order.ts';
import { builtInProtocols } from '../../../../shared/clinical/protocol-directory.ts';
import type { Protocol } from '../../../../shared/clinical/protocol.ts';
import type { SessionView } from '../../../../shared/contract/session-view/session-view.ts';
import { goldenBoard, noRouteDose } from '../../../fixtures/boards/golden-board.ts';

const now = { utcMs: 1_800_000_000_000, offsetMin: 0, hours: 24 } as const;

function protocolOf<R extends Protocol['route']>(route: R): Extract<Protocol, { route: R }> {
  const found = builtInProtocols.find((protocol): protocol is Extract<Protocol, { route: R }> => protocol.route === route);
  if (found === undefined) throw new Error(`no protocol for ${route}`);
  return found;
}

/** Before the first injection of 68 mg for 68 kg, with a second of 34 mg planned. */
function injected(count: 0 | 1): SessionView {
  const { session } = goldenBoard({ state: 'empty' });
  if (session === null) throw new Error('the board has a session');
  const { route, dose } = protocolOf('im');
  const step = {
    eventId: session.sessionId,
    atMs: now.utcMs,
    ug: 68_000,
    label: 'Injection 68 mg',
    detail: null,
    injection: null,
    lot: 'K',
  };
  return {
    ...session,
    weight: { grams: 68_000, entered: { value: 68, unit: 'kg' }, atMs: now.utcMs },
    dosing: { ...session.dosing, protocol: { route, dose } },
    dose: {
      ...session.dose,
      ...noRouteDose,
      state: count === 0 ? 'ordered' : 'completed',
      startedMs: count === 0 ? null : now.utcMs,
      administrations: count === 0 ? [] : [step],
      routeOrder: {
        route: 'im',
        ugPerKg: 1000,
        weightGrams: 68_000,
        doseUg: 68_000,
        volumeUl: 1360,
        vial: { ug: 50_000_000, ul: 1_000_000 },
        second: { ugPerKg: 500, doseUg: 34_000, volumeUl: 680 },
      },
    },
  };
}

describe('the sheet of an injection, a device, a lozenge', () => {
  test('ROUTE-21 an injection waits for its muscle, side and lot; a lozenge for nothing', () => {
    expect(administrationRequest('give-injection', emptyAdministration, now)).toEqual({ ready: false, waitsFor: 'choose the muscle' });
    const placed = { ...emptyAdministration, site: 'deltoid', side: 'left' } as const;
    expect(administrationRequest('give-injection', placed, now)).toEqual({ ready: false, waitsFor: 'type the lot number' });
    expect(administrationRequest('give-injection', { ...placed, lot: ' K-1 ' }, now)).toEqual({
      ready: true,
      command: { type: 'give-injection', site: 'deltoid', side: 'left', lot: 'K-1' },
    });
    expect(administrationRequest('give-injection', { ...placed, lot: 'K-1', amount: 'a' }, now)).toEqual({
      ready: false,
      waitsFor: 'correct the amount',
    });
    expect(administrationRequest('place-lozenge', emptyAdministration, now)).toEqual({ ready: true, command: { type: 'place-lozenge' } });
    expect(administrationRequest('give-device', emptyAdministration, now)).toMatchObject({ ready: false });
  });

  test('ROUTE-22 it says before it is recorded what goes in, what that is in all, and that nothing can be withheld', () => {
    const first = administrationEffect('give-injection', emptyAdministration, injected(0), now.utcMs).join(' ');
    expect(first).toContain('68 mg in 1.36 mL of 50 mg/mL');
    expect(first).toContain('The clock starts at 0.');
    expect(first).toContain('cannot be paused or stopped');
    const second = administrationEffect('give-injection', emptyAdministration, injected(1), now.utcMs + 15 * 60_000).join(' ');
    expect(second).toContain('34 mg in 0.68 mL');
    expect(second).toContain('Together that is 102 mg, 1.5 mg/kg.');
    expect(second).toContain('peak is counted anew');
    expect(nextUg(injected(1).dose, '20')).toBe(20_000);
  });

  test('ROUTE-23 the dose strip counts the steps against all that was ordered', () => {
    const { dose } = injected(1);
    expect(orderedUg(dose)).toBe(102_000);
    expect(doseProgress(dose, now.utcMs + 60_000)).toEqual({
      givenUg: 68_000,
      totalUg: 102_000,
      share: 68 / 102,
      pausedMs: 0,
      pausedNowMs: null,
    });
    expect([administrationOf(injected(0)), administrationOf(goldenBoard({ state: 'full' }).session)]).toEqual(['give-injection', null]);
  });
});

describe('the arithmetic of the start screen', () => {
  test('ROUTE-24 an injection is worked out as mg and mL, with the second one and both together', () => {
    const worked = workedInjection(68_000, { mgPerKg: '1', second: '0.5', mgPerMl: '50' }, protocolOf('im').dose);
    expect(worked?.rows.map(({ equation }) => equationText(equation))).toEqual([
      '68 kg × 1 mg/kg = 68 mg',
      '68 mg ÷ 50 mg/mL = 1.36 mL',
      '68 kg × 0.5 mg/kg = 34 mg',
    ]);
    expect(worked?.rows[2]?.note).toContain('together 102 mg, 1.5 mg/kg');
    expect(worked?.command).toEqual({ type: 'order-injection', mgPerKg: 1, mgPerMl: 50, secondMgPerKg: 0.5 });
    expect(workedInjection(68_000, { mgPerKg: 'x', second: '', mgPerMl: '50' }, protocolOf('im').dose)).toBeNull();
  });

  test('ROUTE-24 a nasal dose is worked out as devices, a lozenge dose as mg and mg/kg', () => {
    const devices = workedDevices(84_000, protocolOf('intranasal').dose);
    expect(devices?.rows.map(({ equation }) => equationText(equation))).toEqual(['84 mg ÷ 28 mg per device = 3 devices']);
    expect(devices?.rows[0]?.note).toContain('5 min between devices');
    expect(workedDevices(60_000, protocolOf('intranasal').dose)).toBeNull();
    const lozenges = workedLozenges(3, protocolOf('sublingual').dose, 80_000);
    expect(lozenges?.rows.map(({ equation }) => equationText(equation))).toEqual([
      '1.5 lozenges × 100 mg = 150 mg',
      '150 mg ÷ 80 kg = 1.875 mg/kg',
    ]);
    expect(lozenges?.command).toEqual({ type: 'order-lozenges', lozenges: 1.5 });
  });
});
