import { describe, expect, test } from 'vitest';
import file from '../../resources/protocols/iv-ketamine-0.5-40.json' with { type: 'json' };
import { milestoneKeys } from '../../shared/clinical/milestone.ts';
import { builtInProtocols, builtInLibrary, findProtocol, versionsOf } from '../../shared/clinical/protocol-directory.ts';
import { protocolRoutes } from '../../shared/clinical/protocol-shape.ts';
import { protocolSchema } from '../../shared/clinical/protocol.ts';

describe('protocols', () => {
  test('PROT-1 the built-in protocols parse, one for each route, and say that a clinic must sign them off', () => {
    expect(builtInLibrary.offered('2026-11-23').map((protocol) => protocol.route)).toEqual([...protocolRoutes]);
    for (const protocol of builtInProtocols) {
      expect(protocol).toMatchObject({ author: null, approver: null, status: 'defaults, to be signed off by the clinic' });
    }
    const offered = new Set(builtInProtocols.flatMap((protocol) => protocol.milestones.map((entry) => entry.milestone)));
    // Somebody can leave against advice by any protocol: none has to offer it.
    expect([...offered, 'left_against_advice'].toSorted()).toEqual([...milestoneKeys].toSorted());
  });

  test('PROT-2 a version that does not exist is not found', () => {
    expect(findProtocol('iv-ketamine-0.5-40', 3)).toBeNull();
    expect(findProtocol('im-ketamine')).toBeNull();
    expect(findProtocol('iv-ketamine-0.5-40', 1)?.version).toBe(1);
  });

  test('PROT-6 a later version is the one before it but for what it names, so that a third keeps the steps of the second', () => {
    const first = { id: 'a', version: 1, name: 'A', dose: { mg: 1 } };
    const later = [
      { id: 'a', version: 2, dose: { steps: 2 } },
      { id: 'b', version: 2 },
      { id: 'a', version: 3, name: 'A3' },
    ];
    expect(versionsOf(first, later)).toEqual([
      first,
      { id: 'a', version: 2, name: 'A', dose: { mg: 1, steps: 2 } },
      { id: 'a', version: 3, name: 'A3', dose: { mg: 1, steps: 2 } },
    ]);
  });

  test('PROT-2 the second versions of what runs or is injected are the first ones with steps, and with no trailing zero in a name', () => {
    const [iv, im] = ['iv-ketamine-0.5-40', 'im-ketamine-1.0'].map((id) => [findProtocol(id, 1), findProtocol(id)] as const);
    const ivSteps = { mg: 1, ml: 0.02, bagMl: 1, mlPerHour: 0.1 };
    expect(iv?.[1]).toEqual({ ...iv?.[0], version: 2, dose: { ...iv?.[0]?.dose, steps: ivSteps } });
    const words = { name: 'IM ketamine 1 mg/kg, second injection optional', shortName: 'IM 1 mg/kg', summary: im?.[1]?.summary };
    expect(im?.[1]).toEqual({ ...im?.[0], version: 2, ...words, dose: { ...im?.[0]?.dose, steps: { mg: 1, ml: 0.02 } } });
    for (const protocol of builtInLibrary.offered('2026-11-23')) {
      const { name, shortName, summary } = protocol;
      expect(JSON.stringify({ name, shortName, summary })).not.toMatch(/\d\.\d*0\b/);
    }
    expect(['intranasal-esketamine-rems', 'sublingual-ketamine-remote'].map((id) => findProtocol(id)?.version)).toEqual([1, 1]);
  });

  test('PROT-3 the checklist before the dose is the five hard stops', () => {
    const before = findProtocol('iv-ketamine-0.5-40')?.milestones.filter((entry) => entry.beforeDose);
    expect(before?.map((entry) => entry.milestone)).toEqual(['identity', 'consent', 'double_check', 'bedside_alarms_on', 'timeout']);
  });

  test.each([
    ['a range upside down', { ...file, dose: { ...file.dose, mgPerKgRange: [1, 0.3] } }, 'upside down'],
    ['a default outside its range', { ...file, dose: { ...file.dose, minutes: 10 } }, 'outside its own range'],
    ['a row twice', { ...file, schedule: [file.schedule[0], file.schedule[0]] }, 'stands there twice'],
    ['a milestone twice', { ...file, milestones: [file.milestones[0], file.milestones[0]] }, 'stands there twice'],
    ['an unknown milestone', { ...file, milestones: [{ ...file.milestones[0], milestone: 'lunch' }] }, 'Invalid option'],
    ['a schedule that follows a value', { ...file, schedule: [{ ...file.schedule[0], anchor: 'nibp-sys' }] }, 'Invalid option'],
  ])('PROT-4 %s is refused', (_name, broken, message) => {
    expect(() => protocolSchema.parse(broken)).toThrow(message);
  });

  test('PROT-5 no wording that promises or alarms', () => {
    expect(JSON.stringify(builtInProtocols)).not.toMatch(/alarm(?!s_on)|alert|safe|stable/i);
  });
});
