import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { refusalOf } from '../../renderer/connection/failure.ts';
import { createRoomClient } from '../../renderer/connection/room-client.ts';
import type { SessionCommandInput } from '../../shared/contract/session-commands.ts';
import { roomContract } from '../../shared/contract/room-contract.ts';
import { RoomService, type RoomServiceOptions } from '../../electron/service/room-service.ts';
import { unsealDataKey, readKeyFile } from '../../electron/service/store/data-key.ts';
import { dataFolderAt } from '../../electron/service/store/data-folder.ts';
import { openTestRoom, testPin } from '../support/test-room.ts';
import { pageOf, codeOf } from '../support/page.ts';

let base: string;
let service: RoomService | null = null;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'vigil-service-'));
});
afterEach(async () => {
  await service?.close();
  service = null;
  rmSync(base, { recursive: true, force: true });
});

function startService(mode: RoomServiceOptions['mode']): RoomService {
  const [dataFolder, demoFolder] = [join(base, 'room'), join(base, 'demo')];
  return new RoomService({ dataFolder, demoFolder, mode, key: null, demoRate: 1, version: 'test', extraPorts: [] });
}

const setUp = { roomName: 'Room 2', person: { name: 'Nora Quist', role: 'nurse', pin: '739155' }, monitors: [] } as const;

describe('setting a room up', () => {
  it('CONTRACT-6 sets a room up once when two pages do it at once, and the printed key is the one that opens it', async () => {
    const host = (service = startService('room'));
    const calls = [0, 1, 2].map(() => pageOf(host).setup.room({ ...setUp, monitors: [] }));
    const settled = await Promise.allSettled(calls);
    const done = settled.filter((result) => result.status === 'fulfilled');
    expect(done).toHaveLength(1);
    const folder = dataFolderAt(join(base, 'room'));
    expect(unsealDataKey(folder, done[0]?.value.recoveryKey ?? '')).toEqual(readKeyFile(folder));
    expect([...host.room.recorder.staff.people.values()].map((person) => person.name)).toEqual(['Nora Quist']);
  });

  it('CONTRACT-7 says why the room cannot be opened, lets the demo go on, and opens it at the next try', async () => {
    const host = (service = startService('demo'));
    const folder = join(base, 'room');
    mkdirSync(folder);
    chmodSync(folder, 0o755);
    const page = pageOf(host);
    const refused = page.setup.room({ ...setUp, monitors: [] });
    expect(await codeOf(refused)).toBe('STORE_FAILED');
    await refused.catch((error: unknown) => expect(refusalOf(error)?.message).toContain('Name a folder that does not exist yet'));
    expect(host.demo).toBe(true);
    expect(host.room.recorder.storage.state.state).toBe('recording');
    chmodSync(folder, 0o700);
    expect(await codeOf(page.setup.room({ ...setUp, monitors: [] }))).toBe('accepted');
    expect(host.demo).toBe(false);
    expect(host.room.recorder.room.setUp?.roomName).toBe('Room 2');
  });

  it('CONTRACT-8 writes neither a name, a number nor a note into the log, and lets no PIN hash out', async () => {
    const host = (service = startService('room'));
    const page = pageOf(host);
    const said: unknown[] = [await page.setup.room({ ...setUp, monitors: [] })];
    const [person] = host.room.recorder.staff.people.values();
    const personId = person?.personId ?? '';
    const uuid = (): string => host.room.ids.uuid();
    said.push(await page.staff.signIn({ personId, pin: '739155' }));
    said.push(await codeOf(page.staff.signIn({ personId, pin: '111222' })));
    said.push(await page.staff.add({ name: 'Tove Aalto', role: 'therapist', pin: '604817' }));
    const patient = { name: 'Canary Heron', birthDate: '1984-03-14', recordNumber: 'MRN-77301' };
    const added = await page.patients.add({ commandId: uuid(), ...patient });
    said.push(added, await codeOf(page.patients.add({ commandId: uuid(), ...patient })));
    const protocolId = (await page.session.protocols())[0]?.protocolId ?? '';
    const { sessionId } = await page.session.open({ commandId: uuid(), patientId: added.patientId, protocolId, course: null });
    const note = (text: string): Promise<unknown> => {
      const command = { type: 'record-observation' as const, text, chips: [], begunAt: Date.now() } satisfies SessionCommandInput;
      return page.session.execute({ commandId: uuid(), sessionId, command });
    };
    said.push(await note('whispers canary'));
    // What cannot be stored fails inside the service, and the failure is logged.
    expect(await codeOf(note('whispers canary\u0000'))).not.toBe('accepted');
    host.room.recorder.storage.store.events.findCommand = () => {
      throw new SyntaxError('Unexpected token in "whispers canary"');
    };
    expect(await codeOf(note('whispers canary'))).not.toBe('accepted');
    said.push(await page.session.list(), await page.session.record({ sessionId }), await page.patients.find({ query: '' }));
    for await (const message of await page.live.watch()) {
      said.push(message);
      break;
    }
    expect(JSON.stringify(said)).toContain('Canary Heron');
    expect(JSON.stringify(said)).not.toMatch(/scrypt|pinHash|739155|604817/);
    const logs = join(base, 'room', 'log');
    const logged = readdirSync(logs).map((name) => readFileSync(join(logs, name), 'utf8'));
    expect(statSync(logs).isDirectory()).toBe(true);
    expect(logged.join('')).toContain('call-failed');
    expect(logged.join('')).not.toMatch(/canary|heron|77301|1984|Nora|Quist|Tove|739155|604817/i);
  });
});

