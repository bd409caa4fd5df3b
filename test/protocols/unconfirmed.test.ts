import { describe, expect, test } from 'vitest';
import { planCommand } from '../../electron/cli/plan.ts';
import { recordDocument } from '../../electron/service/export/record/record-document.ts';
import { recordPages } from '../../electron/service/export/record-print.ts';
import { cadss23, cadss6 } from '../../shared/clinical/instruments/cadss.ts';
import { suds } from '../../shared/clinical/instruments/suds.ts';
import { findProtocol } from '../../shared/clinical/protocol-directory.ts';
import { protocolSchema, type Protocol } from '../../shared/clinical/protocol.ts';
import { unconfirmedFigures, unconfirmedIn, unconfirmedItems } from '../../shared/clinical/unconfirmed.ts';
import { materialOf, playGoldenSession } from '../export/golden-material.ts';

function protocol(id: string, version?: number): Protocol {
  const found = findProtocol(id, version);
  if (found === null) throw new Error(`no protocol ${id}`);
  return found;
}
const wordsOf = (of: Protocol): readonly string[] => unconfirmedFigures(of).map(({ words }) => words);

describe('what no clinical reviewer has signed off', () => {
  test('PROTOCOL-24 each shipped protocol marks its own figures, in every version', () => {
    expect(wordsOf(protocol('im-ketamine-1.0', 1))).toEqual(['1 mg/kg', 'second injection of 0.5 mg/kg']);
    expect(wordsOf(protocol('im-ketamine-1.0', 2))).toEqual(['1 mg/kg', 'second injection of 0.5 mg/kg']);
    expect(wordsOf(protocol('intranasal-esketamine-rems'))).toEqual(['dose of 28 mg']);
    expect(wordsOf(protocol('sublingual-ketamine-remote'))).toEqual(['100 mg whatever the weight']);
    expect(wordsOf(protocol('iv-ketamine-0.5-40'))).toEqual([]);
  });

  test('PROTOCOL-24 a version that a prescriber answers for has no marked figure, and keeps the items of its forms', () => {
    const published = { ...protocol('im-ketamine-1.0'), approver: 'Dr Demo' };
    expect(unconfirmedFigures(published)).toEqual([]);
    expect(unconfirmedIn(published)).toEqual(['CADSS-6 item 22']);
  });

  test('PROTOCOL-24 a protocol of before, without marks, reads as before', () => {
    const shipped = protocol('sublingual-ketamine-remote');
    const before = protocolSchema.parse({ ...shipped, dose: { ...shipped.dose, unconfirmed: undefined } });
    expect(unconfirmedFigures(before)).toEqual([]);
  });

  test('INSTRUMENT-40 CADSS marks its items 20 to 23, and the six of the short form only the one of them that it has', () => {
    expect([cadss23, cadss6, suds].map(unconfirmedItems)).toEqual(['CADSS-23 items 20, 21, 22, 23', 'CADSS-6 item 22', null]);
  });

  test('PROTOCOL-24 vigil plan names them, and they are no finding', async () => {
    const lines: Record<string, unknown>[] = [];
    const io = { stdout: (line: string) => void lines.push(JSON.parse(line)), stderr: () => undefined };
    const exit = await planCommand.run(['--protocol', 'im-ketamine-1.0', '--weight-kg', '80', '--start', '2026-11-23T10:00:00-05:00'], io);
    const mark = 'unconfirmed: not yet reviewed by a clinician';
    expect(exit).toBe(0);
    expect(lines.filter(({ kind }) => kind === 'unconfirmed')).toEqual(
      ['1 mg/kg', 'second injection of 0.5 mg/kg', 'CADSS-6 item 22'].map((what) => ({ kind: 'unconfirmed', what, mark })),
    );
  });

  test('EXPORT-36 a record and its print name what of its protocol and its forms is unconfirmed', () => {
    const material = materialOf(playGoldenSession());
    expect(recordDocument(material).session.protocol.unconfirmed).toContain('CADSS-23 items 20, 21, 22, 23');
    const printed = recordPages(material, 'full')
      .flatMap(({ marks }) => marks.map((mark) => (mark.mark === 'text' ? mark.text : '')))
      .join(' ');
    expect(printed).toContain('Unconfirmed in protocol and forms, not yet reviewed by a clinician:');
  });
});
