import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { drivers, findDriver } from '../../electron/service/drivers/driver-directory.ts';
import { monitorProtocolIdSchema } from '../../shared/clinical/monitor-protocol.ts';
import { ascii, brief, bytesOfHex, decodeWhole } from './decoded-stream.ts';

const folder = join(import.meta.dirname, '../../docs/monitors');
/** The guide beside them is no protocol's. */
const pages = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'README.md');

interface Worked {
  readonly protocol: string;
  readonly form: string;
  readonly text: string;
  readonly gives: string;
}

/** Each block `worked PROTOCOL hex|text|marked` of a page with the block `gives` behind it. */
function workedOf(page: string): Worked[] {
  const text = readFileSync(join(folder, page), 'utf8');
  const blocks = text.matchAll(/```worked (\S+) (hex|text|marked)\n([\s\S]*?)\n```\s+```gives\n([\s\S]*?)\n```/g);
  return [...blocks].map(([, protocol = '', form = '', bytes = '', gives = '']) => ({ protocol, form, text: bytes, gives }));
}

/** `hex`: pairs of digits; `text`: lines that end in CR LF; `marked`: text in which `<0D>` is a byte, and a line's end is none. */
function bytesOf({ form, text }: Worked): Uint8Array {
  if (form === 'hex') return bytesOfHex(text.replaceAll(/\s/g, '').replaceAll(/../g, '$& '));
  if (form === 'text') return ascii(`${text.replaceAll('\n', '\r\n')}\r\n`);
  return ascii(
    text.replaceAll('\n', '').replaceAll(/<([0-9A-F]{2})>/g, (_mark, pair: string) => String.fromCharCode(Number.parseInt(pair, 16))),
  );
}

test.each(drivers.map(({ id }) => id))('DRIVER-9 a page has a worked frame of %s', (id) => {
  expect(pages.flatMap(workedOf).map(({ protocol }) => protocol)).toContain(id);
});

describe.each(pages)('docs/monitors/%s', (page) => {
  test('DRIVER-9 its worked frames decode to what it says', () => {
    const worked = workedOf(page);
    expect(worked.length).toBeGreaterThan(0);
    for (const one of worked) {
      const { protocol, gives } = one;
      const { readings, discarded } = decodeWhole(findDriver(monitorProtocolIdSchema.parse(protocol)).createDecoder(), bytesOf(one));
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
