import { encodeMessage } from '../../electron/service/drivers/dinamap/frame.ts';
import { ascii, join } from './decoded-stream.ts';

/** Bytes of the three protocols as tests write them; nothing here shares code with the simulators. */
export interface NoninPacketContent {
  readonly heartRate: number;
  readonly spo2: number;
  readonly heartRateDisplay?: number;
  readonly spo2Display?: number;
  readonly status?: number;
  readonly status2?: number;
  readonly timer?: number;
}

export function noninFrames(format: 2 | 7, content: NoninPacketContent): Uint8Array[] {
  const { heartRate, spo2, heartRateDisplay = heartRate, spo2Display = spo2, status = 0x80, status2 = 0, timer = 0 } = content;
  const floats = new Array<number>(25).fill(0);
  const put = (frameNumber: number, ...bytes: number[]): void => void floats.splice(frameNumber - 1, bytes.length, ...bytes);
  put(1, heartRate >> 7, heartRate & 0x7f, spo2, 48);
  put(6, timer >> 7, timer & 0x7f, status2, spo2Display, spo2Display, spo2Display);
  put(14, heartRate >> 7, heartRate & 0x7f, spo2, spo2Display);
  put(20, heartRateDisplay >> 7, heartRateDisplay & 0x7f, heartRateDisplay >> 7, heartRateDisplay & 0x7f);
  return floats.map((float, index) => {
    const statusByte = status | (index === 0 ? 1 : 0);
    const pleth = 0x3000 + ((index * 977 + timer * 131) % 0x5000);
    return noninFrame(format, statusByte, pleth, float);
  });
}

export function noninFrame(format: 2 | 7, status: number, pleth: number, float: number): Uint8Array {
  const body = format === 2 ? [1, status, pleth >> 8, float] : [status, pleth >> 8, pleth & 0xff, float];
  return Uint8Array.of(...body, (body[0]! + body[1]! + body[2]! + body[3]!) % 256);
}

export function noninPacket(format: 2 | 7, content: NoninPacketContent): Uint8Array {
  return join(...noninFrames(format, content));
}

export const masimoWorkedLine =
  '12/01/05 11:56:29 SN=0123456789 SPO2=098% BPM=240 PI=20.00% SPCO=01.0% SPMET=00.5% DESAT=01 PIDELTA=-02 PVI=027 ALARM=0000 EXC=000820';

/** A good line at 10:00:`second`. */
export function masimoLine(second: number, spo2: number, pulseRate: number, rest = 'ALARM=0000 EXC=000800'): Uint8Array {
  const three = (value: number): string => String(value).padStart(3, '0');
  const time = `10:00:${String(second).padStart(2, '0')}`;
  return ascii(`11/23/26 ${time} SN=0000000042 SPO2=${three(spo2)}% BPM=${three(pulseRate)} PI=02.10% PVI=--- ${rest}\r\n`);
}

export const dinamapWorked = ascii(' NA1000035128078095&3\r');

export function dinamapPressures(sys: number, dia: number, mean: number, counter = 35, status = '1'): Uint8Array {
  const three = (value: number): string => String(value).padStart(3, '0');
  return encodeMessage(` NA${status}00${String(counter).padStart(4, '0')}${three(sys)}${three(dia)}${three(mean)}`);
}
