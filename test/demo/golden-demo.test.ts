import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MilestoneKey } from '../../shared/clinical/milestone.ts';
import { deliveredUg, elapsedMs, pausedMs, runningMs } from '../../shared/clinical/dosing.ts';
import { demoPin } from '../../shared/boot/demo-pin.ts';
import { privateNote } from '../../electron/service/demo/demo-script-recovery.ts';
import { DemoRoom } from '../../electron/service/demo/demo-room.ts';
import { completeness, openItems } from '../../electron/service/session/questions/completeness.ts';
import type { SessionState } from '../../electron/service/session/state/session-state.ts';
import { loadWriter } from '../../electron/service/export/formats.ts';
import { checkRecordFile } from '../../electron/service/export/record-file.ts';
import { checkpointFingerprint } from '../../electron/service/store/checkpoint-key.ts';
import type { RecordDocument } from '../../shared/contract/record-document.ts';
import type { RecordProof } from '../../shared/contract/record-proof.ts';
import golden from '../fixtures/clinical/golden-session.json' with { type: 'json' };
import { createManualClock } from '../support/manual-clock.ts';
import { playIntoPresent } from './play-into-present.ts';

const base = mkdtempSync(join(tmpdir(), 'vigil-golden-demo-'));
const clock = createManualClock();
const script = fileURLToPath(new URL('../../docs/check-record.mjs', import.meta.url));
const { expected } = golden;
let demo: DemoRoom;
let session: SessionState;
let startMs: number;

beforeAll(async () => {
  demo = new DemoRoom({ clock, folder: join(base, 'demo'), rate: 1, version: 'test' });
  await playIntoPresent(demo, clock);
  const { sessions } = demo.room.recorder;
  session = sessions.require(sessions.newest(2).at(-1)?.sessionId ?? 'the demo holds no earlier session');
  startMs = session.dose.startedMs ?? 0;
});
afterAll(async () => {
  await demo.close();
  rmSync(base, { recursive: true, force: true });
});

const minuteOf = (ms: number): number => Math.round(((ms - startMs) / 60_000) * 100) / 100;
const reached = (milestone: MilestoneKey): number =>
  minuteOf(session.milestones.find((entry) => entry.milestone === milestone)?.atMs ?? Number.NaN);
const record = () => demo.room.records.record(session.sessionId);

