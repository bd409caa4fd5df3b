import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { decodeCommand } from '../../../electron/cli/decode.ts';
import { clinicDrivers } from '../../../electron/service/acquisition/clinic-drivers.ts';
import { findDriver } from '../../../electron/service/drivers/driver-directory.ts';
import { readClinicTable } from '../../../electron/service/store/clinic-table.ts';
import { hl7Message } from '../hl7-bytes.ts';
import { brief, decodeWhole } from '../decoded-stream.ts';

const folder = mkdtempSync(joinPath(tmpdir(), 'vigil-hl7-'));
afterAll(() => rmSync(folder, { recursive: true }));

const message = hl7Message(['OBX|1|NM|SAT^^99CLINIC||97|%|||||F']);
const table = JSON.stringify({ codes: [{ code: 'SAT', system: '99CLINIC', metric: 'spo2' }] });

function written(name: string, text: string): string {
  const path = joinPath(folder, name);
  writeFileSync(path, text);
  return path;
}

async function decode(...argv: string[]): Promise<{ exit: number; lines: string[]; errors: string }> {
  const lines: string[] = [];
  const errors: string[] = [];
  async function* stdin(): AsyncGenerator<Uint8Array> {
    yield message;
  }
  const io = { stdout: (line: string) => void lines.push(line), stderr: (line: string) => void errors.push(line), stdin: stdin() };
  return { exit: await decodeCommand.run(argv, io), lines, errors: errors.join('\n') };
}

describe('vigil decode --mapping', () => {
  test('HL7-15 reads with the clinic’s table', async () => {
    const { exit, lines } = await decode('--protocol', 'hl7-oru', '--mapping', written('good.json', table), '-');
    expect([exit, lines[0]]).toEqual([0, '{"kind":"reading","metric":"spo2","value":97,"unit":"%","quality":"good"}']);
    expect((await decode('--protocol', 'hl7-oru', '-')).lines[0]).toContain('"x:hl7-oru:SAT"');
  });

  test('HL7-16 a table that is wrong, missing, or for another protocol ends with 2 and a sentence, and nothing is decoded', async () => {
    const wrong = written('wrong.json', table.replace('spo2', 'spo3'));
    for (const [argv, sentence] of [
      [['--protocol', 'hl7-oru', '--mapping', wrong, '-'], 'codes[0]: "SAT" of 99CLINIC is given the metric "spo3"'],
      [['--protocol', 'hl7-oru', '--mapping', joinPath(folder, 'none.json'), '-'], 'cannot read the table'],
      [['--protocol', 'dinamap', '--mapping', wrong, '-'], '--mapping is for hl7-oru only'],
    ] as const) {
      const { exit, lines, errors } = await decode(...argv);
      expect([exit, lines]).toEqual([2, []]);
      expect(errors).toContain(sentence);
    }
  });
});

describe('the table of a room', () => {
  function driversWith(readTable: (fileName: string) => string | null) {
    const logged: string[] = [];
    const note = (event: string, fields?: object): void => void logged.push(`${event} ${JSON.stringify(fields)}`);
    const find = clinicDrivers(readTable, { info: note, warn: note, error: note });
    const heard = decodeWhole(find('hl7-oru').createDecoder(), message).readings.map(brief);
    expect(find('dinamap')).toBe(findDriver('dinamap'));
    return { logged, heard };
  }

  test('HL7-15 is read from the data folder, and none is none', () => {
    expect(driversWith((fileName) => readClinicTable(joinPath(folder, 'nowhere'), fileName))).toEqual({
      logged: [],
      heard: ['x:hl7-oru:SAT 97'],
    });
    written('hl7-codes.json', table);
    expect(driversWith((fileName) => readClinicTable(folder, fileName))).toEqual({ logged: [], heard: ['spo2 97'] });
  });

  test('HL7-16 one that is wrong or unreadable is left aside and logged; the room opens with the standard codes', () => {
    const wrong = driversWith(() => '{"codes":[{"code":"A","metric":"b"}]}');
    expect(wrong.heard).toEqual(['x:hl7-oru:SAT 97']);
    expect(wrong.logged).toEqual([expect.stringContaining('code-table-refused')]);
    const unreadable = driversWith(() => {
      throw new Error('EACCES');
    });
    expect(unreadable.logged).toEqual([expect.stringContaining('EACCES')]);
  });
});