describe('the contract', () => {
  it('CONTRACT-9 bounds every text and list that a page may send', () => {
    const unbounded: string[] = [];
    const walk = (schema: z.core.JSONSchema.BaseSchema, path: string): void => {
      const bound = schema.maxLength ?? schema.pattern ?? schema.format ?? schema.enum ?? schema.const;
      if (schema.type === 'string' && bound === undefined) unbounded.push(path);
      if (schema.type === 'array' && schema.maxItems === undefined) unbounded.push(path);
      for (const [name, inner] of Object.entries(schema.properties ?? {})) walk(inner as z.core.JSONSchema.BaseSchema, `${path}.${name}`);
      for (const inner of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])]) {
        walk(inner as z.core.JSONSchema.BaseSchema, path);
      }
      if (typeof schema.items === 'object') walk(schema.items as z.core.JSONSchema.BaseSchema, `${path}[]`);
    };
    let inputs = 0;
    for (const [area, procedures] of Object.entries(roomContract)) {
      for (const [name, procedure] of Object.entries(procedures)) {
        const { inputSchema } = (procedure as { '~orpc': { inputSchema?: z.ZodType } })['~orpc'];
        if (inputSchema === undefined) continue;
        inputs += 1;
        walk(z.toJSONSchema(inputSchema, { io: 'input' }), `${area}.${name}`);
      }
    }
    expect(inputs).toBeGreaterThan(9);
    expect(unbounded).toEqual([]);
  });

  it('CONTRACT-10 ends the first feed of a page that opens a second one', async () => {
    const test = openTestRoom();
    const page = pageOf(test.host);
    const first = await page.live.watch();
    expect((await first.next()).done).toBe(false);
    const waiting = first.next();
    const second = await page.live.watch();
    expect((await second.next()).value).toMatchObject({ kind: 'snapshot' });
    expect((await waiting).done).toBe(true);
    await second.return?.(undefined);
    await test.close();
  });

  it('CONTRACT-11 says in the record that a person made way for another at the same page', async () => {
    const test = openTestRoom();
    const page = pageOf(test.host);
    await page.staff.signIn({ personId: test.nurseId, pin: testPin });
    await page.staff.signIn({ personId: test.therapistId, pin: testPin });
    const { staff, storage } = test.room.recorder;
    expect(staff.present).toEqual([test.therapistId]);
    const left = [...storage.store.events.readAll()].filter((event) => event.kind === 'signed-out');
    expect(left.map((event) => event.body)).toEqual([{ personId: test.nurseId, cause: 'replaced' }]);
    await test.close();
  });

  it('CONTRACT-12 leaves nothing behind of a call that was answered, however long the connection lives', async () => {
    let waits = 0;
    const closed = new Proxy(new Promise<string>(() => undefined), {
      get(promise, name) {
        waits += 1;
        const value: unknown = Reflect.get(promise, name);
        return typeof value === 'function' ? value.bind(promise) : value;
      },
    });
    const client = createRoomClient(() => ({ link: { call: async () => ({}) }, closed, close: () => undefined }));
    for (let number = 0; number < 500; number += 1) await client.live.acknowledge({ number });
    expect(waits).toBe(1);
  });
});
