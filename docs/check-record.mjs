#!/usr/bin/env node
// Checks a session's record, as "vigil export --format json" writes it, with nothing of Vigil and no package:
//
//     node check-record.mjs FILE [KEY]
//
// KEY: what "vigil verify" and "vigil backup" print of the key that signs checkpoints, noted before. What is proved stands in
// docs/outsiders-proof.md. Exit 0: all fits; 1: it does not, and each line says what; 2: wrong usage.
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

const hashes = new Map(entries.map(({ seq, hash }) => [seq, hash]));
for (const [index, e] of entries.entries()) {
  expect(index === 0 || e.seq > entries[index - 1].seq, `entry ${e.seq} is out of order`);
  if (e.body === undefined) continue;
  const place = [blob(hex(e.prev)), id(roomId), id(e.epoch), integer(e.seq), id(e.eventId), id(e.sessionId), text(e.kind)];
  const times = [e.occurredMs, e.occurredOffsetMin, e.recordedMs, e.recordedOffsetMin, e.monoUs].map(integer);
  const rest = [text(e.bootId), id(e.actor), id(e.commandId), id(e.supersedes), text(e.body)];
  expect(sha256('vigil-event-1', ...place, ...times, ...rest) === e.hash, `entry ${e.seq} was changed: its hash is another one`);
  expect((hashes.get(e.seq - 1) ?? e.prev) === e.prev, `entry ${e.seq} does not follow entry ${e.seq - 1}`);
}

const signatures = entries.filter(({ kind }) => kind === 'session-signed').map((e) => ({ seq: e.seq, ...JSON.parse(e.body) }));
for (const { seq, version, recordHash, seal } of signatures) {
  const sealed = ['vigil-record-1', content.session.sessionId, seal.throughSeq, seal.eventHash, seal.readingRows, seal.readingsHash];
  expect(sha256(lines(...sealed)) === recordHash, `signature ${version} is of another record than the one it names`);
  expect(hashes.get(seal.throughSeq) === seal.eventHash, `signature ${version} is of other entries`);
  expect(
    checkpoints.some((checkpoint) => checkpoint.seq === seq),
    `signature ${version} has no checkpoint`,
  );
}

const keys = new Set();
for (const c of checkpoints) {
  const digest = sha256(hex(c.publicKey)).slice(0, 16);
  const key = digest.match(/.{4}/g).join('-');
  const der = Buffer.concat([hex('302a300506032b6570032100'), hex(c.publicKey)]);
  const signed = lines('vigil-checkpoint-1', roomId, c.epoch, c.seq, c.hash, c.atMs, content.session.sessionId, c.entriesHash);
  const isSigned = verify(null, Buffer.from(signed), createPublicKey({ key: der, format: 'der', type: 'spki' }), hex(c.signature));
  expect(isSigned, `the checkpoint of entry ${c.seq} was not signed with key ${key}`);
  const upTo = entries.filter(({ seq }) => seq <= c.seq).map(({ hash }) => hex(hash));
  expect(sha256(...upTo) === c.entriesHash && hashes.get(c.seq) === c.hash, `the entries up to ${c.seq} are not those that were signed`);
  expect(known === undefined || known === key, `the checkpoint of entry ${c.seq} is signed with key ${key}, not with ${known}`);
  keys.add(key);
}

const by = keys.size === 0 ? 'by no key' : `by key ${[...keys].join(', ')}`;
const counted = `${entries.length} entries, ${signatures.length} signatures, ${checkpoints.length} checkpoints ${by}`;
process.stdout.write(lines(...findings, `${counted}: ${findings.length === 0 ? 'all fits' : `${findings.length} findings`}`));
process.exitCode = findings.length === 0 ? 0 : 1;
