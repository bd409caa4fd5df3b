import { describe, expect, test } from 'vitest';
import { checkProtocol } from '../../../../shared/clinical/protocol-problems.ts';
import { builtInProtocols, findProtocol } from '../../../../shared/clinical/protocol-directory.ts';
import type { Protocol } from '../../../../shared/clinical/protocol.ts';
import { doseFields } from '../../../../renderer/screens/protocols/dose-fields.ts';
import { runOf } from '../../../../renderer/screens/protocols/dry-run-panel.tsx';
import { draftOf, textAt, typedDraft, withRemoved } from '../../../../renderer/screens/protocols/protocol-draft.ts';

const found = findProtocol('iv-ketamine-0.5-40');
if (found === null) throw new Error('the built-in protocol is missing');
const iv: Protocol = found;
const edited = (edits: Record<string, string>): Protocol => {
  const { protocol, problems } = checkProtocol(draftOf(iv, edits));
  if (protocol === null) throw new Error(problems[0]?.message);
  return protocol;
};
const limitIndex = iv.limits.findIndex((limit) => limit.parameter === 'pulse-rate' && limit.act === 'review');

describe('a draft of a protocol', () => {
  test('PROTOCOL-11 without an edit it is the version itself, and the version is never changed', () => {
    const before = structuredClone(iv);
    for (const protocol of builtInProtocols) expect(draftOf(protocol, {})).toEqual(protocol);
    draftOf(iv, { 'dose.mgPerKg': '0.6' });
    expect(iv).toEqual(before);
  });

  test('PROTOCOL-11 a figure, a range, a list of minutes and a word are typed over', () => {
    const index = iv.schedule.findIndex((row) => row.id === 'cadss-6-during');
    const protocol = edited({
      name: ' IV ketamine, our own ',
      'dose.mgPerKg': '0,6',
      'dose.mgPerKgRange.1': '0.8',
      [`schedule.${index}.times.atMin`]: '15, 30',
      [`schedule.${index}.shiftsWithPause`]: 'true',
    });
    expect(protocol).toMatchObject({ name: 'IV ketamine, our own', dose: { mgPerKg: 0.6, mgPerKgRange: [0.3, 0.8] } });
    expect(protocol.schedule[index]).toMatchObject({ times: { atMin: [15, 30] }, shiftsWithPause: true });
  });

  test('STEP-18, PROTOCOL-11 an item before the dose is made a stop, and no stop again', () => {
    const at = iv.milestones.findIndex(({ milestone }) => milestone === 'consent');
    const stopped = edited({ [`milestones.${at}.stop`]: 'true' });
    expect(stopped.milestones[at]).toMatchObject({ milestone: 'consent', stop: true });
    expect(edited({ [`milestones.${at}.stop`]: 'false' }).milestones[at]?.stop).toBeUndefined();
  });

  test('PROTOCOL-11 what is no number stays as typed and is named, never read as 0', () => {
    const { problems } = checkProtocol(draftOf(iv, { 'dose.minutes': '', 'dose.mgPerMl': 'one' }));
    expect(problems.map(({ where, message }) => `${where}: ${message}`)).toEqual([
      'dose, minutes: "" is no number',
      'dose, mg/mL: "one" is no number',
    ]);
  });

  test('PROTOCOL-12 a line on the chart moves with its limit, and goes with it', () => {
    const moved = edited({ [`limits.${limitIndex}.value`]: '125' });
    expect(moved.referenceLines.find((line) => line.metric === 'pulse-rate')).toEqual({
      metric: 'pulse-rate',
      value: 125,
      label: '125 review',
    });
    const gone = edited(withRemoved({}, `limits.${limitIndex}`, true));
    expect(gone.referenceLines.some((line) => line.metric === 'pulse-rate')).toBe(false);
    expect(gone.limits).toHaveLength(iv.limits.length - 1);
  });

  test('PROTOCOL-12 words that name a changed number name the new one, unless a person wrote them', () => {
    const at = iv.discharge.criteria.findIndex((criterion) => criterion.id === 'aldrete');
    const row = iv.schedule.findIndex((candidate) => candidate.id === 'nibp-during');
    const changes = { [`discharge.criteria.${at}.value`]: '10', [`schedule.${row}.times.everyMin`]: '10' };
    const protocol = edited(changes);
    expect([protocol.discharge.criteria[at]?.label, protocol.schedule[row]?.detail]).toEqual([
      'Modified Aldrete 10 or more',
      'cuff, every 10 min',
    ]);
    expect(edited({ ...changes, [`schedule.${row}.detail`]: 'cuff' }).schedule[row]?.detail).toBe('cuff');
  });

  test('PROTOCOL-12 a row that is left out is not in the version, and can be taken in again', () => {
    const out = withRemoved({}, 'schedule.0', true);
    expect(edited(out).schedule.map((row) => row.id)).toEqual(iv.schedule.slice(1).map((row) => row.id));
    expect(typedDraft(iv, out)['schedule']).toHaveLength(iv.schedule.length);
    expect(draftOf(iv, withRemoved(out, 'schedule.0', false))).toEqual(iv);
  });

  test('PROTOCOL-13 every figure of a dose that the screen shows is there, for every route', () => {
    for (const protocol of builtInProtocols) {
      const paths = doseFields(protocol).flatMap(({ path, range }) => [path, ...(range ?? [])]);
      // A version from before there were steps has none, and its table says so.
      const isOld = protocol.version === 1 && (protocol.route === 'iv' || protocol.route === 'im');
      const empty = paths.filter((path) => textAt(protocol, path) === '');
      expect(empty.every((path) => isOld && path.startsWith('dose.steps.'))).toBe(true);
      expect(empty.length > 0).toBe(isOld);
      expect(new Set(paths).size).toBe(paths.length);
    }
  });

  test('DRAW-15 steps are typed over, into a version without any, and taken out again; a part of them is named', () => {
    const first = findProtocol('iv-ketamine-0.5-40', 1);
    if (first === null) throw new Error('the first built-in version is missing');
    const typed = { 'dose.steps.mg': '0,5', 'dose.steps.ml': '0.01', 'dose.steps.bagMl': '1', 'dose.steps.mlPerHour': '1' };
    const stepped = checkProtocol(draftOf(first, typed)).protocol;
    expect(stepped?.dose).toMatchObject({ steps: { mg: 0.5, ml: 0.01, bagMl: 1, mlPerHour: 1 } });
    const { problems } = checkProtocol(draftOf(first, { 'dose.steps.mg': '1' }));
    expect(problems.map(({ where, message }) => `${where}: ${message}`)).toEqual([
      'dose, steps, mL drawn: it is missing',
      'dose, steps, mL in the bag: it is missing',
      'dose, steps, mL/h: it is missing',
    ]);
    const emptied = Object.fromEntries(Object.keys(typed).map((path) => [path, '']));
    expect(checkProtocol(draftOf(iv, emptied)).protocol?.dose).not.toHaveProperty('steps');
    expect(checkProtocol(draftOf(iv, { 'dose.steps.mg': '' })).problems.map(({ where }) => where)).toEqual(['dose, steps, mg']);
    expect(checkProtocol(draftOf(iv, { 'dose.steps.ml': '0.0005' })).problems[0]?.message).toContain('0.0005 is too small');
    expect(checkProtocol(draftOf(iv, { 'dose.steps.ml': '0.0125' })).problems[0]?.message).toBe('0.0125 is no multiple of 0.001');
  });

  test('PROTOCOL-13 the dry run on the screen begins at the time of the room, or says what it waits for', () => {
    const now = { utcMs: Date.parse('2026-11-23T23:30:00-05:00'), offsetMin: -300 };
    const run = runOf(iv, { kg: '80', start: '9:05' }, now);
    expect(typeof run === 'string' ? run : new Date(run.start.utcMs).toISOString()).toBe('2026-11-23T14:05:00.000Z');
    expect(['', '0', 'heavy'].map((kg) => typeof runOf(iv, { kg, start: '10:00' }, now))).toEqual(['string', 'string', 'string']);
    expect(['', '24:00', '10:7'].map((start) => typeof runOf(iv, { kg: '80', start }, now))).toEqual(['string', 'string', 'string']);
  });
});
