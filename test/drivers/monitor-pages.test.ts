import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findDriver } from '../../electron/service/drivers/driver-directory.ts';
import { monitorProtocolIdSchema } from '../../shared/clinical/monitor-protocol.ts';
import { ascii, brief, bytesOfHex, decodeWhole } from './decoded-stream.ts';

const folder = join(import.meta.dirname, '../../docs/monitors');
const pages = readdirSync(folder).filter((name) => name.endsWith('.md'));

interface Worked {
  readonly protocol: string;
  readonly form: string;
  readonly text: string;
  readonly gives: string;
}

/** Each block `worked PROTOCOL hex|text` of a page with the block `gives` behind it. */
function workedOf(page: string): Worked[] {
  const text = readFileSync(join(folder, page), 'utf8');
  const blocks = text.matchAll(/```worked (\S+) (hex|text)\n([\s\S]*?)\n```\s+```gives\n([\s\S]*?)\n```/g);
  return [...blocks].map(([, protocol = '', form = '', bytes = '', gives = '']) => ({ protocol, form, text: bytes, gives }));
}

describe.each(pages.filter((page) => page !== 'hl7-oru.md'))('docs/monitors/%s', (page) => {
  test('DRIVER-9 its worked frames decode to what it says', () => {
    const worked = workedOf(page);
    expect(worked.length).toBeGreaterThan(0);
    for (const { protocol, form, text, gives } of worked) {
      const bytes =
        form === 'hex' ? bytesOfHex(text.replaceAll(/\s/g, '').replaceAll(/../g, '$& ')) : ascii(`${text.replaceAll('\n', '\r\n')}\r\n`);
      const { readings, discarded } = decodeWhole(findDriver(monitorProtocolIdSchema.parse(protocol)).createDecoder(), bytes);
      expect(readings.map(brief), protocol).toEqual(gives.split('\n'));
      expect(discarded, protocol).toEqual([]);
    }
  });

  test('DRIVER-9 it says how its monitors frame, what is no value and what is uncertain', () => {
    const text = readFileSync(join(folder, page), 'utf8');
    for (const heading of ['Framing', 'No value', 'Uncertain']) expect(text).toMatch(new RegExp(`^## .*${heading}`, 'im'));
    expect(text).toContain('Not validated on hardware.');
  });
});
