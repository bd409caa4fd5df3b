import { expect, test } from 'vitest';
import { hubAddress, hubPlace } from '../../electron/service/sync/hub/hub-address.ts';
import { hubFault } from '../../electron/service/sync/hub/hub-fault.ts';

test('HUB-11 only to this computer itself may a connection go unencrypted', () => {
  const tlsOf = (url: string, ca: string | null = null): unknown => hubAddress(url, null, ca).tls;
  for (const host of ['127.0.0.1', '127.9.9.9', 'localhost', '[::1]'])
    expect([host, tlsOf(`postgresql://a@${host}/d`)]).toEqual([host, null]);
  expect(tlsOf('postgresql://a@x/d?host=/run/postgresql')).toBeNull();
  for (const host of ['10.0.0.7', 'hub.clinic.example', '127.evil.example', '[::2]', 'localhost.example']) {
    expect([host, tlsOf(`postgresql://a@${host}/d`)]).toEqual([host, { ca: null }]);
  }
  expect(tlsOf('postgresql://a@localhost/d', 'pem')).toEqual({ ca: 'pem' });
  expect(tlsOf('postgresql://a@localhost/d?sslmode=verify-full')).toEqual({ ca: null });
});

test('HUB-11 an address says what is missing in it, and its password is told nowhere', () => {
  const wrong: readonly (readonly [url: string, words: string])[] = [
    ['hub.clinic.example', 'has to look like'],
    ['mysql://a@h/d', 'has to look like'],
    ['postgresql://a@h', 'names no database'],
    ['postgresql://h/d', 'names no user'],
    ['postgresql:///d', 'names no host'],
    ['postgresql://a@h/d?sslmode=prefer', 'sslmode=prefer would not prove'],
    ['postgresql://a@h/d?sslrootcert=x', 'may not say "sslrootcert"'],
  ];
  for (const [url, words] of wrong) expect(() => hubAddress(url, null, null), url).toThrow(words);
  const address = hubAddress('postgresql://a:p%40ss@h:5433/d', null, null);
  expect(address).toMatchObject({ host: 'h', port: 5433, user: 'a', database: 'd', password: 'p@ss' });
  expect(hubAddress('postgresql://a:b@h/d', 'from a file', null).password).toBe('from a file');
  expect(hubPlace(address)).toBe('h:5433/d');
});

test('HUB-12 each failure has its kind, and words that name what to mend', () => {
  const address = hubAddress('postgresql://room_1@hub.example/vigil', 'secret', null);
  const fault = (code: string, message = 'x'): unknown => hubFault(Object.assign(new Error(message), { code }), address).kind;
  const kinds = {
    again: [
      'ECONNREFUSED',
      'ECONNRESET',
      'EPIPE',
      'ETIMEDOUT',
      'EAI_AGAIN',
      '08006',
      '57P01',
      '57P03',
      '53100',
      '53300',
      '40001',
      '40P01',
      '55P03',
      '',
    ],
    pause: ['28P01', '28000', '3D000', '42501', '42P01', '42883', '3F000', '25006', 'ERR_TLS_CERT_ALTNAME_INVALID', 'CERT_HAS_EXPIRED'],
    row: ['22021', '22P05', '23502', '23514'],
    defect: ['23505'],
  };
  for (const [kind, codes] of Object.entries(kinds)) for (const code of codes) expect([code, fault(code)]).toEqual([code, kind]);
  expect(fault('', 'The server does not support SSL connections')).toBe('pause');
  const told = Object.values(kinds)
    .flat()
    .map((code) => hubFault(Object.assign(new Error('x'), { code }), address).words);
  for (const words of told) expect(words).toMatch(/^[A-Z].*\.$|vigil hub migrate$|vigil hub login add$|\?$|^hub\.example .*\.$|^room_1 .*/);
  expect(told.join()).not.toContain('secret');
  expect(hubFault(new AggregateError([Object.assign(new Error('x'), { code: 'ECONNREFUSED' })]), address).code).toBe('ECONNREFUSED');
});