describe('the whole golden session in the demo, read from simulated bytes', () => {
  it.each(Object.entries(expected.doseAt))('DEMO-9 at +%s min %s mg are in', (minute, mg) => {
    expect(deliveredUg(session.dose.timeline, startMs + Number(minute) * 60_000)).toBe(mg * 1000);
  });

  it('DEMO-9 the dose sums up as expected', () => {
    const { timeline, status } = session.dose;
    const minutes = (ms: number): number => Math.round(ms / 600) / 100;
    const atMs = startMs + 200 * 60_000;
    expect({
      status,
      deliveredMg: deliveredUg(timeline, atMs) / 1000,
      infusionElapsedMin: minutes(elapsedMs(timeline, atMs)),
      infusionRunningMin: minutes(runningMs(timeline, atMs)),
      pausedMin: minutes(pausedMs(timeline, atMs)),
    }).toEqual({
      status: 'completed',
      deliveredMg: expected.deliveredMg,
      infusionElapsedMin: expected.infusionElapsedMin,
      infusionRunningMin: expected.infusionRunningMin,
      pausedMin: expected.pausedMin,
    });
  });

  it('DEMO-9 every pressure is the one of the case, with its peak and its change', () => {
    const cuffs = record().session.cuffReadings;
    expect(cuffs.map(({ atMs, sys, dia, mean }) => [Math.round(minuteOf(atMs)), sys, dia, mean])).toEqual(
      golden.vitals.map(({ t, sys, dia, map }) => [t, sys, dia, map]),
    );
    const peak = cuffs.toSorted((a, b) => b.sys - a.sys)[0];
    const baseline = cuffs[0];
    expect(baseline).toMatchObject({ sys: expected.baselineSys, dia: expected.baselineDia });
    expect([peak?.sys, Math.round(minuteOf(peak?.atMs ?? 0))]).toEqual([expected.peakSys, expected.peakSysAtMin]);
    expect([(peak?.sys ?? 0) - (baseline?.sys ?? 0), (peak?.dia ?? 0) - (baseline?.dia ?? 0)]).toEqual([
      expected.deltaSys,
      expected.deltaDia,
    ]);
  });

  it('DEMO-9 SpO₂ and pulse are those of the case at its minutes', () => {
    const { trend } = record().read.vitals;
    const at = (metric: 'spo2' | 'pulse-rate', minute: number): number | null =>
      trend.columns[metric]?.[Math.round((startMs + minute * 60_000 - trend.fromMs) / trend.stepMs)] ?? null;
    const told = golden.vitals.slice(1).map(({ t }) => [t, at('spo2', t), at('pulse-rate', t)]);
    expect(told).toEqual(golden.vitals.slice(1).map(({ t, spo2, hr }) => [t, spo2, hr]));
    const lowest = told.toSorted((a, b) => (a[1] ?? 0) - (b[1] ?? 0))[0];
    expect([lowest?.[0], lowest?.[1]]).toEqual([expected.minSpO2AtMin, expected.minSpO2]);
    expect(Math.max(...told.map((row) => row[2] ?? 0))).toBe(expected.maxHr);
  });

  it('DEMO-9 dissociation peaks and comes back when the case says, and so does the patient', () => {
    const cadss = session.ratings.filter(({ instrument }) => instrument.startsWith('cadss'));
    expect(cadss.map((rating) => [minuteOf(rating.atMs), rating.instrument.toUpperCase(), rating.score.total])).toEqual(
      golden.ratings.map(({ t, scale, total }) => [t, scale, total]),
    );
    expect(reached('return_to_baseline')).toBe(expected.returnToBaselineMin);
    expect(reached('return_to_baseline') - minuteOf(session.dose.endedMs ?? 0)).toBeCloseTo(expected.returnToBaselineAfterEndMin, 2);
    expect(reached('discharged') - reached('arrived')).toBe(expected.lengthOfStayMin);
  });

  it('DEMO-9 its milestones stand at the minutes of the case, also the one that was tapped late', () => {
    const keys = { Emerging: 'emerging', 'Peak effect': 'peak', 'IV removed': 'iv_removed', 'Line flushed': 'flush' } as const;
    for (const { t, name } of golden.milestones) {
      const key = keys[name as keyof typeof keys];
      if (key !== undefined) expect(reached(key), name).toBe(t);
    }
    expect(session.log.filter(({ kind }) => kind === 'time-corrected')).toHaveLength(2);
  });

  it('DEMO-11 holds the anxiety, the pressure reviewed and repeated, the waste with its witness, the handover, the criteria and the escort', () => {
    const { adverseEvents, discharge, controlledDrugs } = record().session;
    expect(adverseEvents.map(({ category, outcome, open }) => [category, outcome, open])).toEqual([['anxiety', 'recovered', false]]);
    expect(controlledDrugs).toMatchObject({ drawnUg: 50_000, givenUg: 40_000, wastedUg: 10_000, openUg: 0 });
    expect(controlledDrugs.entries.map(({ kind, witness }) => [kind, witness])).toEqual([
      ['drawn', 'Second nurse'],
      ['wasted', 'Second nurse'],
    ]);
    expect(discharge.lines.map(({ verdict }) => verdict)).toEqual(Array(discharge.lines.length).fill('met'));
    expect(session.discharge.handovers).toHaveLength(1);
    const protocol = demo.room.recorder.room.protocols.find(session.opened.protocolId, session.opened.protocolVersion);
    if (protocol === null) throw new Error('its protocol is not here');
    const items = completeness(session, protocol, record().read.vitals, 0);
    expect(openItems(items)).toEqual([]);
    expect(items.filter(({ kind }) => kind === 'excursion')).toMatchObject([{ label: expect.stringContaining('162/98') as string }]);
  });

  it('DEMO-11 is signed, co-signed, amended and signed again, and its private note opens for its author', async () => {
    expect(
      session.signing.versions.map(({ version, signatures }) => [version, signatures.map(({ name, meaning }) => [name, meaning])]),
    ).toEqual([
      [
        1,
        [
          ['Second nurse', 'authored'],
          ['Therapist', 'reviewed'],
        ],
      ],
      [2, [['Second nurse', 'authored']]],
    ]);
    expect(session.privateMarks.map(({ atMs }) => minuteOf(atMs))).toEqual([privateNote.atMin]);
    const { privateNotes, recorder, seats } = demo.room;
    const therapist = [...recorder.staff.people.values()].find(({ role }) => role === 'therapist');
    const author = { personId: therapist?.personId ?? '', seat: seats.take(therapist?.personId ?? '') };
    await privateNotes.open(author, { pin: demoPin, phrase: null });
    expect(privateNotes.read(author, session.sessionId).notes.map(({ text }) => text)).toEqual([privateNote.text]);
    privateNotes.close(author.seat);
  });

  it('DEMO-12 has a prescriber and a second nurse, so that protocols can be published and second PINs asked for', () => {
    const roles = [...demo.room.recorder.staff.people.values()].map(({ role }) => role);
    expect(roles).toEqual(['nurse', 'therapist', 'nurse', 'prescriber']);
  });

  it('DEMO-9 nothing of it was refused, and nothing is missing from it', () => {
    expect(session.problems).toEqual([]);
    expect(session.gaps).toEqual([]);
    expect(session.ended?.reason).toBeUndefined();
  });
});

