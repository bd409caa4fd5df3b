import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * What a disk may hold after the power went, worked out from the system calls of a real process.
 *
 *     strace -f -y -xx -s 200000 -e trace=… -o TRACE node writer.ts …
 *
 * What was synced is kept. Of what was written since, each piece may have reached the disk, not, or in part (whole
 * sectors of 512 bytes, in any order). A new or removed name counts only after its folder was synced.
 */
export type DiskCall =
  | { readonly call: 'create' | 'unlink' | 'sync' | 'sync-folder'; readonly name: string }
  | { readonly call: 'link'; readonly from: string; readonly name: string }
  | { readonly call: 'write'; readonly name: string; readonly at: number; readonly bytes: Buffer }
  | { readonly call: 'truncate'; readonly name: string; readonly length: number }
  /** The process told the world, for example `ACK 12`. */
  | { readonly call: 'told'; readonly text: string };

export const tracedCalls = 'openat,write,pwrite64,pwritev,fsync,fdatasync,ftruncate,link,linkat,unlink,rename';

/** @param random gives 0 ≤ x < 1 */
export type Random = () => number;

const sectorLength = 512;

/** The calls of a trace that concern the files of `folder` or standard output, in the order they ended. */
export function parseTrace(trace: string, folder: string): DiskCall[] {
  const calls: DiskCall[] = [];
  const offsets = new Map<string, number>();
  const created = new Set<string>();
  for (const line of wholeLines(trace)) {
    const [, call = '', rest = ''] = /^\d+ +(\w+)\((.*)$/s.exec(line) ?? [];
    const result = /\) += (-?\d+)/.exec(rest)?.[1];
    if (result === undefined || Number(result) < 0) continue;
    const handle = /^(\d+)<([^>]*)>/.exec(rest);
    const path = unescape(handle?.[2] ?? '').toString('utf8');
    const name = dirname(path) === folder ? basename(path) : null;
    const text = /"((?:\\x[0-9a-f]{2})*)"/.exec(rest)?.[1] ?? '';
    switch (call) {
      case 'openat': {
        const opened = unescape(text).toString('utf8');
        if (!rest.includes('O_CREAT') || dirname(opened) !== folder || created.has(basename(opened))) break;
        created.add(basename(opened));
        calls.push({ call: 'create', name: basename(opened) });
        break;
      }
      case 'unlink': {
        const removed = unescape(text).toString('utf8');
        if (dirname(removed) !== folder) break;
        created.delete(basename(removed));
        calls.push({ call: 'unlink', name: basename(removed) });
        break;
      }
      case 'link': {
        const [from = '', to = ''] = [...rest.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map((match) =>
          unescape(match[1] ?? '').toString('utf8'),
        );
        if (dirname(to) !== folder) break;
        created.add(basename(to));
        calls.push({ call: 'link', from: basename(from), name: basename(to) });
        break;
      }
      case 'write':
        if (handle?.[1] === '1') calls.push({ call: 'told', text: unescape(text).toString('latin1') });
        else if (name !== null && text !== '') {
          // Files that are written in order are written once, from their beginning.
          const at = offsets.get(name) ?? 0;
          const bytes = unescape(text);
          offsets.set(name, at + bytes.length);
          calls.push({ call: 'write', name, at, bytes });
        }
        break;
      case 'pwrite64':
        if (name !== null) calls.push({ call: 'write', name, at: Number(/, (\d+)\) +=/.exec(rest)?.[1]), bytes: unescape(text) });
        break;
      case 'ftruncate':
        if (name !== null) calls.push({ call: 'truncate', name, length: Number(/, (\d+)\) +=/.exec(rest)?.[1]) });
        break;
      case 'fsync':
      case 'fdatasync':
        if (path === folder) calls.push({ call: 'sync-folder', name: '' });
        else if (name !== null) calls.push({ call: 'sync', name });
        break;
      default:
        // A call that the model does not know must not pass for one that did nothing.
        if (name !== null || text.includes(hexOf(folder))) throw new Error(`the trace holds a ${call} in the folder`);
    }
  }
  return calls;
}

