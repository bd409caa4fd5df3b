import { describe, expect, test } from 'vitest';
import { clockTimeAt } from '../../../../shared/values/clock-time.ts';
import { formatsOfCountry } from '../../../../shared/values/formats.ts';
import { captureFacts } from '../../../../renderer/screens/monitors/capture-words.ts';
import { monitorsText } from '../../../../renderer/text/monitors.ts';
import { captureViewSchema, type CaptureView } from '../../../../shared/contract/board/capture-view.ts';

const capture: CaptureView = {
  state: 'on',
  sinceMs: Date.UTC(2026, 10, 23, 15, 4, 9),
  bytes: 1_234_567,
  file: '/srv/room/captures/masimo-ascii1-20261123-150409-3.vigilcap',
};
const factsOf = (changed: Partial<CaptureView>) =>
  new Map(captureFacts({ ...capture, ...changed }, clockTimeAt(-300, formatsOfCountry.uk)));
const { state, since, size, file, folder } = monitorsText.capture;

describe('the capture of a monitor', () => {
  test('MONITOR-9 says since when, how many bytes, and the file to attach by its name alone', () => {
    const facts = factsOf({});
    expect([since, size, file, folder].map((term) => facts.get(term))).toEqual([
      'Mon 23 Nov, 10:04:09',
      '1,234,567 bytes',
      'masimo-ascii1-20261123-150409-3.vigilcap',
      '/srv/room/captures',
    ]);
  });

  test('MONITOR-9 finds the name in a path of another system, and in one without a folder', () => {
    const windows = factsOf({ file: String.raw`C:\Vigil\captures\hl7-1.vigilcap` });
    expect([windows.get(file), windows.get(folder)]).toEqual(['hl7-1.vigilcap', String.raw`C:\Vigil\captures`]);
    const bare = factsOf({ file: 'hl7-1.vigilcap' });
    expect([bare.get(file), bare.has(folder)]).toEqual(['hl7-1.vigilcap', false]);
  });

  test.each([
    ['on', /until it is switched off, is full, or Vigil stops/],
    ['full', /one file holds no more.*closed whole/],
    ['failed', /the disk refused it.*until then counts/],
    ['ended', /switched off and closed whole/],
  ] as const)('MONITOR-9 says in words what "%s" means', (of, words) => {
    expect(factsOf({ state: of }).get(state)).toMatch(words);
  });

  test('MONITOR-9 every state has words of its own', () => {
    const states = captureViewSchema.shape.state.options;
    expect(new Set(states.map((of) => factsOf({ state: of }).get(state))).size).toBe(states.length);
  });

  test('MONITOR-9 before it is switched on it is said that a name may be in it, and that it is encrypted', () => {
    expect(monitorsText.capture.words).toMatch(
      /may hold what the monitor itself sends.*HL7 or IntelliVue also a name.*is encrypted with the room’s key/,
    );
  });
});
