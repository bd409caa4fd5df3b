#!/usr/bin/env node
// Checks a session's record, as "vigil export --format json" writes it, with nothing of Vigil and no package:
//
//     node check-record.mjs FILE [KEY]
//
// KEY: what "vigil verify" and "vigil backup" print of the key that signs checkpoints, noted before. What is proved stands in
// docs/outsiders-proof.md. Exit 0: nothing speaks against it, and the lines before the last name the entries that are not
// proved; 1: something does, or no checkpoint vouches for it, and each line says what; 2: wrong usage.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

const [file, known] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write('usage: node check-record.mjs FILE [KEY]\n');
  process.exit(2);
}

const hex = (text) => Buffer.from(text, 'hex');
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
const lines = (...texts) => texts.map((text) => `${text}\n`).join('');
const uint32 = (number) => Buffer.from(number.toString(16).padStart(8, '0'), 'hex');
const blob = (bytes) => (bytes === null ? hex('ffffffff') : Buffer.concat([uint32(bytes.length), bytes]));
const id = (text) => blob(text === null ? null : hex(text.replaceAll('-', '')));
const text = (words) => blob(Buffer.from(words, 'utf8'));
const integer = (number) => Buffer.from(BigInt.asUintN(64, BigInt(number)).toString(16).padStart(16, '0'), 'hex');

const findings = [];
const expect = (holds, what) => void (holds || findings.push(what));
const { contentHash, ...content } = JSON.parse(readFileSync(file, 'utf8'));
expect(sha256(JSON.stringify(content)) === contentHash, 'the file is not what was written: its hash is another one');
const { roomId, entries, checkpoints } = content.proof ?? { entries: [], checkpoints: [] };
expect(entries.length > 0, 'the file has no proof: it was written by a Vigil from before there was any');

// An entry that the room withholds has its number and its hash alone; of which kind it is, the history of the file claims.
const mayBeWithheld = ['observation-recorded', 'observation-amended', 'event-undone'];
const claimedKinds = new Map(content.history.map(({ seq, kind }) => [seq, kind]));
const whole = entries.filter(({ body }) => typeof body === 'string');
const withheld = entries.filter((e) => !whole.includes(e)).map(({ seq }) => ({ seq, kind: claimedKinds.get(seq) }));
for (const { seq, kind } of withheld)
  expect(mayBeWithheld.includes(kind), `entry ${seq} is withheld, and a room withholds none such: ${kind ?? 'the history lacks it'}`);

const hashes = new Map(entries.map(({ seq, hash }) => [seq, hash]));
for (const [index, { seq }] of entries.entries()) expect(index === 0 || seq > entries[index - 1].seq, `entry ${seq} is out of order`);
for (const e of whole) {
  const place = [blob(hex(e.prev)), id(roomId), id(e.epoch), integer(e.seq), id(e.eventId), id(e.sessionId), text(e.kind)];
  const times = [e.occurredMs, e.occurredOffsetMin, e.recordedMs, e.recordedOffsetMin, e.monoUs].map(integer);
  const rest = [text(e.bootId), id(e.actor), id(e.commandId), id(e.supersedes), text(e.body)];
  expect(sha256('vigil-event-1', ...place, ...times, ...rest) === e.hash, `entry ${e.seq} was changed: its hash is another one`);
  expect((hashes.get(e.seq - 1) ?? e.prev) === e.prev, `entry ${e.seq} does not follow entry ${e.seq - 1}`);
}

// What the file lists of signatures, against the entries that are signatures.
const signed = whole.filter(({ kind }) => /^session-(co)?signed$/.test(kind)).map((e) => ({ ...e, ...JSON.parse(e.body) }));
const told = (s, atMs) => [`signature ${s.version} of ${s.name} (${s.meaning})`, s.role, s.recordHash, atMs].join();
const listed = new Map(content.signatures.map((s) => [told(s, Date.parse(s.at)), s]));
const entered = new Map(signed.map((s) => [told(s, s.recordedMs), s]));
for (const [key, s] of listed) expect(entered.has(key), `signature ${s.version} of ${s.name} is listed, and no entry holds it`);
for (const [key, s] of entered) expect(listed.has(key), `entry ${s.seq} is a signature of ${s.name} that the file does not list`);

const signatures = signed.filter(({ seal }) => seal !== undefined);
for (const { seq, version, recordHash, seal } of signatures) {
  const sealed = ['vigil-record-1', content.session.sessionId, seal.throughSeq, seal.eventHash, seal.readingRows, seal.readingsHash];
  expect(sha256(lines(...sealed)) === recordHash, `signature ${version} is of another record than the one it names`);
  expect(hashes.get(seal.throughSeq) === seal.eventHash, `signature ${version} is of other entries`);
  const hasCheckpoint = checkpoints.some((checkpoint) => checkpoint.seq === seq);
  expect(hasCheckpoint, `signature ${version} has no checkpoint`);
}

const keys = new Set();
for (const c of checkpoints) {
  const digest = sha256(hex(c.publicKey)).slice(0, 16);
  const key = digest.match(/.{4}/g).join('-');
  const der = Buffer.concat([hex('302a300506032b6570032100'), hex(c.publicKey)]);
  const statement = lines('vigil-checkpoint-1', roomId, c.epoch, c.seq, c.hash, c.atMs, content.session.sessionId, c.entriesHash);
  const isSigned = verify(null, Buffer.from(statement), createPublicKey({ key: der, format: 'der', type: 'spki' }), hex(c.signature));
  expect(isSigned, `the checkpoint of entry ${c.seq} was not signed with key ${key}`);
  const upTo = entries.filter(({ seq }) => seq <= c.seq).map(({ hash }) => hex(hash));
  expect(sha256(...upTo) === c.entriesHash && hashes.get(c.seq) === c.hash, `the entries up to ${c.seq} are not those that were signed`);
  const isOfSignature = signatures.some(({ seq }) => seq === c.seq);
  expect(isOfSignature, `the checkpoint of entry ${c.seq} is of a signature, and the file does not hold that entry as one`);
  expect(known === undefined || known === key, `the checkpoint of entry ${c.seq} is signed with key ${key}, not with ${known}`);
  keys.add(key);
}
expect(keys.size > 0, 'no checkpoint: all that was found is hashes, which anybody can make anew');
expect(known === undefined || keys.has(known), `no checkpoint is signed with key ${known}`);

const through = Math.max(0, ...checkpoints.map(({ seq }) => seq));
const behind = entries.filter(({ seq }) => seq > through).map(({ seq }) => seq);
const named = withheld.map(({ seq, kind }) => `${seq} ${kind}`).join(', ');
const unproved = [];
if (withheld.length > 0) unproved.push(`not proved: what ${withheld.length} withheld entries say, by the history of the file ${named}`);
if (behind.length > 0)
  unproved.push(`not proved: ${behind.length} entries behind the last checkpoint, whose hashes anybody can make: ${behind}`);

const by = keys.size === 0 ? 'by no key' : `by key ${[...keys].join(', ')}`;
const counted = `${entries.length} entries (${withheld.length} withheld), ${signed.length} signatures, ${checkpoints.length} checkpoints ${by}`;
const found = findings.length > 0 ? `${findings.length} findings` : unproved.length > 0 ? 'the rest fits' : 'all fits';
process.stdout.write(lines(...findings, ...unproved, `${counted}: ${found}`));
process.exitCode = findings.length === 0 ? 0 : 1;
