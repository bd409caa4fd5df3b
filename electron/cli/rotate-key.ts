import { isFor } from '../../shared/contract/role-table.ts';
import { firstRecoveryKey } from '../../shared/contract/recovery-keys.ts';
import type { Ids } from '../service/platform/platform.ts';
import { verifyPin } from '../service/platform/pin-hash.ts';
import { createCaptureSealer, isSealedCapture, openSealedCapture } from '../service/serial/sealed-capture.ts';
import { foldStaff, hasOwnPin, peopleWithAccess, type Person } from '../service/staff/person.ts';
import { checkDataFolder, dataFolderAt, existingFolder } from '../service/store/data-folder.ts';
import { createDataKey, type DataKey } from '../service/store/data-key.ts';
import { finishRotation, openPaper, rotateKey, type RotateStep, type TypedPaper } from '../service/store/rotate-key.ts';
import { openStore } from '../service/store/store.ts';
import { StoreError } from '../service/store/store-error.ts';
import { command } from './command.ts';
import type { CommandIo } from './command-io.ts';
import { required, text } from './command-option.ts';
import { withStepProgress } from './step-progress.ts';
import { typedLines } from './typed-lines.ts';
import { tellRefusal } from './store-refusal.ts';
import { systemWorld, type CommandWorld } from './command-world.ts';

/** `vigil rotate-key`. */
export const rotateKeyCommand = command({
  name: 'rotate-key',
  does: 'puts a stopped room under another data key, at once or not at all',
  about: `For the day on which somebody may have the key of a room who should not: the record, the private notes, the captures and what
updates left beside them are written anew under a key that nobody has yet. Vigil has to be closed. From standard input are read
the printed recovery keys that are to open the room from then on, one a line, at least one of them; an empty line; and the PIN of
whoever does it. A recovery key that is not typed opens only backups from before: make another one on Home afterwards.

Ended in the middle, also with -9 or by a power cut, the room opens with the old key or with the new one, whole; run again, this
ends what was begun. Backups from before stay under the old key: they open with the recovery keys of then.`,
  options: {
    data: required(text('DIR', 'the data folder')),
    by: required(text('NAME', 'whoever does it, as in the list of people: a nurse, a prescriber or IT')),
  },
  notes: `Output: one JSON object, "type":"rotated", "finished" or "refused". Exit 0 done, 1 a refusal, 130 ended with Ctrl-C.`,
  whenEnded: 'The room opens with its old key, or, where the switch had begun, with the new one. Run the command again.',
  run: async ({ options: { data, by } }, io, world: CommandWorld = systemWorld()) => {
    try {
      return await rotate(data, by, io, world);
    } catch (error) {
      return tellRefusal(io, 'rotate-key', error);
    }
  },
});

async function rotate(path: string, by: string, io: CommandIo, { clock, ids }: CommandWorld): Promise<number> {
  const folder = dataFolderAt(path);
  checkDataFolder(folder);
  if (finishRotation(path)) {
    io.stdout(JSON.stringify({ type: 'finished', dataFolder: folder.path }));
    io.stderr('A change of the key had been cut short in its last step, and is ended now: the room is under the new key.');
    sayWhereKeyLies(io, folder.keyFile);
    return 0;
  }
  existingFolder(path);
  const lines = typedLines(io.stdin);
  const { papers, key } = await typedPapers(path, lines, io);
  const person = await provenPerson({ path, key, by, ids }, lines, io);
  await lines.close();
  const newKey = createDataKey((count) => ids.randomBytes(count));
  const keyIds = papers.map(({ sealed }) => sealed.about?.keyId ?? firstRecoveryKey);
  const resealCapture = captureSealer(key, newKey, ids);
  const { personId, name } = person;
  const { seq, bytes, leftAsTheyWere } = withStepProgress(io, isDoing, (onStep) =>
    rotateKey({ path, key, newKey, papers, keyIds, by: personId, ids, now: clock.now(), resealCapture, onStep }),
  );
  io.stdout(JSON.stringify({ type: 'rotated', dataFolder: folder.path, by: name, seq, bytes, recoveryKeys: keyIds, leftAsTheyWere }));
  io.stderr(`The room is under a new key, told in its record as event ${seq}.`);
  for (const file of leftAsTheyWere) io.stderr(`left as it was, plain or under the old key: ${file}`);
  io.stderr(
    'Make a backup now: those from before open with the recovery keys of then, and none with the new key. Marks of "vigil verify --since" count no more.',
  );
  sayWhereKeyLies(io, folder.keyFile);
  return 0;
}

