import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { deliveredUg } from '../../shared/clinical/dosing.ts';
import { verifyCommand } from '../../electron/cli/verify.ts';
import { recordDocument } from '../../electron/service/export/record/record-document.ts';
import type { Recorder } from '../../electron/service/recorder/recorder.ts';
import { filesOf } from '../private-notes/private-room.ts';
import type { DayTold } from './day-told.ts';
import { rebuiltProjections, shownProjections } from './clinic-projections.ts';
import type { ClinicWorld } from './clinic-world.ts';

/**
 * What has to hold of the files as they lie there at this very moment, while the room that writes them runs: they
 * are all that a kill leaves. Throws where it does not.
 */
export async function checkFiles(world: ClinicWorld, told: DayTold, when: 'kill' | 'end'): Promise<void> {
  const shown = await shownProjections(world);
  const { recorder, close, ...rebuilt } = rebuiltProjections(world, world.copyFiles('copy-to-fold'));
  try {
    assert.deepEqual(rebuilt.problems, []);
    // Deep equality of a whole day takes long, and says more only where there is a difference.
    if (JSON.stringify(rebuilt) !== JSON.stringify(shown)) assert.deepEqual(rebuilt, shown);
    checkAcknowledged(recorder, told);
    checkDoses(recorder);
  } finally {
    close();
  }
  checkPrivateWords(world, JSON.stringify(shown), told);
  // It reads every page again, so only a long run does it after each kill.
  if (when === 'end' || process.env['VIGIL_SOAK'] !== undefined) await checkVerified(world.copyFiles('copy-to-verify'));
}

function checkAcknowledged(recorder: Recorder, { acknowledged, refused }: DayTold): void {
  const recorded = new Map<string, string[]>();
  for (const { commandId, eventId } of recorder.storage.store.events.readAll()) {
    if (commandId !== null) recorded.set(commandId, [...(recorded.get(commandId) ?? []), eventId]);
  }
  for (const { commandId, eventIds } of acknowledged) assert.deepEqual(recorded.get(commandId), eventIds);
  for (const commandId of refused) assert.equal(recorded.get(commandId), undefined);
}

/** As the day makes them up; those that were moved across are among them. */
export function privateWordsIn(text: string): readonly string[] {
  return text.match(/marked-[a-j]\d+/g) ?? [];
}

/** What has gone into a patient never becomes less as time goes on. */
function checkDoses({ sessions }: Recorder): void {
  for (const { sessionId } of sessions.newest(1000)) {
    const state = sessions.find(sessionId);
    if (state === null || state.dose.startedMs === null) continue;
    let before = 0;
    for (let minute = -10; minute <= 240; minute += 2.5) {
      const now = deliveredUg(state.dose.timeline, state.dose.startedMs + minute * 60_000);
      assert.ok(Number.isFinite(now) && now >= before, `${sessionId}: ${now} after ${before} at +${minute} min`);
      before = now;
    }
  }
}

async function checkVerified(folder: string): Promise<void> {
  const lines: string[] = [];
  const exit = await verifyCommand.run(['--data', folder], { stdout: (line) => lines.push(line), stderr: () => undefined });
  assert.equal(exit, 0, lines.join('\n'));
}

/** Nowhere that anybody but their author is shown, nor as they stand in any file. */
function checkPrivateWords(world: ClinicWorld, shown: string, { privateWords }: DayTold): void {
  const { room } = world;
  const documents = room.recorder.sessions
    .newest(1000)
    .map(({ sessionId }) => JSON.stringify(recordDocument(room.sessionSource(sessionId))));
  const places = [shown, ...documents, ...filesOf(world.folder).map(({ path }) => readFileSync(path, 'latin1'))];
  for (const place of places) {
    const found = privateWordsIn(place).find((word) => privateWords.includes(word));
    assert.equal(found, undefined, 'a private word is shown');
  }
}
