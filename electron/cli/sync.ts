import type { Clock } from '../service/platform/platform.ts';
import { createSystemClock } from '../service/platform/system-clock.ts';
import type { DataKey } from '../service/store/data-key.ts';
import { openRoomCopy } from '../service/store/room-copy.ts';
import { hubPlace, type HubAddress } from '../service/sync/hub/hub-address.ts';
import { Outbox } from '../service/sync/outbox.ts';
import { sendOnce } from '../service/sync/send-once.ts';
import { readSyncStatus, statusOf, writeSyncStatus, type SyncStatus } from '../service/sync/sync-status.ts';
import type { SyncTarget } from '../service/sync/sync-driver.ts';
import { postgresTarget } from '../service/sync/targets/postgres/postgres-target.ts';
import type { CommandIo, ExitCode } from './command-io.ts';
import { command } from './command.ts';
import { flag, number, otherwise, required, text, UsageError } from './command-option.ts';
import { findFolderKey, recoveryKeyFlag } from './folder-key.ts';
import { hubOptions, requiredHub, type HubEnvironment } from './hub-options.ts';
import { tellRead } from './tell-look.ts';
import { tellRefusal } from './store-refusal.ts';
import { isoUtc } from './utc-time.ts';

const defaultPatience = 60;

/** `vigil sync`. */
export const syncCommand = command({
  name: 'sync',
  does: "sends a room's log to the clinic's hub, or says how far it is there",
  forms: ['--data DIR --once [--dsn URL] [options]', '--data DIR --status [options]'],
  about: `With --once, asks the hub where the log of this room ends there, sends what it lacks, asks once more, and ends. Vigil may be
recording meanwhile: what is sent is the log as it stands at the start, from an encrypted copy in the folder for temporary
files; what comes later goes with the next run. PINs, keys, private notes and words that a patient did not agree to do not
leave; docs/sync.md says what does. Of an entry that the hub cannot take, its place is sent, and that is told. On this
computer itself whoever owns the hub may send, and the room is added by that. Before anything is sent to a hub for the first time, the
folder is told, by which account of this computer, which "Who looked" shows. With --status, says what the last run found, and asks nobody.`,
  options: {
    data: required(text('DIR', 'the data folder')),
    once: flag('send what the hub lacks, and end'),
    status: flag("say how far the log is, what the last run found, and the room's id"),
    patience: otherwise(
      number('SECONDS', `how long --once tries while nothing arrives; left out: ${defaultPatience}`, { from: 1, to: 86_400 }),
      defaultPatience,
    ),
    ...hubOptions,
    'recovery-key': recoveryKeyFlag,
  },
  notes: `Output: one JSON object, "type":"sync-status" or "refused"; its "is" is "up-to-date", "behind", "paused", "stopped" or "never".
Exit of --once 0 the log at the hub ends where that of the room does, 1 it does not, an entry was found that the hub cannot take,
or a refusal; of --status 0 the last run ended with everything there, else 1; 130 ended with Ctrl-C.`,
  whenEnded: 'What the hub acknowledged is there; the next run goes on from it.',
  run: async ({ options }, io, env: HubEnvironment = process.env, clock: Clock = createSystemClock()) => {
    const { data: folder, once, status, patience } = options;
    if (once === status) throw new UsageError('say either --once or --status');
    const address = once ? requiredHub(options, env) : null;
    try {
      const key = await findFolderKey(folder, options['recovery-key'], io.stdin);
      const asked: Asked = { folder, key, io, clock };
      return address === null ? sayStatus(asked) : await send({ ...asked, address, patienceMs: patience * 1000 });
    } catch (error) {
      io.progress?.('');
      return tellRefusal(io, 'sync', error);
    }
  },
});

interface Asked {
  readonly folder: string;
  readonly key: DataKey;
  readonly io: CommandIo;
  readonly clock: Clock;
}

function sayStatus({ folder, key, io }: Asked): ExitCode {
  const outbox = new Outbox(openRoomCopy(folder, key));
  try {
    const status = readSyncStatus(folder, key);
    const { roomId, seq } = outbox.head();
    io.stdout(JSON.stringify(lineOf(roomId, seq, status)));
    for (const words of inWords(status, seq)) io.stderr(words);
    return status?.is === 'up-to-date' ? 0 : 1;
  } finally {
    outbox.close();
  }
}