describe('the proof of its JSON, where there is no room', () => {
  let text: string;
  let key: string;
  beforeAll(async () => {
    const write = await loadWriter('json');
    text = String(write(demo.room.sessionSource(session.sessionId)));
    key = checkpointFingerprint(demo.room.recorder.storage.store.checkpoints.publicKey);
  });

  type Content = RecordDocument & { proof: RecordProof; contentHash?: string };

  /** The file with a change in it, and with the hash of its content made anew, as anybody can. */
  function changed(change: (content: Content) => void): string {
    const { contentHash: _old, ...content } = JSON.parse(text) as Content;
    change(content);
    return JSON.stringify({ ...content, contentHash: createHash('sha256').update(JSON.stringify(content)).digest('hex') });
  }

  function checkOutside(content: string, ...argv: string[]): { readonly exit: number | null; readonly said: string } {
    const file = join(base, 'record.json');
    writeFileSync(file, content);
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, file, ...argv], { encoding: 'utf8' });
    return { exit: status, said: stdout + stderr };
  }

  /** The entry of an index among those of a kind, its body given back as it was changed. */
  function edit(content: Content, kind: string, change: (body: Record<string, unknown>) => void): void {
    const entry = content.proof.entries.find((one) => 'kind' in one && one.kind === kind);
    if (entry === undefined || !('body' in entry)) throw new Error(`no entry ${kind}`);
    const body = JSON.parse(entry.body) as Record<string, unknown>;
    change(body);
    entry.body = JSON.stringify(body);
  }

  /** Leaves of the entries of some kinds their place alone, as of those that a room withholds. */
  function reduce({ proof }: Content, isReduced: (kind: string) => boolean): void {
    proof.entries = proof.entries.map((entry) => ('kind' in entry && isReduced(entry.kind) ? { seq: entry.seq, hash: entry.hash } : entry));
  }

  it('PROOF-7 the script of the documents proves the golden session from its JSON alone: chain, signatures, checkpoints and their key', () => {
    expect(checkRecordFile(text).findings).toEqual([]);
    const { exit, said } = checkOutside(text, key);
    expect(said).toMatch(/^\d+ entries \(0 withheld\), 3 signatures, 2 checkpoints by key [0-9a-f-]{19}: all fits\n$/);
    expect([exit, said.includes(key)]).toEqual([0, true]);
    expect(checkOutside(text, '0000-0000-0000-0000')).toMatchObject({
      exit: 1,
      said: expect.stringContaining('not with 0000-0000-0000-0000'),
    });
  });

  it('PROOF-7 one value that was flipped is named: in a table by the hash of the file, in an entry by its own, also where that was made anew', () => {
    const flipped = text.replace(/"sysMmHg": \d+/, '"sysMmHg": 99');
    expect(flipped).not.toBe(text);
    expect(checkOutside(flipped)).toMatchObject({ exit: 1, said: expect.stringContaining('the file is not what was written') });
    const entry = changed((content) => edit(content, 'weight-recorded', (body) => void (body['grams'] = 79_000)));
    expect(checkOutside(entry)).toMatchObject({
      exit: 1,
      said: expect.stringMatching(/^entry \d+ was changed: its hash is another one\n/),
    });
    const signature = changed((content) => edit(content, 'session-signed', (body) => void (body['recordHash'] = 'ab'.repeat(32))));
    expect(checkOutside(signature).said).toContain('is of another record than the one it names');
  });

  it('PROOF-7 an entry that was left out, and a checkpoint that was, are named', () => {
    const without = changed(({ proof }) => void proof.entries.splice(5, 1));
    expect(checkOutside(without)).toMatchObject({ exit: 1, said: expect.stringContaining('are not those that were signed') });
    const unsigned = changed(({ proof }) => void proof.checkpoints.pop());
    expect(checkOutside(unsigned)).toMatchObject({ exit: 1, said: expect.stringMatching(/signature \d has no checkpoint/) });
    const forged = changed(({ proof }) => {
      for (const one of proof.checkpoints) one.atMs += 1;
    });
    expect(checkOutside(forged).said).toMatch(/the checkpoint of entry \d+ was not signed with key/);
  });

  it('PROOF-10 of an entry that was reduced to its place the number is told; of a kind that no room withholds, it is a finding', () => {
    const words = changed((content) => reduce(content, (kind) => kind === 'observation-recorded'));
    const { said, exit } = checkOutside(words, key);
    expect(said).toMatch(
      /^not proved: what (\d+) withheld entries say, by the history of the file (\d+ observation-recorded(, )?)+\n\d+ entries \(\1 withheld\), .*: the rest fits\n$/,
    );
    expect(exit).toBe(0);
    const weight = checkOutside(
      changed((content) => reduce(content, (kind) => kind === 'weight-recorded')),
      key,
    );
    expect(weight).toMatchObject({ exit: 1, said: expect.stringMatching(/^entry \d+ is withheld, and .*: weight-recorded\n/) });
    const allButSigned = checkOutside(
      changed((content) => reduce(content, (kind) => !kind.startsWith('session-signed'))),
      key,
    );
    expect(allButSigned).toMatchObject({ exit: 1, said: expect.not.stringContaining('fits') });
  });

  it('PROOF-11 a signature that the file lists has its entry, unreduced, and a checkpoint has its signature', () => {
    const reduced = (kind: string): string => changed((content) => reduce(content, (one) => one === kind));
    const signed = checkOutside(reduced('session-signed'), key);
    expect(signed.exit).toBe(1);
    expect(signed.said).toContain('signature 1 of Second nurse is listed, and no entry holds it');
    expect(signed.said).toMatch(/the checkpoint of entry \d+ is of a signature, and the file does not hold that entry as one/);
    const cosigned = reduced('session-cosigned');
    expect(checkOutside(cosigned).said).toContain('signature 1 of Therapist is listed, and no entry holds it');
    expect(checkRecordFile(cosigned).findings).toEqual(['version 1 is listed as signed by Therapist, and no entry holds that signature']);
    const unlisted = changed((content) => void content.signatures.pop());
    expect(checkOutside(unlisted).said).toMatch(/entry \d+ is a signature of Second nurse that the file does not list/);
  });

  it('PROOF-12 without a checkpoint nothing fits: there are only hashes that anybody can make, whoever the key is said to be', () => {
    const forged = changed((content) => {
      const { proof } = content;
      proof.entries = proof.entries.filter((entry) => !('kind' in entry) || !entry.kind.startsWith('session-signed'));
      proof.checkpoints = [];
      edit(content, 'observation-recorded', (body) => void (body['text'] = 'nothing to be seen'));
      content.signatures = [];
    });
    const { exit, said } = checkOutside(forged, key);
    expect([exit, said.includes('fits')]).toEqual([1, false]);
    expect(said).toContain('no checkpoint: all that was found is hashes, which anybody can make anew\n');
    expect(said).toContain(`no checkpoint is signed with key ${key}\n`);
    const withoutSignatures = changed((content) => {
      reduce(content, (kind) => kind === 'session-signed');
      content.proof.checkpoints = [];
    });
    expect(checkOutside(withoutSignatures)).toMatchObject({ exit: 1, said: expect.stringContaining('is listed, and no entry holds it') });
  });

  it('PROOF-12 entries behind the last checkpoint are named: their hashes anybody can make', () => {
    const earlier = changed(({ proof, signatures }) => {
      const [first] = proof.checkpoints.splice(1);
      proof.entries = proof.entries.filter(({ seq }) => seq !== first?.seq);
      signatures.pop();
    });
    const { exit, said } = checkOutside(earlier, key);
    expect(said).toMatch(/^not proved: \d+ entries behind the last checkpoint, .*: [\d,]+\n.*: the rest fits\n$/);
    expect(exit).toBe(0);
  });

  it('PROOF-7 a file without a proof is told as that, and a call without a file as wrong usage', () => {
    expect(checkOutside(changed((content) => void delete (content as Partial<Content>).proof)).said).toContain('the file has no proof');
    expect(spawnSync(process.execPath, [script], { encoding: 'utf8' })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('usage'),
    });
  });

  it('PROOF-8 the proof tells nothing of the private side: no word of it, and not that there is any', () => {
    expect(text).not.toContain(privateNote.text.slice(0, 20));
    const { proof } = JSON.parse(text) as Content;
    const marked = session.log.filter(({ kind }) => kind === 'private-note-marked');
    expect(marked.length).toBeGreaterThan(0);
    const seqs = new Set(proof.entries.map(({ seq }) => seq));
    expect(marked.filter(({ seq }) => seqs.has(seq))).toEqual([]);
  });
});
