import { createMasimoScanner } from '../../../electron/service/drivers/masimo-ascii1/frame.ts';
import { masimoLine } from '../monitor-bytes.ts';
import { everySecondMs, type DriverCases } from './driver-cases.ts';

/** A docked oximeter, each second with another determination of the cuff. */
function docked(second: number, spo2: number, pulseRate: number, sys: number): Uint8Array {
  const modules = 'eegPSI=082 eegEXC=0000 capnoEtCO2=038 capnoRR=014 capnoEXC=0000';
  const cuff = `nibpSYS=${sys} nibpDIA=078 nibpMAP=095 nibpEXC=0000 nibpMEASTIME=10:00:0${second}`;
  return masimoLine(second, spo2, pulseRate, `CHAN=A ALARM=0000 EXC=00000800 ${modules} ${cuff}`);
}

export const masimoAscii1: DriverCases = {
  mode: 'stream',
  port: {},
  limitsMs: everySecondMs,
  hasSpotThermometer: true,
  rhythmsS: [1],
  soonMs: [2000, 6000],
  stream: { units: [masimoLine(1, 91, 150), masimoLine(2, 96, 142), masimoLine(3, 88, 128), masimoLine(4, 99, 72)], frameBytes: 200 },
  otherStreams: {
    docked: { units: [docked(1, 91, 150, 131), docked(2, 96, 142, 132), docked(3, 88, 128, 133), docked(4, 99, 72, 134)], frameBytes: 300 },
  },
  wrongMax: { bitsTurned: 8, bytesMoved: 8 },
  bench: {
    createScanner: createMasimoScanner,
    sample: aMinute,
  },
};

/** A Rad-8 with everything that it can print. Each second states another time and other numbers. */
function aMinute(): Uint8Array {
  const lines = Array.from({ length: 60 }, (_, second) => {
    const measured = `SPO2=0${90 + (second % 10)}% BPM=0${60 + (second % 30)} PI=02.${10 + second}% SPCO=0${second % 4}.0% SPMET=00.5%`;
    return `11/23/26 10:00:${10 + (second % 50)} SN=0123456789 ${measured} DESAT=01 PIDELTA=-02 PVI=0${10 + second} ALARM=0000 EXC=000800\r\n`;
  });
  return new TextEncoder().encode(lines.join(''));
}