/** Joins what strace splits where threads interleave. */
function* wholeLines(trace: string): Generator<string> {
  const unfinished = new Map<string, string>();
  for (const line of trace.split('\n')) {
    const thread = /^\d+/.exec(line)?.[0] ?? '';
    const resumed = /^\d+ +<\.\.\. \w+ resumed>(.*)$/s.exec(line);
    // Before the word stands a space that a whole line has not.
    if (line.endsWith('<unfinished ...>')) unfinished.set(thread, line.slice(0, -'<unfinished ...>'.length).trimEnd());
    else if (resumed === null) yield line;
    else yield (unfinished.get(thread) ?? '') + (resumed[1] ?? '');
  }
}

function unescape(text: string): Buffer {
  return Buffer.from(text.replaceAll('\\x', ''), 'hex');
}

function hexOf(text: string): string {
  return Array.from(Buffer.from(text), (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}

interface FileState {
  synced: Buffer;
  readonly pending: DiskCall[];
}

/** A disk that is fed calls one by one and can lose its power at any moment. */
export class SimulatedDisk {
  readonly #files = new Map<string, FileState>();
  /** Names as the folder on disk has them, and what happened to them since it was synced. */
  readonly #names = new Map<string, FileState>();
  #pendingNames: { readonly name: string; readonly file: FileState | null }[] = [];

  apply(call: DiskCall): void {
    switch (call.call) {
      case 'told':
        return;
      case 'create': {
        const file: FileState = { synced: Buffer.alloc(0), pending: [] };
        this.#files.set(call.name, file);
        this.#pendingNames.push({ name: call.name, file });
        return;
      }
      case 'link': {
        const file = this.#file(call.from);
        this.#files.set(call.name, file);
        this.#pendingNames.push({ name: call.name, file });
        return;
      }
      case 'unlink':
        this.#files.delete(call.name);
        this.#pendingNames.push({ name: call.name, file: null });
        return;
      case 'sync-folder':
        for (const { name, file } of this.#pendingNames) setName(this.#names, name, file);
        this.#pendingNames = [];
        return;
      case 'write':
      case 'truncate':
        this.#file(call.name).pending.push(call);
        return;
      case 'sync': {
        const file = this.#file(call.name);
        file.synced = file.pending.reduce(carriedOut, file.synced);
        file.pending.length = 0;
        return;
      }
    }
  }

  /** Writes what the disk might hold now into `folder`, which is emptied first. */
  loseTheLot(folder: string, random: Random): void {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { mode: 0o700 });
    const names = new Map(this.#names);
    // Changes of names reach the disk in order, up to some point.
    const kept = Math.floor(random() * (this.#pendingNames.length + 1));
    for (const { name, file } of this.#pendingNames.slice(0, kept)) setName(names, name, file);
    for (const [name, file] of names) writeFileSync(join(folder, name), survived(file, random), { mode: 0o600 });
  }

  #file(name: string): FileState {
    const file = this.#files.get(name);
    if (file === undefined) throw new Error(`the trace writes to ${name} before it is made`);
    return file;
  }
}

function setName(names: Map<string, FileState>, name: string, file: FileState | null): void {
  if (file === null) names.delete(name);
  else names.set(name, file);
}

function carriedOut(content: Buffer, call: DiskCall): Buffer {
  if (call.call === 'truncate') {
    return call.length <= content.length
      ? content.subarray(0, call.length)
      : Buffer.concat([content, Buffer.alloc(call.length - content.length)]);
  }
  if (call.call !== 'write') return content;
  const after = Buffer.alloc(Math.max(content.length, call.at + call.bytes.length));
  content.copy(after);
  call.bytes.copy(after, call.at);
  return after;
}

/** Each unsynced call fully, not at all, or torn: three kinds of bad luck, one of them for the whole file. */
function survived(file: FileState, random: Random): Buffer {
  const mood = random();
  let content = file.synced;
  for (const call of file.pending) {
    const luck = mood < 0.2 ? 0 : mood < 0.4 ? 1 : random();
    if (luck < 0.4) continue;
    if (luck > 0.7 || call.call !== 'write') content = carriedOut(content, call);
    else for (const piece of sectors(call)) if (random() < 0.5) content = carriedOut(content, piece);
  }
  return content;
}

function* sectors(call: Extract<DiskCall, { call: 'write' }>): Generator<DiskCall> {
  let from = 0;
  while (from < call.bytes.length) {
    const untilBoundary = sectorLength - ((call.at + from) % sectorLength);
    const bytes = call.bytes.subarray(from, from + untilBoundary);
    yield { ...call, at: call.at + from, bytes };
    from += bytes.length;
  }
}
