import { describe, expect, test } from 'vitest';
import { createHl7OruDecoder } from '../../../electron/service/drivers/hl7-oru/decode.ts';
import { parseMapping, type CodeMapping } from '../../../electron/service/drivers/hl7-oru/mapping.ts';
import { hl7Message } from '../hl7-bytes.ts';
import { brief, decodeWhole } from '../decoded-stream.ts';

function mappingOf(table: unknown): CodeMapping {
  const parsed = parseMapping(JSON.stringify(table));
  if (parsed.kind === 'refused') throw new Error(parsed.problems.join('; '));
  return parsed.mapping;
}

function problemsOf(text: string): readonly string[] {
  const parsed = parseMapping(text);
  return parsed.kind === 'refused' ? parsed.problems : [];
}

const briefsOf = (mapping: CodeMapping, ...segments: string[]): string[] =>
  decodeWhole(createHl7OruDecoder(mapping), hl7Message(segments)).readings.map(brief);

describe('a clinic’s own table', () => {
  test('HL7-15 adds codes and units, and may take one back', () => {
    const mapping = mappingOf({
      codes: [
        { code: 'SAT', system: '99CLINIC', metric: 'spo2' },
        { code: 'ETCO2', metric: 'etco2', unit: 'kPa' },
        { code: '8889-8', system: 'LN', metric: null },
      ],
      units: [{ unit: 'Prozent', ucum: '%' }],
    });
    expect(
      briefsOf(
        mapping,
        'OBX|1|NM|SAT^Saettigung^99CLINIC||97|prozent|||||F',
        'OBX|2|NM|ETCO2^^L||5.1||||||F',
        'OBX|3|NM|8889-8^^LN||72|/min|||||F',
        'OBX|4|NM|150456^^MDC||96|%|||||F',
      ),
    ).toEqual(['spo2 97', 'etco2 38.3', 'x:hl7-oru:8889-8 72', 'x:hl7-oru:150456 96']);
    expect(briefsOf(mappingOf({}), 'OBX|1|NM|SAT^^99CLINIC||97|%|||||F')).toEqual(['x:hl7-oru:SAT 97']);
  });

  test('HL7-16 a table with metrics Vigil does not have, or a code twice, is refused whole, naming each', () => {
    const problems = problemsOf(
      JSON.stringify({
        codes: [
          { code: 'SAT', system: '99CLINIC', metric: 'spo3' },
          { code: 'HR', metric: 'heart-rate' },
          { code: 'HR', metric: 'pulse-rate' },
          { code: 'ICP', metric: 'brain' },
        ],
      }),
    );
    expect(problems).toEqual([
      expect.stringMatching(
        /^codes\[0\]: "SAT" of 99CLINIC is given the metric "spo3", which Vigil does not have; use heart-rate, .*null$/,
      ),
      'codes[2]: "HR" stands in codes[1] already; keep one of the two',
      expect.stringMatching(/^codes\[3\]: "ICP" is given the metric "brain"/),
    ]);
  });

  test.each([
    ['', 'not JSON'],
    ['[]', 'the table: '],
    ['{"codes":[{"code":7,"metric":"spo2"}]}', 'codes[0].code: '],
    ['{"codes":[{"code":"A"}]}', 'codes[0].metric: '],
    ['{"codes":[{"code":"A","metric":"spo2","mertic":1}]}', 'codes[0]: '],
    ['{"code":[]}', 'the table: '],
    ['{"units":[{"unit":"x"}]}', 'units[0].ucum: '],
  ])('HL7-16 %s is refused in a sentence that says where', (text, where) => {
    const [first, ...more] = problemsOf(text);
    expect(first).toContain(where);
    expect(more).toEqual([]);
  });
});
