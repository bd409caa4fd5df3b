import { readFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createHl7OruDecoder } from '../../../electron/service/drivers/hl7-oru/decode.ts';
import { hl7Oru } from '../../../electron/service/drivers/hl7-oru/driver.ts';
import { ascii, join } from '../decoded-stream.ts';
import { hl7Block, hl7Values } from '../hl7-bytes.ts';

const at = { utcMs: Date.UTC(2026, 10, 29, 15, 0, 0, 250), offsetMin: -300 };

/** Every answer to some bytes, as text. */
function answersTo(...pieces: readonly Uint8Array[]): string[] {
  return answersWhere(null, ...pieces);
}
/** The same where nothing that arrives can be kept. */
function answersWhere(notKept: string | null, ...pieces: readonly Uint8Array[]): string[] {
  const answers: string[] = [];
  const decoder = createHl7OruDecoder();
  const sink = {
    frame: () => {},
    reading: () => {},
    wave: () => {},
    discarded: () => {},
    answer: (build: (when: typeof at, why: string | null) => readonly Uint8Array[]) =>
      void answers.push(...build(at, notKept).map((bytes) => String.fromCharCode(...bytes))),
  };
  decoder.push(join(...pieces), sink);
  return answers;
}
const header = (rest: string, kind = 'ORU^R01'): string => `MSH|^~\\&|MON|BED|RCV|FAC|20261129||${kind}|ID-1|P|2.6|||${rest}`;
const block = (head: string, segments: readonly string[] = hl7Values(97, 72)): Uint8Array => hl7Block([head, ...segments, ''].join('\r'));
const codesOf = (answers: readonly string[]): string[] => answers.map((answer) => /MSA\|(\w+)\|/.exec(answer)?.[1] ?? '?');
const unreadable = (rest: string): Uint8Array => block(header(rest), ['obx|1']);
const query = (rest: string): Uint8Array => block(header(rest, 'QBP^Q22'), ['QPD|1']);

describe('acknowledgements', () => {
  const folder = joinPath(import.meta.dirname, '../../fixtures/monitors');
  const expected = JSON.parse(readFileSync(joinPath(folder, 'hl7-expected.json'), 'utf8')) as Record<string, { ack: { MSA: string[] } }>;

  test.each(Object.entries(expected))('HL7-13 %s is answered as it asks', (name, { ack }) => {
    const answers = answersTo(readFileSync(joinPath(folder, name)));
    expect(answers.length).toBe(1);
    expect(/MSA\|([^\r]*)/.exec(answers[0] ?? '')?.[1]?.split('|')).toEqual(ack.MSA);
  });

  test('HL7-13 is one message in its block: sender and receiver exchanged, version, set and control id as sent', () => {
    const [answer] = answersTo(block(header('AL|NE||8859/1')));
    expect(answer?.replaceAll('\v', '<').replaceAll('\u001C', '>')).toMatch(
      /^<MSH\|\^~\\&\|RCV\|FAC\|MON\|BED\|20261129100000\.250-0500\|\|ACK\^R01\|V\d{13}-1\|P\|2\.6\|\|\|\|\|\|8859\/1\rMSA\|CA\|ID-1\r>\r$/,
    );
    const others = block('MSH#$~\\&#A#B#C#D###ORU$R01#7#P#2.3', []);
    expect(answersTo(others)[0]).toMatch(/MSH#\$~\\&#C#D#A#B#.*##ACK\$R01#.*\rMSA#AA#7\r/);
  });

  test.each([
    ['original mode', '', ['AA'], ['AE'], ['AR']],
    ['accept always', 'AL', ['CA'], ['CE'], ['CR']],
    ['accept always, apply never', 'AL|NE', ['CA'], ['CE'], ['CR']],
    ['both always', 'AL|AL', ['CA', 'AA'], ['CE', 'AE'], ['CR', 'AR']],
    ['apply always', 'NE|AL', ['AA'], ['AE'], ['AR']],
    ['never', 'NE|NE', [], [], []],
    ['on error only', 'NE|ER', [], ['AE'], ['AR']],
    ['on success only', 'NE|SU', ['AA'], [], []],
  ])('HL7-26 %s', (_mode, rest, taken, bad, refused) => {
    expect(codesOf(answersTo(block(header(rest))))).toEqual(taken);
    expect(codesOf(answersTo(unreadable(rest)))).toEqual(bad);
    expect(codesOf(answersTo(query(rest)))).toEqual(refused);
  });

  test.each([
    ['', ['AE']],
    ['AL|NE', ['CE']],
    ['NE|NE', []],
    ['NE|ER', ['AE']],
    ['NE|SU', []],
  ])('HL7-29 where it cannot be kept, "%s" is answered with %j and the reason', (rest, codes) => {
    const told = answersWhere('received and shown, not recorded', block(header(rest)));
    expect(codesOf(told)).toEqual(codes);
    for (const answer of told) expect(answer).toMatch(/\|ID-1\|received and shown, not recorded\r/);
    expect(codesOf(answersWhere('not recorded', query('')))).toEqual(['AR']);
  });

  test('HL7-27 what cannot be read is answered with its place, what is no result as such, and no answer holds text of the message', () => {
    expect(answersTo(unreadable(''))[0]).toMatch(/MSA\|AE\|ID-1\|segment 2, byte \d+  ?no name of a segment\r/);
    expect(answersTo(query(''))[0]).toMatch(/ACK\^Q22.*MSA\|AR\|ID-1\|only results \(ORU-R01\) are taken here\r/s);
    const long = block(header(''), [`NTE|1||${'secret '.repeat(50_000)}`]);
    const answers = answersTo(long);
    expect(codesOf(answers)).toEqual(['AE']);
    expect(answers[0]).toMatch(/longer than 262144 bytes/);
    expect(answers.join('')).not.toContain('secret');
  });

  test('HL7-27 bytes without a header that names an id are not answered', () => {
    for (const bytes of [
      ascii('GET / HTTP/1.1\r\n\r\n'),
      Uint8Array.of(0x16, 3, 1, 2, 0),
      hl7Block('MSHX'),
      hl7Block('hello'),
      block('MSH|^~\\&|A', ['obx']),
    ]) {
      expect(answersTo(bytes)).toEqual([]);
    }
    expect(answersTo(block(header('')).subarray(0, 60))).toEqual([]);
  });

  test('HL7-28 nothing else is ever sent: there is no conversation', () => {
    expect(hl7Oru.mode).toBe('stream');
    expect(hl7Oru.createPoller).toBeUndefined();
  });
});