async function send(asked: Asked & { readonly address: HubAddress; readonly patienceMs: number }): Promise<ExitCode> {
  const { folder, key, io, clock, address, patienceMs } = asked;
  const place = hubPlace(address);
  const known = readSyncStatus(folder, key);
  const before = known?.place === place ? known : null;
  io.progress?.('reading the record');
  const outbox = new Outbox(openRoomCopy(folder, key));
  try {
    const { roomId, seq } = outbox.head();
    let told = before?.told ?? false;
    let isTried = told;
    const tell = (): void => {
      if (!isTried) told = tellRead({ folder, key, look: { what: 'log-sent' } }, io);
      isTried = true;
    };
    if (address.tls === null) io.stderr(`vigil sync: not encrypted, because ${address.host} is this computer.`);
    const { state, sent } = await sendOnce({
      log: outbox,
      target: beforeSending(postgresTarget(address, { roomId, name: roomName(outbox) }), tell),
      clock,
      random: Math.random,
      parked: before?.parked ?? [],
      patienceMs,
      onState: ({ arrived, problem }) =>
        io.progress?.(problem?.words ?? (arrived === null ? 'asking the hub' : `at the hub: ${arrived.seq} of ${seq} entries`)),
    });
    io.progress?.('');
    const status = statusOf(state, { place, told, utcMs: clock.now().utcMs, monoMs: clock.monoMs() }, before);
    io.stdout(JSON.stringify({ ...lineOf(roomId, seq, status), sent, encrypted: address.tls !== null }));
    for (const words of inWords(status, seq)) io.stderr(words);
    // Last: where it cannot be written, what was found has been said.
    keepStatus(folder, status, key, io);
    const foundNow = status.parked.length > (before?.parked.length ?? 0);
    return status.is === 'up-to-date' && !foundNow ? 0 : 1;
  } finally {
    outbox.close();
  }
}

/** The same target, with `tell` before anything leaves. What it throws is told, and nothing leaves. */
function beforeSending(target: SyncTarget, tell: () => void): SyncTarget {
  return {
    ...target,
    connect: async (onEnded) => {
      const connection = await target.connect(onEnded);
      return {
        ...connection,
        append: async (batch) => {
          tell();
          return connection.append(batch);
        },
      };
    },
  };
}

/** The run did what it said, whether or not the next can be told of it. */
function keepStatus(folder: string, status: SyncStatus, key: DataKey, io: CommandIo): void {
  try {
    writeSyncStatus(folder, status, key);
  } catch (error) {
    io.stderr(`not kept for --status: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** As the hub calls the room, until somebody there calls it otherwise. */
function roomName(outbox: Outbox): string {
  const body = outbox.after(0).rows.find(({ kind }) => kind === 'room-set-up')?.body ?? null;
  return body === null ? 'Room' : (JSON.parse(body) as { readonly roomName: string }).roomName;
}

function lineOf(roomId: string, seq: number, status: SyncStatus | null): Record<string, unknown> {
  const { place = null, is = 'never', arrivedSeq = null, problem = null, note = null, parked = [] } = status ?? {};
  const times = { at: isoUtc(status?.atMs ?? null), arrivedAt: isoUtc(status?.arrivedMs ?? null) };
  return { type: 'sync-status', roomId, seq, hub: place, is, ...times, arrived: arrivedSeq, problem, note, parked };
}

function inWords(status: SyncStatus | null, seq: number): string[] {
  if (status === null) return [`nothing was sent from this room yet, as far as its folder tells; its log ends at entry ${seq}`];
  const { place, is, atMs, arrivedSeq, arrivedMs, problem, note, parked } = status;
  const there =
    arrivedSeq === null ? 'no entry was seen there yet' : `it was last seen with those up to ${arrivedSeq}, on ${isoUtc(arrivedMs)}`;
  const first =
    is === 'up-to-date'
      ? `the hub at ${place} ends where the log did: at entry ${arrivedSeq}, on ${isoUtc(arrivedMs)}`
      : `the hub at ${place} was not seen to have every entry, on ${isoUtc(atMs)}; ${there}`;
  const since = is === 'up-to-date' && seq > (arrivedSeq ?? 0) ? [`recorded since, and not sent yet: up to entry ${seq}`] : [];
  const refused = parked.map((row) => `entry ${row.seq} could not be taken, and only its place was sent: ${row.words}`);
  return [first, ...since, ...(problem === null ? [] : [problem]), ...(note === null ? [] : [note]), ...refused];
}
