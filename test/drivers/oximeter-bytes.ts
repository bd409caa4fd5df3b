import { ascii, join } from './decoded-stream.ts';

/** Bytes of the plain oximeters as tests write them; nothing here shares code with the simulators. */

/** A line of an N-560 at 07:19:`second`, its columns as on the real printout. */
export function nellcorLine(
  second: number,
  spo2: number | string,
  pulseRate: number | string,
  codes = '',
  amplitude: number | string = 18,
): Uint8Array {
  const column = (value: number | string): string => {
    const text = String(value);
    return text.endsWith('*') ? `${text.padStart(7)} ` : `${text.padStart(6)}  `;
  };
  const stamp = `29-Dec-17 07:19:${String(second).padStart(2, '0')}`;
  return ascii(`${stamp}${column(spo2)}${column(pulseRate)}${column(amplitude)}  ${codes.padEnd(17)}\r\n`);
}

export const nellcorHeadings = ascii(
  [
    'N-560    VERSION 1.56.00    CRC:XXXX  SpO2 Limit: 90-100%    PR Limit: 60-170BPM',
    '                             ADULT            0SAT-S ',
    'TIME                 %SpO2   BPM     PA     Status',
    '',
  ].join('\r\n'),
);

/** One second of data format 8. */
export function noninGroup(heartRate: number, spo2: number, first = 0x80, last = 0x20): Uint8Array {
  return Uint8Array.of(first | (heartRate >> 7), heartRate & 0x7f, spo2, last);
}

/** Some seconds of data format 8 in which nothing changes. */
export function noninGroups(heartRate: number, spo2: number, seconds = 3): Uint8Array {
  return join(...Array.from({ length: seconds }, () => noninGroup(heartRate, spo2)));
}

export function noninText(second: number, spo2: number, heartRate: number, marks = ''): Uint8Array {
  const padded = (value: number, digits: number): string => String(value).padStart(digits, '0');
  return ascii(`10:00:${padded(second, 2)} SPO2=${padded(spo2, 3)} HR=${padded(heartRate, 3)}${marks}\r\n`);
}

/** A line of a Root with most of its modules, at 10:00:`second`; `parts` replaces or adds keys. */
export function rootLine(second: number, parts: Readonly<Record<string, string>> = {}): string {
  const usual: Record<string, string> = {
    SN: '0000012345',
    CHAN: 'A',
    sysALARM: '00000000',
    SPO2: '097%',
    BPM: '072',
    PI: '02.10%',
    SPHB: '--.-',
    SPOC: '--',
    DESAT: '--',
    PIDELTA: '+--',
    PVI: '014',
    ALARM: '00000000',
    ALARM1: '00000000',
    ACSALARM: '00000000',
    EXC: '00000800',
    EXC1: '00000000',
    EXC2: '00000000',
    ACSEXC: '00000000',
    eegPSI: '082',
    eegEMG: '12%',
    eegSR: '00%',
    eegSEFL: '18.5Hz',
    eegSEFR: '--.-Hz',
    eegARTF: '03%',
    eegALARM: '00000000',
    eegEXC: '00000000',
    capnoFiCO2: '01',
    capnoEtCO2: '038',
    capnoRR: '014',
    capnoALARM: '00000000',
    capnoEXC: '00000000',
    nibpSYS: '128',
    nibpDIA: '078',
    nibpMAP: '095',
    nibpPR: '070',
    nibpALARM: '00000000',
    nibpEXC: '00000000',
    nibpMEASTIME: '09:59:30',
    ...parts,
  };
  const text = Object.entries(usual).map(([key, value]) => `${key}=${value}`);
  return `11/23/26 10:00:${String(second).padStart(2, '0')} ${text.join(' ')}\r\n`;
}
