import type { DetectionView } from '../../shared/contract/detection.ts';
import type { MonitorDetail } from '../../shared/contract/monitor-detail.ts';

const line = '11/23/26 10:00:07 SN=0000000042 SPO2=097% BPM=071 PI=02.10% SPCO=--.-% SPMET=--.-% ALARM=0000 EXC=000800\r\n';

/** The line of a monitor and a look at a port, as the service would state them. */
export function fakeMonitors(fails: boolean) {
  const view = (port: string): DetectionView => ({
    port,
    state: 'done',
    step: '',
    asks: false,
    elapsedMs: 1400,
    ofMs: 11_500,
    result: {
      finding: 'named',
      candidates: [
        {
          protocol: 'masimo-ascii1',
          vendor: 'Masimo',
          models: ['Rad-8'],
          score: 1,
          settings: '9600 8N1',
          evidence: '2 frames, each of its exact form; 100 % of 266 bytes',
          askedByOther: false,
        },
      ],
      bytes: 266,
      sentBytes: 0,
      words: 'A Masimo monitor answers at 9600 8N1.',
      advice: 'Add it, and give it a name.',
    },
  });
  return {
    detect: ({ port }: { port: string }) => Promise.resolve(view(port)),
    detection: () => Promise.resolve(null),
    stopDetection: () => Promise.resolve({}),
    detectionQuestions: () =>
      Promise.resolve([
        { protocol: 'dinamap', vendor: 'GE', models: ['DINAMAP PRO', 'ProCare'], settings: '9600 8N1', hex: '20 4e 41 21 32 0d' },
      ]),
    setListenOnly: () => Promise.resolve({}),
    monitorDetail: ({ monitorId }: { monitorId: string }): Promise<MonitorDetail> =>
      fails
        ? Promise.reject(new Error('The room service did not answer in time.'))
        : Promise.resolve({
            monitorId,
            protocol: 'masimo-ascii1',
            vendor: 'Masimo',
            models: ['Rad-8', 'Radical-7'],
            description: 'Pulse and SpO₂ once a second. Not validated on hardware.',
            settings: '9600 8N1',
            stableId: 'usb-FTDI_FT232R_A10K3F2-if00',
            mustBeAsked: false,
            listenOnly: false,
            bytesPerSecond: 133,
            framesPerSecond: 1,
            discarded: [{ reason: 'truncated', bytes: 61 }],
            unread: [{ reason: 'no-values', count: 3, place: null }],
            unmapped: [
              { code: 'pvi', value: 27, unit: '%' },
              { code: 'spco', value: null, unit: '' },
            ],
            mapsCodes: false,
            senders: null,
            parameters: [{ metric: 'temp', vital: { state: 'not-connected' } }],
            deviceClock: null,
            recent: { bytes: Array.from({ length: 256 }, (_, at) => line.charCodeAt(at % line.length)), lastMs: null },
          }),
  };
}