/** In the order of `rotateSteps`. */
const isDoing: Readonly<Record<RotateStep, string>> = {
  copy: 'the files are written under the new key',
  prove: 'what was written is proved',
  switch: 'the files take their places',
};

function sayWhereKeyLies(io: CommandIo, keyFile: string): void {
  io.stderr(`The new key lies in ${keyFile}. On the desktop start Vigil once with --seal-key, which puts it under the key store.`);
}

type Lines = ReturnType<typeof typedLines>;

/** A mistake in one is told, and it can be typed again. */
const mistakesMax = 10;

async function typedPapers(
  path: string,
  lines: Lines,
  io: CommandIo,
): Promise<{ readonly papers: readonly TypedPaper[]; readonly key: DataKey }> {
  const folder = dataFolderAt(path);
  const papers: TypedPaper[] = [];
  let key: DataKey | null = null;
  io.stderr('Type each recovery key that is to open the room from now on, one a line, and then an empty line:');
  for (let mistakes = 0; mistakes < mistakesMax;) {
    const line = await lines.next();
    if (line === null || line.trim() === '') break;
    try {
      const paper = openPaper(folder, line);
      if (!papers.some(({ sealed }) => sealed.salt === paper.sealed.salt)) papers.push(paper);
      key ??= paper.key;
      io.stderr(`read: ${paper.sealed.about?.name ?? 'the key of the set-up'}`);
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== 'STORE_WRONG_KEY') throw error;
      io.stderr(`${error.message} Type it again, or leave it out.`);
      mistakes += 1;
    }
  }
  if (key !== null) return { papers, key };
  const words =
    'No recovery key was typed that opens this room. One is needed, for without a paper that fits the new key a lost computer is a lost room. Nothing was changed.';
  throw new StoreError('STORE_WRONG_KEY', words, folder.recoveryKeyFile);
}

interface WhoAsks {
  readonly path: string;
  readonly key: DataKey;
  readonly by: string;
  readonly ids: Ids;
}

/** Whoever is named, proved by their PIN. Whoever types a recovery key could try PINs without asking: a wrong one is not counted. */
async function provenPerson({ path, key, by, ids }: WhoAsks, lines: Lines, io: CommandIo): Promise<Person> {
  const refuse = (words: string): StoreError => new StoreError('STORE_FAILED', `${words} Nothing was changed.`, path);
  const store = openStore({ folder: path, key, ids });
  let people: readonly Person[];
  try {
    people = peopleWithAccess(foldStaff(store.events.readRoom()));
  } finally {
    store.close();
  }
  const person = people.find(({ name }) => name.toLowerCase() === by.trim().toLowerCase());
  if (person === undefined) throw refuse(`Nobody called "${by}" has access to this room.`);
  if (!isFor(person.role, { task: 'keep-recovery-keys' }))
    throw refuse(`${person.name} is a therapist; a nurse, a prescriber or IT does this.`);
  if (!hasOwnPin(person))
    throw refuse(`${person.name} has a first PIN, which somebody else knows. They sign in once and choose their own.`);
  io.stderr(`Type the PIN of ${person.name}, then Enter:`);
  if (await verifyPin((await lines.next())?.trim() ?? '', person.pinHash)) return person;
  throw refuse(`This is not the PIN of ${person.name}.`);
}

function captureSealer(key: DataKey, newKey: DataKey, ids: Ids): (file: Uint8Array) => Uint8Array | null {
  return (file) => {
    if (!isSealedCapture(file)) return null;
    const opened = openSealedCapture(file, key);
    if (typeof opened === 'string' || opened.changed) return null;
    return createCaptureSealer({ key: newKey, randomBytes: (count) => ids.randomBytes(count) })(opened.plain);
  };
}
