import { afterEach, describe, expect, it } from 'vitest';
import { cuffPath, openTestRoom, oximeterPath, plugMonitorsIn, type TestRoom } from '../support/test-room.ts';
import { pageOf, codeOf } from '../support/page.ts';

let test: TestRoom;
afterEach(() => test.close());

describe('finding monitors', () => {
  it('MONITOR-7 names what is on a port to a nurse, and to nobody else', async () => {
    test = openTestRoom();
    const nurse = pageOf(test.host, test.nurseId);
    expect(await codeOf(pageOf(test.host).setup.detect({ port: oximeterPath, ask: false }))).toBe('STAFF_NOT_SIGNED_IN');
    expect(await codeOf(pageOf(test.host, test.therapistId).setup.detect({ port: oximeterPath, ask: false }))).toBe('STAFF_NOT_ALLOWED');
    expect(await nurse.setup.detection({ port: oximeterPath })).toBeNull();
    expect(await nurse.setup.detect({ port: oximeterPath, ask: false })).toMatchObject({ state: 'running', result: null, asks: false });
    await test.pass(1000);
    // A second page, and a second tap, go on with the same look.
    expect(await nurse.setup.detect({ port: oximeterPath, ask: true })).toMatchObject({ asks: false, elapsedMs: 1000 });
    await test.pass(6000);
    expect(await nurse.setup.detection({ port: oximeterPath })).toMatchObject({
      state: 'done',
      result: { finding: 'named', sentBytes: 0, candidates: [{ protocol: 'masimo-ascii1' }] },
    });
  });

  it('MONITOR-7 a polled monitor is asked only after consent, and what is sent is said before', async () => {
    test = openTestRoom();
    const nurse = pageOf(test.host, test.nurseId);
    await nurse.setup.detect({ port: cuffPath, ask: false });
    await test.pass(12_000);
    expect((await nurse.setup.detection({ port: cuffPath }))?.result).toMatchObject({ finding: 'nothing', sentBytes: 0 });
    expect((await nurse.setup.detectionQuestions()).find(({ protocol }) => protocol === 'dinamap')?.hex).toMatch(/^20 4e .* 0d$/);
    await nurse.setup.detect({ port: cuffPath, ask: true });
    await test.pass(12_000);
    expect((await nurse.setup.detection({ port: cuffPath }))?.result).toMatchObject({
      finding: 'named',
      candidates: [{ protocol: 'dinamap' }],
    });
  });

  it('MONITOR-7 adding a monitor ends the look at its port, and a port in use says by which', async () => {
    test = openTestRoom();
    const nurse = pageOf(test.host, test.nurseId);
    await nurse.setup.detect({ port: oximeterPath, ask: false });
    await test.pass(200);
    const added = nurse.setup.addMonitor({ name: 'Oximeter', protocol: 'masimo-ascii1', port: oximeterPath });
    await test.pass(200);
    const { monitorId } = await added;
    expect((await nurse.setup.detection({ port: oximeterPath }))?.result?.finding).toBe('stopped');
    await test.pass(3000);
    expect(test.room.acquisition.statuses()[0]?.state).toBe('live');
    expect((await nurse.setup.detect({ port: oximeterPath, ask: true })).result).toMatchObject({
      finding: 'in-use',
      words: expect.stringContaining('Oximeter') as string,
    });
    expect(await nurse.setup.monitorDetail({ monitorId })).toMatchObject({ protocol: 'masimo-ascii1', settings: '9600 8N1' });
    expect(await codeOf(pageOf(test.host).setup.monitorDetail({ monitorId }))).toBe('STAFF_NOT_SIGNED_IN');
  });

  it('DETECT-10 looks at listed ports and at addresses, and opens no other path', async () => {
    test = openTestRoom();
    const nurse = pageOf(test.host, test.nurseId);
    for (const port of ['/etc/passwd', '/dev/sda', 'C:\\Users', `${oximeterPath}x`]) {
      expect(await codeOf(nurse.setup.detect({ port, ask: false }))).toBe('PORT_NOT_LISTED');
      expect(await nurse.setup.detection({ port })).toBeNull();
    }
    expect(await nurse.setup.detect({ port: 'tcp://192.0.2.7:4001', ask: false })).toMatchObject({ port: 'tcp://192.0.2.7:4001' });
  });

  it('MONITOR-4 the switch is kept, and the monitor is asked no more', async () => {
    test = openTestRoom();
    plugMonitorsIn(test);
    const nurse = pageOf(test.host, test.nurseId);
    await test.pass(4000);
    const cuff = test.room.acquisition.statuses().find(({ protocol }) => protocol === 'dinamap');
    const monitorId = cuff?.monitorId ?? '';
    await nurse.setup.setListenOnly({ monitorId, listenOnly: true });
    await nurse.setup.setListenOnly({ monitorId, listenOnly: true });
    expect(test.room.recorder.room.monitors.get(monitorId)?.listenOnly).toBe(true);
    expect((await nurse.setup.monitorDetail({ monitorId })).listenOnly).toBe(true);
    await test.restart();
    expect(test.room.recorder.room.monitors.get(monitorId)?.listenOnly).toBe(true);
  });

  it('MONITOR-6 a session keeps once that a real monitor’s clock is off', async () => {
    test = openTestRoom();
    const nurse = pageOf(test.host, test.nurseId);
    const added = nurse.setup.addMonitor({ name: 'Oximeter', protocol: 'masimo-ascii1', port: oximeterPath });
    await test.pass(3000);
    await added;
    test.clock.stepWall(2 * 3_600_000);
    test.openSession();
    await test.pass(20_000);
    const kept = (test.room.recorder.session?.log ?? []).filter(({ kind }) => kind === 'device-clock-noted');
    expect(kept).toHaveLength(1);
    expect(kept[0]).toMatchObject({ body: { monitorName: 'Oximeter', jumpMs: null }, actor: 'service' });
  });
});
