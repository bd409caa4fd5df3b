import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { verifyDatabase } from '../../electron/service/store/verify.ts';
import { verifyPrivateNotes } from '../../electron/service/store/verify-private-notes.ts';
import { testPin } from '../support/test-room.ts';
import { openPrivateRoom } from './private-room.ts';

const kills = process.env['VIGIL_SOAK'] === '1' ? 200 : 5;
const writer = join(import.meta.dirname, 'private-writer.ts');
const key = new Uint8Array(32).map((_, index) => index + 1);

function killWhileWriting(folder: string, authorId: string, afterMs: number): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const args = [writer, folder, Buffer.from(key).toString('hex'), authorId, testPin];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => {
      if (!output.includes('ACK') && chunk.includes('ACK')) setTimeout(() => child.kill('SIGKILL'), afterMs);
      output += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.on('close', (code, signal) => {
      if (signal !== 'SIGKILL') return reject(new Error(`the writer ended by itself (${code}): ${errors}`));
      // Only whole lines are promises.
      resolve([...output.slice(0, output.lastIndexOf('\n')).matchAll(/^ACK (\S+)$/gm)].map((match) => match[1] ?? ''));
    });
  });
}

test(`PRIVATE-13 ${kills} kills during writes lose no acknowledged note and no mark`, async () => {
  // The writer lives by the real clock, so the session has to lie in its past.
  const room = await openPrivateRoom({ startMs: Date.now() - 60_000 });
  await room.test.room.close();
  const acknowledged: string[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    acknowledged.push(...(await killWhileWriting(room.test.folder, room.test.therapistId, (kill * 37) % 120)));
  }
  expect(acknowledged.length).toBeGreaterThan(kills);
  expect(verifyDatabase(room.test.folder, key).problems).toEqual([]);
  expect(verifyPrivateNotes(room.test.folder, key, [])?.problems).toEqual([]);
  await room.test.restart();
  const author = await room.author();
  const { notes } = await author.private.read({ sessionId: room.sessionId });
  const texts = new Map(notes.map((note) => [note.noteId, note.text]));
  expect(acknowledged.filter((noteId) => texts.get(noteId) !== `note ${noteId}`)).toEqual([]);
  const marked = room.test.room.recorder.session?.privateMarks.map((mark) => mark.noteId) ?? [];
  expect(marked.toSorted()).toEqual([...texts.keys()].toSorted());
  await room.close();
}, 600_000);
